import { type Cursor, char, isBlank, isBreak, isBreakOrEnd, isDigit, type Mark } from './yaml-cursor.ts';

/** What becomes of the line breaks at the end. */
type Chomping = 'strip' | 'clip' | 'keep';

/** Reads a `|` or `>` scalar. `parentIndent` is the column of the collection around it, -1 for none. */
export function scanBlockScalar(cursor: Cursor, literal: boolean, parentIndent: number): string {
  const start = cursor.mark;
  cursor.index++;
  const { chomping, increment } = scanHeader(cursor, start);
  const reader = new BlockReader(cursor, start, parentIndent);
  if (increment > 0) reader.indent = parentIndent >= 0 ? parentIndent + increment : increment;
  let text = '';
  let lineBreak = '';
  let emptyLines = reader.readEmptyLines();
  let lineWasIndented = false;
  while (cursor.column === reader.indent && cursor.code() !== 0) {
    const lineIsIndented = isBlank(cursor.code());
    const folds = !literal && lineBreak === '\n' && !lineWasIndented && !lineIsIndented;
    if (!folds) text += lineBreak;
    else if (emptyLines === '') text += ' ';
    text += emptyLines;
    lineWasIndented = lineIsIndented;
    const lineStart = cursor.skip(line);
    text += cursor.text.slice(lineStart, cursor.index);
    lineBreak = cursor.code() === 0 ? '' : cursor.readBreak();
    emptyLines = reader.readEmptyLines();
  }
  if (chomping !== 'strip') text += lineBreak;
  if (chomping === 'keep') text += emptyLines;
  return text;
}

function scanHeader(cursor: Cursor, start: Mark): { readonly chomping: Chomping; readonly increment: number } {
  let chomping: Chomping = 'clip';
  let increment = 0;
  const readChomping = () => {
    if (cursor.code() !== char.plus && cursor.code() !== char.dash) return false;
    chomping = cursor.code() === char.plus ? 'keep' : 'strip';
    cursor.index++;
    return true;
  };
  const readIncrement = () => {
    if (!isDigit(cursor.code())) return;
    increment = cursor.code() - 0x30;
    if (increment === 0) throw cursor.failure('found an indentation indicator equal to 0', start);
    cursor.index++;
  };
  if (readChomping()) readIncrement();
  else {
    readIncrement();
    if (increment > 0) readChomping();
  }
  while (isBlank(cursor.code())) cursor.index++;
  if (cursor.code() === char.hash) while (!isBreakOrEnd(cursor.code())) cursor.index++;
  if (!isBreakOrEnd(cursor.code())) throw cursor.failure('did not find expected comment or line break', start);
  if (cursor.code() !== 0) cursor.readBreak();
  return { chomping, increment };
}

class BlockReader {
  /** The column of the text; 0 until a line with text, or the header, tells it. */
  indent = 0;
  readonly #cursor: Cursor;
  readonly #start: Mark;
  readonly #parentIndent: number;

  constructor(cursor: Cursor, start: Mark, parentIndent: number) {
    this.#cursor = cursor;
    this.#start = start;
    this.#parentIndent = parentIndent;
  }

  /** Skips empty lines and the indentation of the next one; answers the line breaks. */
  readEmptyLines(): string {
    const cursor = this.#cursor;
    let breaks = '';
    let widest = 0;
    for (;;) {
      while (this.#beforeText() && cursor.code() === char.space) cursor.index++;
      widest = Math.max(widest, cursor.column);
      if (this.#beforeText() && cursor.code() === char.tab) {
        throw cursor.failure('found a tab character where an indentation space is expected', this.#start);
      }
      if (!isBreak(cursor.code())) break;
      breaks += cursor.readBreak();
    }
    if (this.indent === 0) this.indent = Math.max(widest, this.#parentIndent + 1, 1);
    return breaks;
  }

  #beforeText(): boolean {
    return this.indent === 0 || this.#cursor.column < this.indent;
  }
}

const line = /[^\n\r\u0085\u2028\u2029\0]+/y;
