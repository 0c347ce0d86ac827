import { readFileSync } from 'node:fs';
import { ApiError } from '../../clients/kubernetes/errors.ts';
import { type ApiObject, qualifiedName } from '../../report/objects/api-object.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem } from '../running/session-address.ts';
import { askedObjects, fetchAsked, groupOf, type Selectors } from './asked-objects.ts';
import { outputFormat, print } from './get.ts';
import { readManifests } from './manifest-files.ts';
import { GROUP, type KindInfo, type ObjectApi, type WriteFlags, withObjects } from './object-api.ts';
import { applyPatch, withLastApplied } from './three-way-merge.ts';

export interface FileFlags extends WriteFlags {
  readonly filename?: readonly string[] | undefined;
  readonly recursive?: boolean | undefined;
  readonly output?: string | undefined;
}

/** Makes the objects of files. Answers the exit code. */
export function create(flags: FileFlags): Promise<number> {
  return withObjects(flags, async (api) => createAll(api, needFiles(flags), 'created', flags));
}

/** The same with what happened to each in words of the caller's. */
export async function createAll(
  api: ObjectApi,
  files: readonly string[],
  what: string,
  flags: Pick<FileFlags, 'recursive' | 'output' | 'dryRun'> = {},
): Promise<number> {
  for (const { kind, object } of await readManifests(api, files, flags.recursive)) {
    tell(kind, await api.create(kind, object), what, flags);
  }
  return ExitCode.ok;
}

export interface ApplyFlags extends FileFlags {
  readonly serverSide?: boolean | undefined;
  readonly forceConflicts?: boolean | undefined;
}

/** Brings objects to what files say, and takes away what an earlier apply of them said and they do not say any more. */
export function apply(flags: ApplyFlags): Promise<number> {
  if (flags.serverSide === true) return applyOnServer(flags);
  return withObjects(flags, async (api) => {
    for (const { kind, object } of await readManifests(api, needFiles(flags), flags.recursive)) {
      const live = await existing(api, kind, object.metadata.name);
      if (live === undefined) {
        tell(kind, await api.create(kind, withLastApplied(object)), 'created', flags);
        continue;
      }
      const patch = applyPatch(live, object);
      const isSame = Object.keys(patch).length === 0;
      const now = isSame ? live : await api.patch(kind, object.metadata.name, 'merge', JSON.stringify(patch));
      tell(kind, now, isSame ? 'unchanged' : 'configured', flags);
    }
    return ExitCode.ok;
  });
}

function applyOnServer(flags: ApplyFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    for (const { kind, object } of await readManifests(api, needFiles(flags), flags.recursive)) {
      const now = await api.apply(kind, object.metadata.name, object, flags.forceConflicts === true);
      tell(kind, now, 'serverside-applied', flags);
    }
    return ExitCode.ok;
  });
}

export interface DeleteFlags extends FileFlags, Selectors {
  readonly all?: boolean | undefined;
  readonly ignoreNotFound?: boolean | undefined;
}

/** Deletes objects. Answers the exit code. */
export function remove(words: readonly string[], flags: DeleteFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    for (const { kind, name } of await doomed(api, words, flags)) {
      try {
        await api.remove(kind, name);
      } catch (error) {
        if (flags.ignoreNotFound === true && error instanceof ApiError && error.status === 404) continue;
        throw error;
      }
      process.stdout.write(
        flags.output === 'name'
          ? `${qualifiedName(groupNames(kind), name)}\n`
          : `${kind.singularName}.${GROUP} "${name}" deleted${dryRunText(flags)}\n`,
      );
    }
    return ExitCode.ok;
  });
}

async function doomed(api: ObjectApi, words: readonly string[], flags: DeleteFlags) {
  if (flags.filename !== undefined) {
    const manifests = await readManifests(api, flags.filename, flags.recursive);
    return manifests.map(({ kind, object }) => ({ kind, name: object.metadata.name }));
  }
  const asked = await askedObjects(api, words);
  const isForAll = asked.some(({ names }) => names.length === 0);
  if (isForAll && flags.all !== true && flags.selector === undefined) {
    throw new CommandProblem('Say which objects: their names, -l LABEL=VALUE, or --all for all of the type');
  }
  const found: { readonly kind: KindInfo; readonly name: string }[] = [];
  for (const one of asked) {
    if (one.names.length > 0) found.push(...one.names.map((name) => ({ kind: one.kind, name })));
    else {
      const [group] = await fetchAsked(api, [one], flags);
      found.push(...(group?.objects ?? []).map(({ metadata }) => ({ kind: one.kind, name: metadata.name })));
    }
  }
  return found;
}

export interface PatchFlags extends FileFlags {
  readonly patch?: string | undefined;
  readonly patchFile?: string | undefined;
  readonly type?: string | undefined;
}

/** Changes fields of objects. Answers the exit code. */
export function patch(words: readonly string[], flags: PatchFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    const type = flags.type ?? 'merge';
    if (type !== 'json' && type !== 'merge' && type !== 'strategic') {
      throw new CommandProblem(`Cannot patch by "${type}": there are merge and json`);
    }
    const text = flags.patchFile === undefined ? flags.patch : textOf(flags.patchFile);
    if (text === undefined) throw new CommandProblem('Say what to change: -p PATCH or --patch-file FILE');
    const json = asJson(text);
    const targets =
      flags.filename === undefined
        ? (await askedObjects(api, words)).flatMap(({ kind, names }) => names.map((name) => ({ kind, name })))
        : (await readManifests(api, flags.filename, flags.recursive)).map(({ kind, object }) => ({
            kind,
            name: object.metadata.name,
          }));
    if (targets.length === 0) throw new CommandProblem('Say which object: TYPE NAME or TYPE/NAME');
    for (const { kind, name } of targets) {
      const before = await api.get(kind, name);
      // These objects have no lists that a strategic merge would treat in a way of its own.
      const after = await api.patch(kind, name, type === 'json' ? 'json' : 'merge', json);
      const isSame = before.metadata.resourceVersion === after.metadata.resourceVersion;
      tell(kind, after, isSame ? 'patched (no change)' : 'patched', flags);
    }
    return ExitCode.ok;
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandProblem(`Cannot read "${file}": ${(error as Error).message}`);
  }
}

function asJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw new CommandProblem(`Cannot read the patch as JSON: ${(error as Error).message}`);
  }
}

async function existing(api: ObjectApi, kind: KindInfo, name: string): Promise<ApiObject | undefined> {
  try {
    return await api.get(kind, name);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function needFiles({ filename }: FileFlags): readonly string[] {
  if (filename === undefined) throw new CommandProblem('Say which file has the objects: -f FILE, or -f - for stdin');
  return filename;
}

function groupNames(kind: KindInfo) {
  return { singular: kind.singularName, group: GROUP };
}

/** Says what became of an object, or prints it as `-o` says. */
export function tell(
  kind: KindInfo,
  object: ApiObject,
  what: string,
  { output, dryRun }: { readonly output?: string | undefined; readonly dryRun?: string | undefined },
): void {
  const name = qualifiedName(groupNames(kind), object.metadata.name);
  if (output === undefined || output === '') process.stdout.write(`${name} ${what}${dryRunText({ dryRun })}\n`);
  else {
    const format = outputFormat(output);
    if (typeof format === 'string') throw new CommandProblem(format);
    print([groupOf(kind, [object])], format, true);
  }
}

function dryRunText({ dryRun = 'none' }: Pick<WriteFlags, 'dryRun'>): string {
  if (dryRun === 'none') return '';
  return dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
}
