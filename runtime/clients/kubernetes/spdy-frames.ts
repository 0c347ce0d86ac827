// Frames of SPDY 3.1, as far as running programs needs them.

const CONTROL = 0x80;
const VERSION = 3;
const SYN_STREAM = 1;
const PING = 6;
const LAST = 1;
const HEADER_BYTES = 8;
/** How a compressed stream (zlib) begins, and a piece of one that is not compressed. */
const ZLIB_HEADER = Buffer.of(0x78, 0x01);

export interface FrameListener {
  data(stream: number, bytes: Buffer, isLast: boolean): void;
  ping(id: Buffer): void;
}

/** Takes a connection apart into frames. What the server says of itself and of its streams is passed over. */
export class FrameReader {
  readonly #listener: FrameListener;
  #rest: Buffer = Buffer.alloc(0);

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  add(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + this.#rest.readUIntBE(5, 3);
      if (this.#rest.length < end) return;
      const frame = this.#rest.subarray(0, end);
      this.#rest = this.#rest.subarray(end);
      const payload = frame.subarray(HEADER_BYTES);
      const isControl = ((frame[0] ?? 0) & CONTROL) !== 0;
      if (!isControl) this.#listener.data(frame.readUInt32BE(0), payload, ((frame[4] ?? 0) & LAST) !== 0);
      else if (frame.readUInt16BE(2) === PING) this.#listener.ping(payload);
    }
  }
}

/** Opens a stream. The headers of all streams of a connection are one compressed text, which begins with the first. */
export function synStream(id: number, headers: Readonly<Record<string, string>>, isFirst: boolean): Buffer {
  const fields = Buffer.alloc(10);
  fields.writeUInt32BE(id, 0);
  const block = uncompressed(headerBlock(headers));
  return controlFrame(SYN_STREAM, Buffer.concat([fields, ...(isFirst ? [ZLIB_HEADER] : []), block]));
}

export function dataFrame(stream: number, bytes: Buffer, isLast: boolean): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(stream, 0);
  header[4] = isLast ? LAST : 0;
  header.writeUIntBE(bytes.length, 5, 3);
  return Buffer.concat([header, bytes]);
}

export function pongFrame(id: Buffer): Buffer {
  return controlFrame(PING, id);
}

function controlFrame(type: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = CONTROL;
  header[1] = VERSION;
  header.writeUInt16BE(type, 2);
  header.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([header, payload]);
}

function headerBlock(headers: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(headers);
  const parts = [uint32(pairs.length)];
  for (const text of pairs.flatMap(([name, value]) => [name.toLowerCase(), value])) {
    parts.push(uint32(Buffer.byteLength(text)), Buffer.from(text));
  }
  return Buffer.concat(parts);
}

/** A block of the deflate format that holds its bytes as they are, and an empty one, at which readers hand over what they have. */
function uncompressed(bytes: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt16LE(bytes.length, 1);
  header.writeUInt16LE(bytes.length ^ 0xffff, 3);
  return Buffer.concat([header, bytes, EMPTY_BLOCK]);
}

const EMPTY_BLOCK = Buffer.of(0, 0, 0, 0xff, 0xff);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
