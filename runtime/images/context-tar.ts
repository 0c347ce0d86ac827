import { createReadStream, readFile } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
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
const READ_WHOLE_BYTES = 256 * 1024;
/** So many files are read while earlier ones are sent. */
const FILES_AHEAD = 16;
/** Small pieces are sent together, for each costs a write. */
const BATCH_BYTES = 64 * 1024;
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

/** Packs a folder into a tar while it is read; at no time is more than a few MiB held. */
export async function contextTar(
  context: string,
  filter: ContextFilter,
  dockerfile: ContextDockerfile,
): Promise<ContextTar> {
  // By its default export: a bundler cannot name those of a CommonJS package that is loaded late.
  const { default: tarStream } = await import('tar-stream');
  const tar = tarStream.pack();
  const stream = Readable.from(inBatches(tar as unknown as AsyncIterable<Buffer>), { objectMode: false });
  stream.once('close', () => tar.destroy());
  // Whoever destroys a stream knows why; without a listener an error would end the process.
  stream.on('error', () => {});
  tar.on('error', () => {});
  const problem = writeEntries(tar, context, filter, dockerfile).then(
    () => undefined,
    (error: unknown) => {
      if (tar.destroyed) return undefined;
      tar.destroy(error instanceof Error ? error : new Error(String(error)));
      return error instanceof Error ? error.message : String(error);
    },
  );
  return { stream, problem };
}

async function writeEntries(
  pack: Pack,
  context: string,
  filter: ContextFilter,
  dockerfile: ContextDockerfile,
): Promise<void> {
  const text = Buffer.from(dockerfile.text);
  let isDockerfileSent = false;
  for await (const { entry, bytes } of readAhead(contextEntries(context, filter))) {
    if (pack.destroyed) return;
    if (entry.path === dockerfile.path) {
      await writeBuffer(pack, headerOf(entry), text);
      isDockerfileSent = true;
    } else if (entry.kind !== 'file') {
      await writeBuffer(pack, headerOf(entry), undefined);
    } else if (bytes) {
      const content = await bytes;
      if (content) await writeBuffer(pack, headerOf(entry), content);
    } else {
      await writeLargeFile(pack, entry);
    }
  }
  if (pack.destroyed) return;
  if (!isDockerfileSent) {
    const header: EntryHeader = { name: dockerfile.path, mode: DOCKERFILE_MODE, mtime: new Date(0), type: 'file' };
    await writeBuffer(pack, header, text);
  }
  pack.finalize();
}

interface ReadEntry {
  readonly entry: ContextEntry;
  /** What a small file holds; `undefined` when it vanished. */
  readonly bytes: Promise<Buffer | undefined> | undefined;
}

async function* readAhead(entries: AsyncIterable<ContextEntry>): AsyncGenerator<ReadEntry> {
  const ahead: ReadEntry[] = [];
  for await (const entry of entries) {
    const isSmall = entry.kind === 'file' && entry.size <= READ_WHOLE_BYTES;
    const bytes = isSmall ? readIfThere(entry.absolutePath) : undefined;
    // Its error is told when its turn comes, if it ever does.
    bytes?.catch(() => {});
    ahead.push({ entry, bytes });
    if (ahead.length > FILES_AHEAD) yield* ahead.splice(0, 1);
  }
  yield* ahead;
}

function readIfThere(file: string): Promise<Buffer | undefined> {
  // A third of the time of the function in node:fs/promises.
  return new Promise((resolve, reject) => {
    readFile(file, (error, bytes) => {
      if (!error) resolve(bytes);
      else if (error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    });
  });
}

async function writeLargeFile(pack: Pack, entry: ContextEntry): Promise<void> {
  try {
    // Read to the size that the header says, in case the file grows.
    const file = createReadStream(entry.absolutePath, { end: entry.size - 1, highWaterMark: 4 * BATCH_BYTES });
    await pipeline(file, pack.entry(headerOf(entry)) as unknown as Writable);
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'Size mismatch') throw error;
    throw new Error(`"${entry.path}" became shorter while it was read`);
  }
}

async function* inBatches(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let batch: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    batch.push(chunk);
    size += chunk.length;
    if (size < BATCH_BYTES) continue;
    yield batch.length === 1 ? chunk : Buffer.concat(batch, size);
    batch = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(batch, size);
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
