import type { LogLevel } from './log-line.ts';
import { printable } from './printable.ts';

/** Longer lines are broken, so that text without newlines cannot fill the memory. In UTF-16 units. */
const LONGEST_LINE = 16 * 1024;
/** How often a line that rewrites itself (a progress bar) is shown while it is not complete. */
const PROGRESS_MS = 1000;

/** Makes lines of text that comes in pieces. */
export class LineAssembler {
  readonly #emit: (text: string, level: LogLevel) => void;
  readonly #now: () => number;
  #open = '';
  #level: LogLevel = 'info';
  /** The last character was a carriage return: what follows replaces the open line, unless it is a newline. */
  #returned = false;
  #progressAt = 0;

  constructor(now: () => number, emit: (text: string, level: LogLevel) => void) {
    this.#now = now;
    this.#emit = emit;
  }

  write(text: string, level: LogLevel): void {
    if (level !== this.#level) {
      this.end();
      this.#level = level;
    }
    let start = 0;
    for (;;) {
      const newline = text.indexOf('\n', start);
      if (newline < 0) break;
      this.#append(text.slice(start, newline));
      this.#complete();
      start = newline + 1;
    }
    if (start < text.length) this.#append(text.slice(start));
  }

  /** Completes the open line. */
  end(): void {
    if (this.#open !== '') this.#complete();
    this.#returned = false;
  }

  #append(piece: string): void {
    if (piece === '') return;
    if (!this.#returned && !piece.includes('\r')) {
      this.#grow(piece);
      return;
    }
    for (const [index, part] of piece.split('\r').entries()) {
      if (index > 0) this.#returned = true;
      if (part === '') continue;
      if (this.#returned) this.#rewrite();
      this.#grow(part);
    }
  }

  #grow(text: string): void {
    this.#open += text;
    while (this.#open.length > LONGEST_LINE) {
      const head = this.#open.slice(0, LONGEST_LINE);
      this.#open = this.#open.slice(LONGEST_LINE);
      this.#emit(printable(head), this.#level);
    }
  }

  #rewrite(): void {
    this.#returned = false;
    const now = this.#now();
    if (this.#open.trim() !== '' && now - this.#progressAt >= PROGRESS_MS) {
      this.#progressAt = now;
      this.#emit(printable(this.#open), this.#level);
    }
    this.#open = '';
  }

  #complete(): void {
    const line = this.#open;
    this.#open = '';
    this.#returned = false;
    this.#emit(printable(line), this.#level);
  }
}
