import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Header, Pack } from 'tar-stream';
import { type ContextEntry, type ContextFilter, contextEntries } from './context-entries.ts';

/** A build context on its way to the engine. */
export interface ContextTar {
  readonly stream: Readable;
  /** Resolves when the stream ended or was destroyed: with the reason why it could not be made, else `undefined`. */
  readonly problem: Promise<string | undefined>;
}

export interface ContextDockerfile {
  /** Its path in the context. */
  readonly path: string;
  readonly text: string;
}

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

/** Files up to this size are read whole, so that one that grows meanwhile does no harm. */
const READ_WHOLE_BYTES = 1024 * 1024;
const DOCKERFILE_MODE = 0o644;
const DOCKERFILE_NAME = '.tilt-ts.dockerfile';

/**
 * Where the Dockerfile stands in the context: in its own place when it is sent anyway, else under a name that nothing
 * else has. The name must not change from build to build, for `COPY . .` sees the file.
 */
export async function placeDockerfile(
  context: string,
  dockerfilePath: string | undefined,
  filter: ContextFilter,
): Promise<string> {
  const relative = dockerfilePath === undefined ? '' : path.relative(context, dockerfilePath).split(path.sep).join('/');
  if (relative !== '' && !relative.startsWith('../') && !path.isAbsolute(relative)) {
    const isSent = !filter.ignores(path.join(context, relative));
    if (isSent && (await isOwnFile(context, relative))) return relative;
  }
  let name = DOCKERFILE_NAME;
  while (await lstat(path.join(context, name)).catch(() => undefined)) name += '_';
  return name;
}

/** A file that is reached without symbolic links, so that the walk comes by it under this path. */
async function isOwnFile(context: string, relative: string): Promise<boolean> {
  const parts = relative.split('/');
  for (let count = 1; count <= parts.length; count += 1) {
    const stat = await lstat(path.join(context, ...parts.slice(0, count))).catch(() => undefined);
    if (!stat || (count === parts.length ? !stat.isFile() : !stat.isDirectory())) return false;
  }
  return true;
}

/** Packs a folder into a tar while it is read; at no time is more than a file of 1 MiB or a chunk held. */
export async function contextTar(
  context: string,
  filter: ContextFilter,
  dockerfile: ContextDockerfile,
): Promise<ContextTar> {
  const { pack } = await import('tar-stream');
  const stream = pack();
  // Whoever destroys the stream knows why; without a listener an error would end the process.
  stream.on('error', () => {});
  const problem = writeEntries(stream, context, filter, dockerfile).then(
    () => undefined,
    (error: unknown) => {
      if (stream.destroyed) return undefined;
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
      return error instanceof Error ? error.message : String(error);
    },
  );
  // Its streams behave as Node's, but their types say otherwise.
  return { stream: stream as unknown as Readable, problem };
}

async function writeEntries(
  pack: Pack,
  context: string,
  filter: ContextFilter,
  dockerfile: ContextDockerfile,
): Promise<void> {
  const text = Buffer.from(dockerfile.text);
  let isDockerfileSent = false;
  for await (const entry of contextEntries(context, filter)) {
    if (pack.destroyed) return;
    if (entry.path === dockerfile.path) {
      await writeBuffer(pack, headerOf(entry), text);
      isDockerfileSent = true;
    } else {
      await writeEntry(pack, entry);
    }
  }
  if (!isDockerfileSent && !pack.destroyed) {
    const header: EntryHeader = { name: dockerfile.path, mode: DOCKERFILE_MODE, mtime: new Date(0), type: 'file' };
    await writeBuffer(pack, header, text);
  }
  pack.finalize();
}

async function writeEntry(pack: Pack, entry: ContextEntry): Promise<void> {
  const header = headerOf(entry);
  if (entry.kind !== 'file') return writeBuffer(pack, header, undefined);
  if (entry.size <= READ_WHOLE_BYTES) {
    const bytes = await readFile(entry.absolutePath).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return bytes && writeBuffer(pack, header, bytes);
  }
  try {
    // Read to the size that the header says, in case the file grows.
    await pipeline(
      createReadStream(entry.absolutePath, { end: entry.size - 1 }),
      pack.entry(header) as unknown as Writable,
    );
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'Size mismatch') throw error;
    throw new Error(`"${entry.path}" became shorter while it was read`);
  }
}

function writeBuffer(pack: Pack, header: EntryHeader, bytes: Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error ? reject(error) : resolve());
    if (bytes) pack.entry(header, bytes, done);
    else pack.entry(header, done);
  });
}

/** Everything belongs to root, as `docker build` sends it. */
function headerOf(entry: ContextEntry): EntryHeader {
  const header = { name: entry.path, mode: entry.mode, uid: 0, gid: 0, mtime: entry.modifiedAt };
  switch (entry.kind) {
    case 'file':
      return { ...header, type: 'file', size: entry.size };
    case 'folder':
      return { ...header, name: `${entry.path}/`, type: 'directory' };
    case 'link':
      return { ...header, type: 'symlink', linkname: entry.target };
    case 'fifo':
      return { ...header, type: 'fifo' };
  }
}
