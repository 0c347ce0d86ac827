import { closeSync, openSync, readSync } from 'node:fs';

const PIECE = 256 * 1024;

/** Reads what is appended to a file, piece by piece. */
export class FileTail {
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(PIECE);
  #offset = 0;

  constructor(file: string) {
    this.#file = openSync(file, 'r');
  }

  /** The next bytes, at most 256 KiB, valid until the next call; `undefined` when there are no more for now. */
  next(): Uint8Array | undefined {
    const length = readSync(this.#file, this.#buffer, 0, PIECE, this.#offset);
    this.#offset += length;
    return length === 0 ? undefined : this.#buffer.subarray(0, length);
  }

  close(): void {
    closeSync(this.#file);
  }
}
