import type { Readable } from 'node:stream';
import { openBuildSession, type SessionSources } from '../clients/docker/buildkit-session.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { ContextFilter } from './context-entries.ts';
import { type ContextProblem, contextFolders, DOCKERFILE } from './context-folder.ts';
import { contextTar, placeDockerfile } from './context-tar.ts';

export interface ContextToSend {
  readonly folder: string;
  readonly filter: ContextFilter;
  readonly dockerfile: string;
  /** Where the Dockerfile was read from, if it was. */
  readonly dockerfilePath: string | undefined;
}

/** A context on its way to the engine. */
export interface SentContext {
  /** What the build has to be told of it. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | undefined;
  /** The build is over. Answers why the context could not be sent. */
  end(): Promise<ContextProblem | undefined>;
}

export type OpenedContext =
  | { readonly ok: true; readonly value: SentContext }
  | { readonly ok: false; readonly message: string };

/**
 * Lets BuildKit fetch what it needs of the context, and what it has not got already. Engines that offer no sessions get all of it in
 * one piece; there the Dockerfile has to be a part of it.
 */
export async function sendContext(
  engine: DockerEngine,
  context: ContextToSend,
  sources: Omit<SessionSources, 'folder' | 'sharedKey'>,
  signal: AbortSignal,
): Promise<OpenedContext> {
  try {
    return { ok: true, value: (await bySession(engine, context, sources, signal)) ?? (await byTar(context)) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

async function bySession(
  engine: DockerEngine,
  { folder, filter, dockerfile }: ContextToSend,
  sources: Omit<SessionSources, 'folder' | 'sharedKey'>,
  signal: AbortSignal,
): Promise<SentContext | undefined> {
  const folders = await contextFolders(folder, filter, dockerfile);
  const session = await openBuildSession(engine, { ...sources, ...folders }, signal);
  if (!session) return undefined;
  return {
    query: { remote: 'client-session', session: session.id, dockerfile: DOCKERFILE },
    headers: {},
    body: undefined,
    async end() {
      session.close();
      return folders.problem();
    },
  };
}

async function byTar({ folder, filter, dockerfile, dockerfilePath }: ContextToSend): Promise<SentContext> {
  const place = await placeDockerfile(folder, dockerfilePath, filter);
  const tar = await contextTar(folder, filter, { path: place, text: dockerfile });
  return {
    query: { dockerfile: place },
    headers: { 'Content-Type': 'application/x-tar' },
    body: tar.stream,
    async end() {
      // The engine may have answered before it read everything; with an error the connection is closed too.
      if (!tar.stream.destroyed) tar.stream.destroy(new Error('the build is over'));
      const message = await tar.problem;
      return message === undefined ? undefined : { message, vanished: false };
    },
  };
}
