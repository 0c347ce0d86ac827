import type { Stats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Something in a build context that is sent to the engine. */
export interface ContextEntry {
  readonly kind: 'folder' | 'file' | 'link' | 'fifo';
  /** Relative to the context, with `/`: `src/main.ts`. */
  readonly path: string;
  readonly absolutePath: string;
  /** Permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  readonly modifiedAt: Date;
  /** Milliseconds since the epoch, with fractions. */
  readonly modifiedMs: number;
  /** When anything of it last changed, its name and mode too; nobody can set that. */
  readonly changedMs: number;
  /** Bytes; 0 for anything but a file. */
  readonly size: number;
  /** Where a link points; empty for anything else. */
  readonly target: string;
}

/** Decides what stays out of a context, by absolute path. */
export interface ContextFilter {
  ignores(absolutePath: string): boolean;
  /** Whether a folder and everything that can be below it is ignored. */
  prunes(absolutePath: string): boolean;
}

const PERMISSIONS = 0o7777;

/**
 * Walks a folder in a fixed order: parents before children, names sorted. A folder that is ignored appears only when
 * something below it is not. Files that vanish in the meantime are left out; other errors are thrown.
 */
export async function* contextEntries(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry> {
  yield* walk(root, '', filter, []);
}

async function* walk(
  root: string,
  folder: string,
  filter: ContextFilter,
  heldBack: ContextEntry[],
): AsyncGenerator<ContextEntry> {
  const names = (await readNames(path.join(root, folder), folder === '')).sort(byBytes);
  const paths = names.map((name) => (folder === '' ? name : `${folder}/${name}`));
  const candidates = paths.flatMap((relative) => {
    const absolute = path.join(root, relative);
    const isIgnored = filter.ignores(absolute);
    return isIgnored && filter.prunes(absolute) ? [] : [{ relative, absolute, isIgnored }];
  });
  const stats = await Promise.all(candidates.map(({ absolute }) => ignoreMissing(lstat(absolute))));
  for (const [index, { relative, absolute, isIgnored }] of candidates.entries()) {
    const stat = stats[index];
    if (!stat || (isIgnored && !stat.isDirectory())) continue;
    const entry = await toEntry(relative, absolute, stat);
    if (!entry) continue;
    if (entry.kind !== 'folder') {
      yield* heldBack.splice(0);
      yield entry;
      continue;
    }
    if (isIgnored) {
      heldBack.push(entry);
    } else {
      yield* heldBack.splice(0);
      yield entry;
    }
    yield* walk(root, relative, filter, heldBack);
    // Nothing below it was sent, so it is not sent either.
    if (heldBack.at(-1) === entry) heldBack.pop();
  }
}

/** As Go sorts them: BuildKit insists on that order. JavaScript's own differs for what lies beyond U+FFFF. */
function byBytes(a: string, b: string): number {
  const surrogate = /[\ud800-\udfff]/;
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

async function toEntry(relative: string, absolute: string, stat: Stats): Promise<ContextEntry | undefined> {
  const base = {
    path: relative,
    absolutePath: absolute,
    mode: stat.mode & PERMISSIONS,
    modifiedAt: stat.mtime,
    modifiedMs: stat.mtimeMs,
    changedMs: stat.ctimeMs,
    size: 0,
    target: '',
  };
  if (stat.isFile()) return { ...base, kind: 'file', size: stat.size };
  if (stat.isDirectory()) return { ...base, kind: 'folder' };
  if (stat.isFIFO()) return { ...base, kind: 'fifo' };
  if (!stat.isSymbolicLink()) return undefined;
  const target = await ignoreMissing(readlink(absolute));
  return target === undefined ? undefined : { ...base, kind: 'link', target };
}

async function readNames(folder: string, isRoot: boolean): Promise<string[]> {
  return isRoot ? readdir(folder) : ((await ignoreMissing(readdir(folder))) ?? []);
}

async function ignoreMissing<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
