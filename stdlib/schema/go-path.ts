import { posix } from 'node:path';

// Paths as Go's path/filepath treats them, where Node's own functions answer otherwise (empty paths, trailing slashes).

export function cleanPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

export function joinPaths(parts: readonly string[]): string {
  const given = parts.filter((part) => part !== '');
  return given.length === 0 ? '' : cleanPath(given.join('/'));
}

/** The last part; `.` for an empty path, `/` for the root. */
export function baseName(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** All but the last part: what stands before the last slash. */
export function folderName(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}

/** The way from one path to another, or nothing where it cannot be known. */
export function relativePath(base: string, target: string): string | undefined {
  const from = cleanPath(base);
  const to = cleanPath(target);
  if (from === to) return '.';
  if (from.startsWith('/') !== to.startsWith('/')) return undefined;
  const fromParts = from === '.' ? [] : from.split('/').filter((part) => part !== '');
  const toParts = to.split('/').filter((part) => part !== '');
  let same = 0;
  while (same < fromParts.length && same < toParts.length && fromParts[same] === toParts[same]) same++;
  const up = fromParts.slice(same);
  if (up.includes('..')) return undefined;
  return [...up.map(() => '..'), ...toParts.slice(same)].join('/');
}
