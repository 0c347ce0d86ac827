import type { ServerHttp2Stream } from 'node:http2';
import { FRAME_HEADER, frame } from './grpc-frame.ts';
import { protobufFields, protobufMessage, protobufNumber } from './protobuf.ts';

/** Something in a folder that a build asks for. */
export interface SyncEntry {
  readonly kind: 'folder' | 'file' | 'link' | 'fifo';
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  /** Milliseconds since the epoch, with fractions. */
  readonly modifiedMs: number;
  /** Bytes; 0 for anything but a file. */
  readonly size: number;
  /** Where a link points; empty for anything else. */
  readonly target: string;
}

/** A folder that BuildKit may compare with what it has of it, and read what it lacks. */
export interface SyncFolder {
  /** Parents before children, names in the order of their bytes. */
  readonly entries: readonly SyncEntry[];
  /** What the file at that index holds. An error ends the build. */
  read(index: number): AsyncIterable<Uint8Array>;
  /** Told why the folder could not be sent. */
  failed(problem: Error): void;
}

/** Which part of a folder BuildKit asks for. */
export interface SyncRequest {
  /** `context` or `dockerfile`. */
  readonly name: string;
  /** Paths, perhaps with wildcards: these and what is below them are needed. Empty when all is. */
  readonly paths: readonly string[];
}

const STAT = 0;
const WANT = 1;
const DATA = 2;
const END = 3;
const ERROR = 4;

const CHUNK_BYTES = 32 * 1024;
const READERS = 4;
/** So many bytes of statuses go into one write. */
const BATCH_BYTES = 64 * 1024;

/** What the metadata of a call to `FileSync/DiffCopy` asks for; `rawHeaders` are names and values in turn. */
export function syncRequest(rawHeaders: readonly string[]): SyncRequest {
  const values = (wanted: string): readonly string[] =>
    rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted);
  const decoded = (wanted: string): readonly string[] => {
    const found = values(wanted);
    // Before there was an encoding, the bytes of UTF-8 stood there as they are.
    if (values(`${wanted}-encoded`)[0] !== '1')
      return found.map((text) => Buffer.from(text, 'latin1').toString('utf8'));
    return found.map((text) => decodeURIComponent(text.replaceAll('+', ' ')));
  };
  return { name: values('dir-name')[0] ?? '', paths: decoded('followpaths') };
}

/**
 * Serves one call of `FileSync/DiffCopy`: tells what is in the folder, then sends the files that are asked for. BuildKit keeps what it
 * got, and asks only for what differs in size, mode or time of change.
 */
export function serveFolder(stream: ServerHttp2Stream, folder: SyncFolder): void {
  const wanted: number[] = [];
  let readers = 0;
  let failure: Error | undefined;

  stream.on('error', () => {});
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  const fail = (error: unknown): void => {
    if (failure !== undefined || stream.destroyed) return;
    failure = error instanceof Error ? error : new Error(String(error));
    folder.failed(failure);
    stream.write(packet(ERROR, undefined, 0, Buffer.from(failure.message)));
    stream.end();
  };

  receive(stream, (type, id) => {
    if (type === END) {
      stream.end(packet(END));
    } else if (type === WANT) {
      wanted.push(id);
      if (readers < READERS) void sendWanted();
    }
  });
  sendStatuses().catch(fail);

  async function sendStatuses(): Promise<void> {
    let batch: Buffer[] = [];
    let size = 0;
    for (const entry of folder.entries) {
      const bytes = packet(STAT, statusOf(entry));
      batch.push(bytes);
      size += bytes.length;
      if (size < BATCH_BYTES) continue;
      await write(stream, Buffer.concat(batch));
      batch = [];
      size = 0;
    }
    // One without a status says that these were all.
    await write(stream, Buffer.concat([...batch, packet(STAT)]));
  }

  async function sendWanted(): Promise<void> {
    readers += 1;
    try {
      for (let id = wanted.shift(); id !== undefined && failure === undefined; id = wanted.shift()) {
        for await (const bytes of folder.read(id)) {
          for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
            await write(stream, packet(DATA, undefined, id, bytes.subarray(at, at + CHUNK_BYTES)));
          }
        }
        await write(stream, packet(DATA, undefined, id));
      }
    } catch (error) {
      fail(error);
    } finally {
      readers -= 1;
    }
  }
}

function receive(stream: ServerHttp2Stream, onPacket: (type: number, id: number) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= FRAME_HEADER) {
      const end = FRAME_HEADER + rest.readUInt32BE(1);
      if (rest.length < end) return;
      let [type, id] = [STAT, 0];
      for (const field of protobufFields(rest.subarray(FRAME_HEADER, end))) {
        if (field.number === 1) type = protobufNumber(field);
        else if (field.number === 3) id = protobufNumber(field);
      }
      rest = rest.subarray(end);
      onPacket(type, id);
    }
  });
}

function packet(type: number, status?: Uint8Array, id = 0, data?: Uint8Array): Buffer {
  const fields: [number, number | Uint8Array][] = [[1, type]];
  if (status) fields.push([2, status]);
  if (id !== 0) fields.push([3, id]);
  if (data) fields.push([4, data]);
  return frame(protobufMessage(fields));
}

/** Go's bits for the kinds of files. */
const KIND_BITS = { folder: 2 ** 31, file: 0, link: 2 ** 27, fifo: 2 ** 25 } as const;

/** Everything belongs to root, as `docker build` sends it. */
function statusOf(entry: SyncEntry): Uint8Array {
  const fields: [number, number | bigint | string][] = [
    [1, entry.path],
    [2, goMode(entry)],
  ];
  if (entry.size > 0) fields.push([5, entry.size]);
  fields.push([6, BigInt.asUintN(64, BigInt(Math.round(entry.modifiedMs * 1000)) * 1000n)]);
  if (entry.target !== '') fields.push([7, entry.target]);
  return protobufMessage(fields);
}

function goMode({ kind, mode }: SyncEntry): number {
  const special = (mode & 0o4000 ? 2 ** 23 : 0) + (mode & 0o2000 ? 2 ** 22 : 0) + (mode & 0o1000 ? 2 ** 20 : 0);
  return KIND_BITS[kind] + special + (mode & 0o777);
}

function write(stream: ServerHttp2Stream, bytes: Uint8Array): Promise<void> {
  if (stream.destroyed || stream.writableEnded) return Promise.reject(new Error('the build is over'));
  if (stream.write(bytes)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onDrain = (): void => {
      stream.off('close', onClose);
      resolve();
    };
    const onClose = (): void => {
      stream.off('drain', onDrain);
      reject(new Error('the build is over'));
    };
    stream.once('drain', onDrain);
    stream.once('close', onClose);
  });
}
