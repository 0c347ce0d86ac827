import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** When a folder of the cache has more files than this, the older half is removed. */
const MOST_FILES = 500;

/** A text that was kept for `key` in an earlier run, from the user's cache folder. Whatever is wrong there, nothing is found. */
export function cachedText(kind: string, key: string): string | undefined {
  try {
    const kept = readFileSync(pathOf(kind, key), 'utf8');
    const head = headOf(key);
    return kept.startsWith(head) ? kept.slice(head.length) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text for later runs, if the cache folder can be written. Other programs never see half of a file. */
export function keepText(kind: string, key: string, text: string): void {
  const path = pathOf(kind, key);
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    mkdirSync(folderOf(kind), { recursive: true });
    writeFileSync(temporary, headOf(key) + text, { flag: 'wx' });
    renameSync(temporary, path);
    prune(folderOf(kind));
  } catch {
    remove(temporary);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is in a folder that cannot be changed, or in no folder at all: then it is not there.
  }
}

function folderOf(kind: string): string {
  const { XDG_CACHE_HOME: home } = process.env;
  return join(home?.startsWith('/') ? home : join(homedir(), '.cache'), 'tilt-ts', kind);
}

function pathOf(kind: string, key: string): string {
  return join(folderOf(kind), hash(key));
}

/** A file begins with what it is for: so a short hash will do for its name, and node:crypto (6 ms to load) is not needed. */
function headOf(key: string): string {
  return `${key.length}\n${key}`;
}

/** Two 32-bit hashes after Fowler, Noll and Vo. */
function hash(text: string): string {
  let one = 0x811c9dc5;
  let two = 0x2d2816fe;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x00010dcd);
  }
  return [one, two].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

function prune(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= MOST_FILES) return;
  const files = names.map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }));
  files.sort((a, b) => a.time - b.time);
  for (const { path } of files.slice(0, files.length / 2)) remove(path);
}
