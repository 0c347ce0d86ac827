import { textWidth } from '../../runtime/report/text-width.ts';

const PIECES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
  /\u001b\[([0-?]*)([ -/]*[@-~])|[\u0000-\u001f]|[^\u0000-\u001f]/gu;

/** What a terminal shows after some output, for tests: enough of one for lines, colours, and moving up. */
export class MiniTerminal {
  readonly #columns: number;
  /** Everything from the first line on, what scrolled away too; cells of two columns are followed by an empty one. */
  readonly #rows: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  write(text: string): void {
    for (const [piece, parameters = '', final] of text.matchAll(PIECES)) {
      if (final !== undefined) this.#obey(parameters, final);
      else if (piece === '\n') this.#newline();
      else if (piece === '\r') this.#column = 0;
      else if (piece >= ' ') this.#put(piece);
    }
  }

  /** All lines, without blanks at their ends. */
  lines(): readonly string[] {
    return this.#rows.map((cells) =>
      Array.from(cells, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
  }

  #obey(parameters: string, final: string): void {
    const number = Number(parameters || '1');
    if (final === 'A') this.#row = Math.max(0, this.#row - number);
    else if (final === 'J' && parameters === '') {
      this.#rows.length = this.#row + 1;
      this.#rows[this.#row]?.splice(this.#column);
    } else if (final !== 'm' && final !== 'H' && !(final === 'J' && parameters === '2')) {
      throw new Error(`the terminal of tests does not know ESC[${parameters}${final}`);
    }
  }

  #newline(): void {
    this.#row++;
    this.#column = 0;
    this.#rows[this.#row] ??= [];
  }

  #put(character: string): void {
    const width = textWidth(character);
    if (this.#column + width > this.#columns) this.#newline();
    const cells = this.#rows[this.#row];
    if (cells === undefined) return;
    for (let cell = cells.length; cell < this.#column; cell++) cells[cell] = ' ';
    cells[this.#column] = character;
    if (width === 2) cells[this.#column + 1] = '';
    this.#column += width;
  }
}
