import { createReadStream } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import type { Header } from 'tar-stream';
import type { Owner } from './container-access.ts';
import type { PresentFile } from './file-changes.ts';

/** An archive is sent when it has grown to this size, so that no more is held at a time. */
const ARCHIVE_BYTES = 16 * 1024 * 1024;
const PERMISSIONS = 0o7777;

/** The files as one or more tar archives, with their modes, times and links. Files that vanished are left out. */
export async function* archives(files: readonly PresentFile[], owner: Owner): AsyncGenerator<Buffer> {
  let group: PresentFile[] = [];
  let size = 0;
  for (const file of files) {
    group.push(file);
    size += file.stats.size;
    if (size < ARCHIVE_BYTES) continue;
    yield await archive(group, owner);
    group = [];
    size = 0;
  }
  if (group.length > 0) yield await archive(group, owner);
}

async function archive(files: readonly PresentFile[], owner: Owner): Promise<Buffer> {
  // By its default export: a bundler cannot name those of a CommonJS package that is loaded late.
  const { default: tarStream } = await import('tar-stream');
  const pack = tarStream.pack();
  const chunks: Buffer[] = [];
  const packed = (async () => {
    for await (const chunk of pack as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  })();
  for (const file of files) {
    const entry = await entryOf(file, owner).catch(() => undefined);
    if (entry) pack.entry(entry.header, entry.content);
  }
  pack.finalize();
  await packed;
  return Buffer.concat(chunks);
}

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

async function entryOf(
  { localPath, containerPath, stats }: PresentFile,
  owner: Owner,
): Promise<{ readonly header: EntryHeader; readonly content: Buffer } | undefined> {
  const name = containerPath.replace(/^\//, '');
  const header = { name, mode: stats.mode & PERMISSIONS, mtime: stats.mtime, ...owner };
  const nothing = Buffer.alloc(0);
  if (stats.isDirectory()) return { header: { ...header, name: `${name}/`, type: 'directory' }, content: nothing };
  if (stats.isSymbolicLink()) {
    return { header: { ...header, type: 'symlink', linkname: await readlink(localPath) }, content: nothing };
  }
  return stats.isFile() ? { header: { ...header, type: 'file' }, content: await contentOf(localPath) } : undefined;
}

/** Beyond 2 GiB a file cannot be read at once. */
async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_FS_FILE_TOO_LARGE') throw error;
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(file)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
}
