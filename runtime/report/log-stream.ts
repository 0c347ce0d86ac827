import type { LogLine } from '../state/log-line.ts';
import type { LogListener } from '../state/log-store.ts';
import { LogText } from './log-text.ts';

/** Characters that may wait before writers are asked to hold back. */
const HIGH_WATER = 256 * 1024;

/** Prints the session's log to a stream: lines that come together are written together, and none is lost. */
export class LogStream implements LogListener {
  readonly #stream: NodeJS.WritableStream;
  readonly #text = new LogText();
  #waiting: string[] = [];
  #size = 0;
  #writing: Promise<void> | undefined;
  #closed = false;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    // Whoever read the output has gone (`tilt-ts ci | head`): the session goes on without it.
    stream.on('error', () => {
      this.#closed = true;
    });
  }

  line(line: LogLine): void {
    this.write(this.#text.render(line));
  }

  /** Text that is not a line of the log, in order with them. */
  write(text: string): void {
    if (this.#closed) return;
    this.#waiting.push(text);
    this.#size += text.length;
    this.#writing ??= this.#drain();
  }

  backlog(): Promise<void> | undefined {
    return this.#size > HIGH_WATER && !this.#closed ? this.#writing : undefined;
  }

  /** Resolves when all that was given so far is written. */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0 && !this.#closed) {
      const text = this.#waiting.join('');
      this.#waiting = [];
      await new Promise<void>((resolve) => {
        const failed = () => resolve();
        this.#stream.once('error', failed);
        this.#stream.write(text, () => {
          this.#stream.removeListener('error', failed);
          resolve();
        });
      });
      this.#size -= text.length;
    }
    this.#writing = undefined;
  }
}
