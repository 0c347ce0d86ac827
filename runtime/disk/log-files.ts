import { mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '../clients/process/process-alive.ts';
import type { ArchivePlace, LogArchive } from '../state/log-archive.ts';

export interface LogFilesOptions {
  /** Where the files are made; `undefined` where there is no such place. Asked when the first bytes come. */
  readonly folder: () => string | undefined;
  /** Called once, with a sentence, when lines cannot be kept. */
  readonly onProblem: (message: string) => void;
  /** How much is kept, in bytes; then the oldest go. Default 4 GiB. */
  readonly keepBytes?: number;
  /** How large a file gets, in bytes. Default 64 MiB. */
  readonly fileBytes?: number;
}

interface OpenFile {
  readonly number: number;
  readonly handle: FileHandle;
  /** Set where the system does not let go of the name of a file in use (Windows). */
  readonly name: string | undefined;
  size: number;
}

/**
 * Keeps the older lines of a log in files that only this process can reach: their names are taken away as soon as they are open, so
 * that they are gone with the process however it ends.
 */
export function createLogFiles(options: LogFilesOptions): LogArchive {
  return new LogFiles(options);
}

class LogFiles implements LogArchive {
  readonly #options: LogFilesOptions;
  readonly #keepFiles: number;
  readonly #fileBytes: number;
  readonly #files: OpenFile[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  #made = 0;
  #given = false;

  constructor(options: LogFilesOptions) {
    const { keepBytes = 4 * 1024 ** 3, fileBytes = 64 * 1024 ** 2 } = options;
    this.#options = options;
    this.#fileBytes = fileBytes;
    this.#keepFiles = Math.max(1, Math.floor(keepBytes / fileBytes));
  }

  write(bytes: Uint8Array): Promise<ArchivePlace | undefined> {
    const written = this.#writing.then(() => this.#append(bytes));
    this.#writing = written;
    return written;
  }

  async read({ file, offset, length }: ArchivePlace): Promise<Uint8Array | undefined> {
    const handle = this.#files.find(({ number }) => number === file)?.handle;
    if (handle === undefined) return undefined;
    try {
      const bytes = Buffer.allocUnsafe(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      return bytesRead === length ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#given = true;
    for (const file of this.#files.splice(0)) drop(file);
  }

  async #append(bytes: Uint8Array): Promise<ArchivePlace | undefined> {
    if (this.#given) return undefined;
    try {
      const file = await this.#fileFor(bytes.byteLength);
      if (file === undefined) return undefined;
      const offset = file.size;
      await writeAll(file.handle, bytes, offset);
      file.size += bytes.byteLength;
      return { file: file.number, offset, length: bytes.byteLength };
    } catch (error) {
      if (!this.#given) this.#giveUp(reasonOf(error as NodeJS.ErrnoException));
      return undefined;
    }
  }

  async #fileFor(length: number): Promise<OpenFile | undefined> {
    const last = this.#files.at(-1);
    if (last !== undefined && last.size + length <= this.#fileBytes) return last;
    const folder = this.#options.folder();
    if (folder === undefined) {
      this.#giveUp('there is no folder for it');
      return undefined;
    }
    const file = await makeFile(path.join(folder, 'logs'), this.#made++);
    if (this.#given) {
      drop(file);
      return undefined;
    }
    this.#files.push(file);
    while (this.#files.length > this.#keepFiles) {
      const oldest = this.#files.shift();
      if (oldest !== undefined) drop(oldest);
    }
    return file;
  }

  /** What is kept so far can still be read. */
  #giveUp(reason: string): void {
    this.#given = true;
    this.#options.onProblem(
      `Cannot keep older lines of the log on the disk: ${reason}. From now on only the newest lines are kept.`,
    );
  }
}

async function makeFile(folder: string, number: number): Promise<OpenFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (number === 0) sweep(folder);
  const name = path.join(folder, `${process.pid}-${number}-${Date.now().toString(36)}`);
  const handle = await open(name, 'wx+', 0o600);
  try {
    unlinkSync(name);
    return { number, handle, name: undefined, size: 0 };
  } catch {
    const file = { number, handle, name, size: 0 };
    process.on('exit', () => drop(file));
    return file;
  }
}

/** Removes what programs left that could not tidy up. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1]);
    if (pid === process.pid || (Number.isInteger(pid) && isAlive(pid))) continue;
    try {
      unlinkSync(path.join(folder, name));
    } catch {
      // Another program may have done so.
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, offset + done);
    done += bytesWritten;
  }
}

function drop({ handle, name }: OpenFile): void {
  handle.close().catch(() => undefined);
  if (name === undefined) return;
  try {
    unlinkSync(name);
  } catch {
    // It is swept away at the next start.
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOSPC') return 'no space left on the device';
  if (code === 'EACCES' || code === 'EROFS') return 'the folder is read-only';
  return message;
}
