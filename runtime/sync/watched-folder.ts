import { statSync } from 'node:fs';
import path from 'node:path';

/** A folder to hand to the watcher, and the wanted paths that are watched through it. */
export interface WatchedFolder {
  readonly folder: string;
  /** The folder itself, or files that are or may come to be below it. */
  readonly roots: ReadonlySet<string>;
  /** What lies between the folder and the roots. */
  readonly ways: ReadonlySet<string>;
}

/**
 * The folders through which all of these paths can be watched. A folder is watched as it is; for a file, or a path that does not
 * exist, it is the nearest folder that exists, so that replacing or creating it is seen.
 */
export function watchedFolders(paths: readonly string[]): readonly WatchedFolder[] {
  const whole: [folder: string, roots: ReadonlySet<string>][] = [];
  const parts = new Map<string, Set<string>>();
  for (const file of outermost(paths)) {
    if (isFolder(file)) {
      whole.push([file, new Set([file])]);
      continue;
    }
    let folder = path.dirname(file);
    while (!isFolder(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder);
    const roots = parts.get(folder);
    if (roots === undefined) parts.set(folder, new Set([file]));
    else roots.add(file);
  }
  return [...whole, ...parts].map(([folder, roots]) => ({ folder, roots, ways: waysTo(folder, roots) }));
}

/** Whether a path is one of the roots, below one, or on the way to one. */
export function isOnTheWay({ folder, roots, ways }: WatchedFolder, file: string): boolean {
  if (file === folder || ways.has(file)) return true;
  for (let at = file; at.length >= folder.length; at = path.dirname(at)) {
    if (roots.has(at)) return true;
    if (path.dirname(at) === at) break;
  }
  return false;
}

function waysTo(folder: string, roots: ReadonlySet<string>): ReadonlySet<string> {
  const ways = new Set<string>();
  for (const root of roots) {
    for (let at = path.dirname(root); at.length > folder.length && !ways.has(at); at = path.dirname(at)) ways.add(at);
  }
  return ways;
}

/** Whether a path is another one or below it. */
export function isInside(root: string, file: string): boolean {
  return file === root || file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

/** The paths that are not inside of another one. */
function outermost(paths: readonly string[]): ReadonlySet<string> {
  const all = new Set(paths);
  const hasParent = (file: string): boolean => {
    for (let at = file, dir = path.dirname(at); dir !== at; at = dir, dir = path.dirname(at))
      if (all.has(dir)) return true;
    return false;
  };
  return new Set([...all].filter((file) => !hasParent(file)));
}

export function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
