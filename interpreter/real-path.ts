import { accessSync, constants, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';

const MOST_LINKS = 40;

/** A path without links. Of one that does not exist, the part that does is followed: a link that leads nowhere counts as its target. */
export function withoutLinks(path: string, links = 0): string {
  const absolute = resolve(path);
  try {
    return realpathSync.native(absolute);
  } catch {
    const above = dirname(absolute);
    if (above === absolute || links > MOST_LINKS) return absolute;
    const here = join(withoutLinks(above, links), basename(absolute));
    const target = targetOf(here);
    return target === undefined ? here : withoutLinks(resolve(dirname(here), target), links + 1);
  }
}

function targetOf(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Where the C library looks without PATH. */
const DEFAULT_PATH = '/bin:/usr/bin';

/**
 * The file that the system would run for a program's name; `undefined` when there is none. Its folder is without links, but the file
 * may be one: what a link such as `sh` leads to (busybox) does different things under different names.
 */
export function findProgram(name: string, path: string | undefined, folder: string): string | undefined {
  if (name === '') return undefined;
  const places = name.includes('/') ? [''] : (path ?? DEFAULT_PATH).split(delimiter);
  for (const place of places) {
    const file = resolve(folder, place, name);
    if (canRun(file)) return join(withoutLinks(dirname(file)), basename(file));
  }
  return undefined;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
