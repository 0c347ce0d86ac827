import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file or a link of a tree; folders are told by what is in them. */
export interface TreeEntry {
  /** Absolute. */
  readonly file: string;
  readonly kind: 'file' | 'link';
  readonly isExecutable: boolean;
  /** Where a link leads, as it is written. */
  readonly target: string;
}

/** All files and links at or below a path, in an order that is always the same; nothing where there is nothing. */
export async function* treeAt(base: string, isLeftOut: (file: string) => boolean): AsyncGenerator<TreeEntry> {
  const stat = await lstat(base).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (stat === undefined || isLeftOut(base)) return;
  if (stat.isDirectory()) {
    for (const name of (await readdir(base)).sort()) yield* treeAt(path.join(base, name), isLeftOut);
  } else if (stat.isSymbolicLink()) {
    yield { file: base, kind: 'link', isExecutable: false, target: await readlink(base) };
  } else if (stat.isFile()) {
    yield { file: base, kind: 'file', isExecutable: (stat.mode & 0o100) !== 0, target: '' };
  }
}

/** The SHA-256 of a file's content, in hexadecimal. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
