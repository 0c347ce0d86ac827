import { readFileSync } from 'node:fs';

/** The parts of a process's terminal that are used; tests have one of their own. */
export interface TerminalInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  on(event: 'end' | 'error' | 'close', listener: () => void): unknown;
  removeListener(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/**
 * Lets keys be read one by one. The terminal is as it was before when `leave` returns, and when the program ends in any way that lets
 * it act.
 */
export class RawTerminal {
  readonly #input: TerminalInput;
  readonly #onData: (chunk: Buffer | string) => void;
  readonly #restore = () => this.#raw(false);
  #entered = false;

  constructor(input: TerminalInput, onText: (text: string) => void) {
    this.#input = input;
    const decoder = new TextDecoder();
    this.#onData = (chunk) => onText(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
    // A terminal that is gone is told of by SIGHUP.
    input.on('error', () => undefined);
  }

  /** Answers whether there are keys to be read. */
  enter(): boolean {
    if (this.#entered) return true;
    if (this.#input.isTTY !== true || this.#input.setRawMode === undefined) return false;
    if (!isInForeground() || !this.#raw(true)) return false;
    this.#entered = true;
    process.on('exit', this.#restore);
    this.#input.on('data', this.#onData);
    this.#input.resume();
    return true;
  }

  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    process.removeListener('exit', this.#restore);
    this.#input.removeListener('data', this.#onData);
    this.#input.pause();
    this.#raw(false);
  }

  #raw(raw: boolean): boolean {
    try {
      this.#input.setRawMode?.(raw);
      return true;
    } catch {
      return false;
    }
  }
}

/** A program in the background is stopped when it changes the terminal. Where that cannot be known it counts as in the foreground. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return foreground === group;
  } catch {
    return true;
  }
}
