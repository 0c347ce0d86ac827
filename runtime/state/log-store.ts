import type { SecretValue } from '../../stdlib/model/secrets.ts';
import { LineAssembler } from './line-assembler.ts';
import { LineBuffer } from './line-buffer.ts';
import type { LogLevel, LogLine, LogSpan } from './log-line.ts';
import { Scrubber } from './scrubber.ts';

export interface LogWriter {
  write(text: string, level?: LogLevel): void;
  /** A promise while a listener cannot keep up. */
  backlog(): Promise<void> | undefined;
  /** Completes a line that has no newline yet. */
  end(): void;
}

export interface LogListener {
  line(line: LogLine): void;
  /** A promise while it cannot take more without buffering; writers then hold back. Never rejects. */
  backlog?(): Promise<void> | undefined;
}

export interface LogStoreOptions {
  /** Milliseconds since the epoch; the real time when not given. */
  readonly now?: () => number;
  /** How many bytes of lines are kept. Default 16 MiB. */
  readonly keepBytes?: number;
}

export function createLogStore(options: LogStoreOptions = {}): LogStore {
  return new LogStore(options);
}

/** The session's log: takes text in pieces, hands on whole lines, and keeps the newest of them in bounded memory. */
export class LogStore {
  readonly #now: () => number;
  readonly #keepBytes: number;
  readonly #buffers = new Map<string, LineBuffer>();
  readonly #scrubber = new Scrubber();
  #listeners: readonly LogListener[] = [];
  #cost = 0;
  #sequence = 0;

  constructor({ now = Date.now, keepBytes = 16 * 1024 * 1024 }: LogStoreOptions) {
    this.#now = now;
    this.#keepBytes = keepBytes;
  }

  /** A writer for one piece of work. */
  open(span: LogSpan): LogWriter {
    const assembler = new LineAssembler(this.#now, (text, level) => this.#add(span, text, level));
    return {
      write: (text, level = 'info') => assembler.write(text, level),
      backlog: () => this.#backlog(),
      end: () => assembler.end(),
    };
  }

  /** Called for every line at once, so that none is lost however fast they come. Answers how to unsubscribe. */
  subscribe(listener: LogListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((known) => known !== listener);
    };
  }

  /** From now on no line shows these values, nor do the lines that are kept. What listeners were given stays with them. */
  hide(secrets: readonly SecretValue[]): void {
    if (!this.#scrubber.add(secrets)) return;
    for (const buffer of this.#buffers.values()) this.#cost += buffer.rewrite((text) => this.#scrubber.scrub(text));
  }

  /** A text without the values that are hidden. */
  scrub(text: string): string {
    return this.#scrubber.scrub(text);
  }

  /** The last `count` lines of a resource (empty: those of the Tiltfile and the program), oldest first. */
  tail(resource: string, count: number): readonly LogLine[] {
    return this.#buffers.get(resource)?.tail(count) ?? [];
  }

  /** All lines that are still kept, of all resources, oldest first. */
  lines(): readonly LogLine[] {
    const all = [...this.#buffers.values()].flatMap((buffer) => buffer.all());
    return all.sort((one, other) => one.sequence - other.sequence);
  }

  #add(span: LogSpan, text: string, level: LogLevel): void {
    this.#sequence++;
    const line: LogLine = { sequence: this.#sequence, at: this.#now(), ...span, level, text: this.scrub(text) };
    this.#keep(line);
    for (const listener of this.#listeners) listener.line(line);
  }

  #keep(line: LogLine): void {
    let buffer = this.#buffers.get(line.resource);
    if (buffer === undefined) {
      buffer = new LineBuffer();
      this.#buffers.set(line.resource, buffer);
    }
    this.#cost += buffer.push(line);
    while (this.#cost > this.#keepBytes) {
      // The one that writes most pays, and by half at once, so that looking for it stays rare.
      const largest = [...this.#buffers.values()].reduce((one, other) => (other.cost > one.cost ? other : one));
      this.#cost -= largest.shrink(largest.cost / 2);
    }
  }

  #backlog(): Promise<void> | undefined {
    const waits = this.#listeners.flatMap((listener) => listener.backlog?.() ?? []);
    if (waits.length === 0) return undefined;
    return Promise.all(waits).then(() => undefined);
  }
}
