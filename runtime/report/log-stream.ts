import type { LogArchive } from '../state/log-archive.ts';
import { type LogFilter, matchesFilter } from '../state/log-filter.ts';
import type { LogLine } from '../state/log-line.ts';
import type { LogListener } from '../state/log-store.ts';
import { LogText } from './log-text.ts';
import { WaitingText } from './waiting-text.ts';

/** Characters that may wait before writers are asked to hold back: in memory, and where they wait on the disk. */
const HIGH_WATER = 256 * 1024;
const HIGH_WATER_ON_DISK = 64 * 1024 * 1024;

/** Where a session is told of in lines. */
export interface LogPrinter extends LogListener {
  /** Text that is not a line of the log, in order with them. */
  write(text: string): void;
  /** A promise while it cannot take more without buffering. */
  backlog(): Promise<void> | undefined;
  /** Resolves when all that was given so far is written. */
  flush(): Promise<void>;
}

/** How lines of the log become text. */
export interface LineRenderer {
  /** The line with its newline. */
  render(line: LogLine): string;
}

export interface LogStreamOptions {
  /** Default: as people read them. */
  readonly renderer?: LineRenderer;
  /** Which lines are printed. Default: all. */
  readonly filter?: LogFilter;
  /** Whether only lines of the log are printed, so that a program can read them. */
  readonly onlyLines?: boolean;
  /** What to write for a text, such as with what has to stand around it. Default: the text. */
  readonly frame?: (text: string) => string;
  /** Where text waits while whoever reads is slow. Containers cannot be held back: their cluster throws older lines away. */
  readonly archive?: LogArchive;
}

/** Prints the session's log to a stream: lines that come together are written together, and none is lost. */
export class LogStream implements LogPrinter {
  readonly #stream: NodeJS.WritableStream;
  readonly #renderer: LineRenderer;
  readonly #filter: LogFilter;
  readonly #onlyLines: boolean;
  readonly #frame: (text: string) => string;
  readonly #waiting: WaitingText;
  readonly #highWater: number;
  #writing: Promise<void> | undefined;
  #piece: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(stream: NodeJS.WritableStream, options: LogStreamOptions = {}) {
    this.#stream = stream;
    this.#renderer = options.renderer ?? new LogText();
    this.#filter = options.filter ?? {};
    this.#onlyLines = options.onlyLines ?? false;
    this.#waiting = new WaitingText(options.archive);
    this.#highWater = options.archive === undefined ? HIGH_WATER : HIGH_WATER_ON_DISK;
    this.#frame = options.frame ?? ((text) => text);
    // Whoever read the output has gone (`tilt-ts ci | head`): the session goes on without it.
    stream.on('error', () => {
      this.#closed = true;
    });
  }

  line(line: LogLine): void {
    if (matchesFilter(this.#filter, line)) this.#add(this.#renderer.render(line));
  }

  write(text: string): void {
    if (!this.#onlyLines) this.#add(text);
  }

  #add(text: string): void {
    if (this.#closed) return;
    this.#waiting.push(text);
    this.#writing ??= this.#drain();
  }

  backlog(): Promise<void> | undefined {
    return this.#waiting.size > this.#highWater && !this.#closed ? this.#piece : undefined;
  }

  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.size > 0 && !this.#closed) {
      this.#piece = this.#waiting.shift().then((text) => this.#writeOut(text));
      await this.#piece;
    }
    this.#writing = undefined;
  }

  #writeOut(text: string): Promise<void> {
    return new Promise((resolve) => {
      const failed = () => resolve();
      this.#stream.once('error', failed);
      this.#stream.write(this.#frame(text), () => {
        this.#stream.removeListener('error', failed);
        resolve();
      });
    });
  }
}
