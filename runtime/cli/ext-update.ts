import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { changeLock, LOCK_FILE } from '../../stdlib/extensions/lock-file.ts';
import type { LoadedExtension } from '../../stdlib/model/extension.ts';
import type { Loader } from '../load/loader.ts';
import { findTiltfile } from '../load/tiltfile-path.ts';
import { shortCommit } from '../report/extension-table.ts';
import { ExitCode } from './exit-code.ts';
import { loadForData } from './load-for-data.ts';
import type { TiltfileOptions } from './tiltfile.ts';

/** `ext update`: renews pins in the lock file, unless the Tiltfile fails with what they pin then. */
export async function updateExtensions(options: TiltfileOptions, loader: Loader): Promise<number> {
  const { renew = [] } = options;
  const found = findTiltfile(options.file, process.cwd());
  const lock = found.ok ? path.join(path.dirname(found.file), LOCK_FILE) : undefined;
  const before = lock === undefined ? undefined : readText(lock);
  const loaded = await loadForData(loader, 'ext update', options);
  if (!loaded.ok) {
    if (lock !== undefined && readText(lock) !== before) {
      restore(lock, before);
      process.stderr.write(`${LOCK_FILE} stays as it was.\n`);
    }
    return loaded.code;
  }
  const { loaded: used, unusedPins } = loaded.tiltfile.extensions;
  const unknown = renew.filter((name) => !used.some((extension) => namesOf(extension).includes(name)));
  const lines = repositoriesOf(used.filter((extension) => isAsked(extension, renew))).map(updated);
  if (renew.length === 0 && lock !== undefined && unusedPins.length > 0) {
    const problem = changeLock(lock, { set: [], remove: unusedPins });
    if (problem === undefined)
      lines.push(...unusedPins.map(({ url }) => `${url}: no longer used, and no longer pinned`));
    else process.stderr.write(`Cannot write "${lock}": ${problem}\n`);
  }
  process.stdout.write(lines.length === 0 ? 'There is nothing to update.\n' : `${lines.join('\n')}\n`);
  if (unknown.length === 0) return ExitCode.ok;
  const known = [...new Set(used.flatMap(namesOf))].map((name) => `"${name}"`).join(', ') || 'none';
  process.stderr.write(
    `The Tiltfile imports no extension and uses no repository called ${unknown.map((name) => `"${name}"`).join(', ')}. There are: ${known}.\n`,
  );
  return ExitCode.usage;
}

/** The names by which somebody may mean an extension, or the repository that it comes from. */
function namesOf({ module, name, repository }: LoadedExtension): readonly string[] {
  return [module, name, repository.name];
}

function isAsked(extension: LoadedExtension, names: readonly string[]): boolean {
  return names.length === 0 || namesOf(extension).some((name) => names.includes(name));
}

/** One extension of each repository: the one that was renewed, if any. */
function repositoriesOf(extensions: readonly LoadedExtension[]): readonly LoadedExtension[] {
  const byPlace = new Map<string, LoadedExtension>();
  for (const extension of extensions) {
    const place = `${extension.repository.url}\0${extension.repository.ref}`;
    if (!byPlace.has(place)) byPlace.set(place, extension);
  }
  return [...byPlace.values()];
}

function updated({ repository, located }: LoadedExtension): string {
  const { commit, before } = located;
  const title = repository.ref === '' ? repository.url : `${repository.url} (${repository.ref})`;
  if (commit === undefined) return `${title}: a folder, nothing to update`;
  if (before === undefined) return `${title}: pinned to ${shortCommit(commit)}`;
  if (before === commit) return `${title}: ${shortCommit(commit)}, up to date`;
  return `${title}: ${shortCommit(before)} → ${shortCommit(commit)}`;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function restore(file: string, text: string | undefined): void {
  if (text === undefined) rmSync(file, { force: true });
  else writeFileSync(file, text);
}
