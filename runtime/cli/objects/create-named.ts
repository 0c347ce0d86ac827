import path from 'node:path';
import { ExitCode } from '../exit-code.ts';
import type { ServerFlags } from '../running/session-address.ts';
import { CommandProblem } from '../running/session-address.ts';
import { findKind } from './asked-objects.ts';
import { tell } from './change.ts';
import { GROUP, VERSION, withObjects } from './object-api.ts';

interface CreateFlags extends ServerFlags {
  readonly output?: string | undefined;
}

export interface CreateCmdFlags extends CreateFlags {
  readonly workdir?: string | undefined;
  /** `NAME=VALUE` */
  readonly env?: readonly string[] | undefined;
  readonly filewatch?: readonly string[] | undefined;
}

/** Makes a command that the running program starts. Answers the exit code, as all of these do. */
export function createCmd(name: string, command: readonly string[], flags: CreateCmdFlags): Promise<number> {
  const { workdir = '', env = [], filewatch = [] } = flags;
  const wrong = env.find((variable) => !/^[^=]+=/.test(variable));
  const problem = wrong === undefined ? undefined : `Cannot read the variable "${wrong}": it is written NAME=VALUE`;
  return make('Cmd', name, flags, problem, {
    args: command,
    dir: path.resolve(workdir),
    ...(env.length === 0 ? {} : { env }),
    ...(filewatch.length === 0 ? {} : { restartOn: { fileWatches: filewatch } }),
  });
}

export interface CreateFileWatchFlags extends CreateFlags {
  readonly ignore?: readonly string[] | undefined;
}

export function createFileWatch(name: string, paths: readonly string[], flags: CreateFileWatchFlags): Promise<number> {
  const { ignore = [] } = flags;
  return make('FileWatch', name, flags, undefined, {
    watchedPaths: paths.map((one) => path.resolve(one)),
    ...(ignore.length === 0 ? {} : { ignores: [{ basePath: process.cwd(), patterns: ignore }] }),
  });
}

export interface CreateRepoFlags extends CreateFlags {
  readonly ref?: string | undefined;
}

export function createRepo(name: string, url: string, flags: CreateRepoFlags): Promise<number> {
  return make('ExtensionRepo', name, flags, undefined, { url, ...(flags.ref === undefined ? {} : { ref: flags.ref }) });
}

export interface CreateExtFlags extends CreateFlags {
  readonly repo: string;
  readonly path?: string | undefined;
}

export function createExt(name: string, args: readonly string[], flags: CreateExtFlags): Promise<number> {
  return make('Extension', name, flags, undefined, {
    repoName: flags.repo,
    repoPath: flags.path ?? name,
    ...(args.length === 0 ? {} : { args }),
  });
}

function make(
  kindName: string,
  name: string,
  flags: CreateFlags,
  problem: string | undefined,
  spec: object,
): Promise<number> {
  return withObjects(flags, async (api) => {
    if (problem !== undefined) throw new CommandProblem(problem);
    const kind = findKind(await api.kinds(), kindName);
    const object = { apiVersion: `${GROUP}/${VERSION}`, kind: kind.kind, metadata: { name }, spec };
    tell(kind, await api.create(kind, object), 'created', flags);
    return ExitCode.ok;
  });
}
