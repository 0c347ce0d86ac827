import { lstatSync, type Stats, statSync } from 'node:fs';
import type { EffectResult, FileInfo, FileKind } from './broker.ts';

/** What the system says about a file; throws what Node throws. */
export function fileInfo(path: string, followLinks: boolean): FileInfo {
  const stats = followLinks ? statSync(path) : lstatSync(path);
  const { size, dev, ino, mode, nlink, uid, gid, rdev, blksize, blocks } = stats;
  return {
    kind: kindOf(stats),
    size,
    mtime: timeOf(stats.mtimeMs),
    atime: timeOf(stats.atimeMs),
    birthtime: timeOf(stats.birthtimeMs),
    ctime: timeOf(stats.ctimeMs),
    ...{ dev, ino, mode, nlink, uid, gid, rdev, blksize, blocks },
    isBlockDevice: stats.isBlockDevice(),
    isCharDevice: stats.isCharacterDevice(),
    isFifo: stats.isFIFO(),
    isSocket: stats.isSocket(),
  };
}

function timeOf(ms: number): number | null {
  return ms > 0 ? Math.trunc(ms) : null;
}

export function kindOf(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FileKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

/** What the system refuses is a value; anything else that is thrown is a bug. */
export function attempt<T>(subject: string, act: () => T): EffectResult<T> {
  try {
    return { ok: true, value: act() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof Error) || code === undefined) throw error;
    return { ok: false, error: { code, message: error.message, subject } };
  }
}
