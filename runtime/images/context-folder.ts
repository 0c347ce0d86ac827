import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SyncEntry, SyncFolder, SyncRequest } from '../clients/docker/file-sync.ts';
import { type ContextEntry, type ContextFilter, contextEntries } from './context-entries.ts';

/** A build context and a Dockerfile as BuildKit asks for them. */
export interface ContextFolders {
  folder(request: SyncRequest): SyncFolder | undefined;
  /** Says which folder of which machine this is, so that BuildKit may compare with what it got the last time. */
  readonly sharedKey: string;
  /** Why files could not be sent; `undefined` while all is well. */
  problem(): ContextProblem | undefined;
}

export interface ContextProblem {
  readonly message: string;
  /** A file went away between the walk and its turn: another try sees a folder that holds together. */
  readonly vanished: boolean;
}

/** What a Dockerfile is called in the folder that holds nothing else. */
export const DOCKERFILE = 'Dockerfile';

/** Files up to this size are read whole. */
const READ_WHOLE_BYTES = 256 * 1024;
const PIECE_BYTES = 256 * 1024;
/** A file whose status changed so much later than its content has a time of change that somebody set. */
const SET_TIME_MS = 1_000;

/** Walks the context; errors of reading it are thrown. The Dockerfile is in a folder of its own, so no `COPY` sees it. */
export async function contextFolders(
  context: string,
  filter: ContextFilter,
  dockerfile: string,
): Promise<ContextFolders> {
  const entries: ContextEntry[] = [];
  for await (const entry of contextEntries(context, filter)) entries.push(entry);
  let problem: ContextProblem | undefined;
  const failed = (error: Error): void => {
    problem ??= { message: error.message, vanished: 'code' in error && error.code === 'ENOENT' };
  };
  return {
    sharedKey: await sharedKeyOf(context, entries),
    problem: () => problem,
    folder({ name, paths }) {
      if (name === 'dockerfile') return dockerfileFolder(dockerfile, failed);
      if (name !== 'context') return undefined;
      const needed = neededEntries(entries, paths);
      return { entries: needed, read: (index) => readEntry(needed[index]), failed };
    },
  };
}

/** What BuildKit asks for of a context. Where links or wildcards are involved, it gets everything. */
export function neededEntries<E extends SyncEntry>(entries: readonly E[], paths: readonly string[]): readonly E[] {
  if (paths.length === 0) return entries;
  // What stays out is decided by now; a second opinion from BuildKit could only differ.
  if (paths.length === 1 && paths[0] === '.dockerignore') return [];
  if (paths.some((one) => /[*?[\\]/.test(one) || one === '.' || one === '')) return entries;
  const wanted = paths.map((one) => one.replace(/^\/+|\/+$/g, ''));
  const isAbove = (one: string, other: string): boolean => one === other || other.startsWith(`${one}/`);
  const needed = entries.filter((entry) =>
    wanted.some((one) => isAbove(one, entry.path) || (entry.kind !== 'file' && isAbove(entry.path, one))),
  );
  return needed.some(({ kind }) => kind === 'link') ? entries : needed;
}

function dockerfileFolder(text: string, failed: SyncFolder['failed']): SyncFolder {
  const bytes = Buffer.from(text);
  const digest = createHash('sha256').update(bytes).digest();
  // BuildKit takes a file of the same size and time for the same.
  const modifiedMs = digest.readUIntBE(0, 5) / 1000;
  const entry: SyncEntry = { kind: 'file', path: DOCKERFILE, mode: 0o644, modifiedMs, size: bytes.length, target: '' };
  return {
    entries: [entry],
    async *read() {
      yield bytes;
    },
    failed,
  };
}

async function* readEntry(entry: ContextEntry | undefined): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw new Error('BuildKit asked for a file that it was not told of');
  const { absolutePath, size } = entry;
  if (size > READ_WHOLE_BYTES) yield* createReadStream(absolutePath, { highWaterMark: PIECE_BYTES });
  else yield await readFile(absolutePath);
}

/**
 * BuildKit takes a file of the same size and time of change for the same. A package manager that gives all files one time breaks that;
 * when a file's status changed after that time, it takes part in the key with the moment when that was.
 */
async function sharedKeyOf(context: string, entries: readonly ContextEntry[]): Promise<string> {
  const root = await stat(context);
  const hash = createHash('sha256');
  hash.update(JSON.stringify([os.hostname(), path.resolve(context), root.dev, root.ino, root.birthtimeMs]));
  for (const { kind, path: name, modifiedMs, changedMs } of entries) {
    if (kind !== 'file' || Math.abs(changedMs - modifiedMs) < SET_TIME_MS) continue;
    hash.update(`\n${name}\0${changedMs}`);
  }
  return hash.digest('hex');
}
