import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { LogLine } from '../state/log-line.ts';
import type { LogListener } from '../state/log-store.ts';
import { FileNames } from './file-name.ts';
import { plainText } from './plain-text.ts';
import { reasonOf } from './report-file.ts';

/** Characters that may wait before writers are asked to hold back. */
const HIGH_WATER = 4 * 1024 * 1024;
/** Spans of pods and containers: `pod:RESOURCE:POD:CONTAINER`, `container:RESOURCE:ID`. */
const CONTAINER_SPAN = /^(?:pod|container):/;

/**
 * Writes the whole log to a folder: `tiltfile.log` for the Tiltfile and the program, `RESOURCE.log` for each resource, and for each
 * container `containers/RESOURCE/CONTAINER.log` with its own lines. Files are opened to append only, so that thousands of them are never open at once.
 */
export class LogFolder implements LogListener {
  readonly #folder: string;
  readonly #warn: (message: string) => void;
  readonly #names = new FileNames(['tiltfile']);
  readonly #inner = new Map<string, FileNames>();
  /** By span, where the lines of a container go. */
  readonly #containers = new Map<string, string>();
  readonly #begun = new Set<string>();
  #waiting = new Map<string, string[]>();
  #size = 0;
  #writing: Promise<void> | undefined;
  #isBroken = false;

  /** `warn` is told once when the folder takes nothing more (a full disk). */
  constructor(folder: string, warn: (message: string) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  line(line: LogLine): void {
    if (this.#isBroken) return;
    const text = `${new Date(line.at).toISOString()} ${plainText(line.text)}\n`;
    this.#put(line.resource === '' ? 'tiltfile.log' : `${this.#names.of(line.resource)}.log`, text);
    if (line.resource !== '' && CONTAINER_SPAN.test(line.span)) this.#put(this.#containerFile(line), text);
    this.#writing ??= this.#drain();
  }

  backlog(): Promise<void> | undefined {
    return this.#size > HIGH_WATER && !this.#isBroken ? this.#writing : undefined;
  }

  /** Resolves when all that was given so far is written. */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  #containerFile({ resource, span }: LogLine): string {
    const key = `${resource}\n${span}`;
    let file = this.#containers.get(key);
    if (file === undefined) {
      const names = this.#inner.get(resource) ?? new FileNames();
      this.#inner.set(resource, names);
      const container = span.slice(span.indexOf(':') + resource.length + 2).replace(/:$/, '');
      file = path.join('containers', this.#names.of(resource), `${names.of(container.replace(':', '.'))}.log`);
      this.#containers.set(key, file);
    }
    return file;
  }

  #put(file: string, text: string): void {
    const texts = this.#waiting.get(file);
    if (texts === undefined) this.#waiting.set(file, [text]);
    else texts.push(text);
    this.#size += text.length;
  }

  async #drain(): Promise<void> {
    // Lines that come together are written together.
    await new Promise(setImmediate);
    while (this.#waiting.size > 0 && !this.#isBroken) {
      const batch = this.#waiting;
      this.#waiting = new Map();
      let written = 0;
      try {
        for (const [file, texts] of batch) written += await this.#append(file, texts.join(''));
      } catch (error) {
        this.#isBroken = true;
        this.#waiting.clear();
        this.#size = 0;
        this.#warn(`Cannot write logs to "${this.#folder}" any more: ${reasonOf(error)}; the run goes on without them`);
      }
      this.#size -= written;
    }
    this.#writing = undefined;
  }

  async #append(file: string, text: string): Promise<number> {
    const where = path.join(this.#folder, file);
    const isFirst = !this.#begun.has(file);
    if (isFirst) await mkdir(path.dirname(where), { recursive: true });
    this.#begun.add(file);
    // What an earlier run left there is not this run's log.
    const handle = await open(where, isFirst ? 'w' : 'a');
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    return text.length;
  }
}
