import type { Output } from './ports.ts';

/** An output that hands everything on, and remembers the last line that says something. */
export class LastLine {
  readonly output: Output;
  #open = '';
  #line = '';

  constructor(inner: Output) {
    this.output = {
      write: (text, level) => {
        this.#read(text);
        inner.write(text, level);
      },
      backlog: () => inner.backlog?.(),
    };
  }

  get text(): string {
    return this.#open.trim() === '' ? this.#line : this.#open.trim();
  }

  #read(text: string): void {
    const lines = `${this.#open}${text}`.split(/\r?\n/);
    this.#open = lines.at(-1) ?? '';
    const last = lines.slice(0, -1).findLast((line) => line.trim() !== '');
    if (last !== undefined) this.#line = last.trim();
  }
}
