import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Pin } from '../model/extension.ts';

/** The name of the lock file, which lies beside the main Tiltfile. */
export const LOCK_FILE = 'tilt.lock';

export type LockRead =
  | { readonly ok: true; readonly pins: readonly Pin[] }
  /** `message` says what is wrong with the file at `path`. */
  | { readonly ok: false; readonly message: string };

export function isCommit(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** Reads a lock file. One that is not there pins nothing. */
export function readLock(path: string): LockRead {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ok: true, pins: [] };
    return { ok: false, message: (error as Error).message };
  }
  return parseLock(text);
}

export function parseLock(text: string): LockRead {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const conflict = /^(<<<<<<<|=======|>>>>>>>)/m.test(text);
    return { ok: false, message: conflict ? 'it has a merge conflict' : (error as Error).message };
  }
  const { version, repositories } = (data ?? {}) as { version?: unknown; repositories?: unknown };
  if (version !== 1) return { ok: false, message: `version ${JSON.stringify(version)} is not 1` };
  if (!Array.isArray(repositories)) return { ok: false, message: '"repositories" is not a list' };
  const pins: Pin[] = [];
  for (const [index, entry] of repositories.entries()) {
    const pin = pinOf(entry);
    if (!pin)
      return { ok: false, message: `repositories[${index}] is not { url, ref, commit } with a full commit hash` };
    pins.push(pin);
  }
  return { ok: true, pins };
}

function pinOf(entry: unknown): Pin | undefined {
  const { url, ref = '', commit } = (entry ?? {}) as Partial<Record<keyof Pin, unknown>>;
  if (typeof url !== 'string' || typeof ref !== 'string' || typeof commit !== 'string') return undefined;
  return isCommit(commit) ? { url, ref, commit } : undefined;
}

/** The text of a lock file: sorted, a line for each value, so that differences are easy to read and to merge. */
export function formatLock(pins: readonly Pin[]): string {
  const sorted = [...pins].sort((a, b) => compare(a.url, b.url) || compare(a.ref, b.ref));
  const repositories = sorted.map(({ url, ref, commit }) => (ref === '' ? { url, commit } : { url, ref, commit }));
  return `${JSON.stringify({ version: 1, repositories }, undefined, 2)}\n`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function samePlace(a: Pick<Pin, 'url' | 'ref'>, b: Pick<Pin, 'url' | 'ref'>): boolean {
  return a.url === b.url && a.ref === b.ref;
}

/**
 * Sets pins and takes others out of the file, which may have changed since it was read; everything else in it stays. Writes only
 * what changes something, and then all at once. Answers why it could not be written, if so.
 */
export function changeLock(
  path: string,
  { set, remove = [] }: { readonly set: readonly Pin[]; readonly remove?: readonly Pick<Pin, 'url' | 'ref'>[] },
): string | undefined {
  const read = readLock(path);
  if (!read.ok) return read.message;
  const gone = [...set, ...remove];
  const kept = read.pins.filter((pin) => !gone.some((other) => samePlace(other, pin)));
  const text = formatLock([...kept, ...set]);
  if (text === formatLock(read.pins)) return undefined;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    return (error as Error).message;
  }
}
