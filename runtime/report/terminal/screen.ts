import { textWidth } from '../text-width.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what colours begin with
const COLOURS = /\u001b\[[0-9;:]*m/g;

/**
 * A terminal whose lowest lines show a state while text runs above them. Answers what to write; text above stays in the terminal's own
 * memory as if nothing was below it.
 */
export class Screen {
  #status: readonly string[] = [];
  /** Columns of each line of the state that stands on the screen. */
  #shown: readonly number[] = [];

  /** What to write so that the text stands above the state. It is empty, or ends with a newline. */
  print(text: string, columns: number): string {
    return this.#erase(columns) + text + this.#draw();
  }

  /** What to write to show another state. */
  show(status: readonly string[], columns: number): string {
    const same = status.length === this.#status.length && status.every((line, index) => line === this.#status[index]);
    if (same) return '';
    this.#status = status;
    return this.#erase(columns) + this.#draw();
  }

  /** What to write to take the state away, such as before the terminal is somebody else's. `show` brings it back. */
  clear(columns: number): string {
    const erased = this.#erase(columns);
    this.#status = [];
    return erased;
  }

  #erase(columns: number): string {
    if (this.#shown.length === 0) return '';
    // A terminal that became narrower has broken the lines.
    const rows = this.#shown.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / Math.max(1, columns))), 0);
    this.#shown = [];
    return `\r${rows > 1 ? `\u001b[${rows - 1}A` : ''}\u001b[J`;
  }

  #draw(): string {
    this.#shown = this.#status.map((line) => textWidth(line.replace(COLOURS, '')));
    return this.#status.join('\r\n');
  }
}
