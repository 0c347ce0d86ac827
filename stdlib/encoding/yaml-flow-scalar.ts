import { type Cursor, char, isBlank, isBlankOrEnd, isBreak, type Mark } from './yaml-cursor.ts';

/** Blank space inside of a scalar, gathered until more text shows what becomes of it. */
class Folding {
  /** The line was broken for the eye only, by a backslash. */
  joined = false;
  #blanks = '';
  #firstBreak = '';
  #moreBreaks = '';

  get hasBreak(): boolean {
    return this.joined || this.#firstBreak !== '';
  }

  /** Reads blanks and line breaks at the cursor; blanks at the beginning of a line do not count. */
  read(cursor: Cursor, checkIndent: () => void): void {
    for (let code = cursor.code(); isBlank(code) || isBreak(code); code = cursor.code()) {
      if (isBreak(code)) {
        if (this.hasBreak) this.#moreBreaks += cursor.readBreak();
        else {
          this.#blanks = '';
          this.#firstBreak = cursor.readBreak();
        }
        continue;
      }
      if (this.hasBreak) checkIndent();
      else this.#blanks += String.fromCharCode(code);
      cursor.index++;
    }
  }

  /** What stands for it in the scalar's text: one line break is a blank, of more the first is lost. */
  take(): string {
    let text: string;
    if (this.joined) text = this.#moreBreaks;
    else if (this.#firstBreak === '') text = this.#blanks;
    else if (this.#firstBreak === '\n') text = this.#moreBreaks === '' ? ' ' : this.#moreBreaks;
    else text = this.#firstBreak + this.#moreBreaks;
    this.joined = false;
    this.#blanks = '';
    this.#firstBreak = '';
    this.#moreBreaks = '';
    return text;
  }
}

/** Reads a scalar in quotes. */
export function scanQuotedScalar(cursor: Cursor, single: boolean): string {
  const start = cursor.mark;
  const quote = single ? char.singleQuote : char.doubleQuote;
  cursor.index++;
  let text = '';
  const folding = new Folding();
  for (;;) {
    if (cursor.atDocumentMark()) throw cursor.failure('found unexpected document indicator', start);
    if (cursor.code() === 0) throw cursor.failure('found unexpected end of stream', start);
    for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
      if (single && code === quote && cursor.code(1) === quote) {
        text += "'";
        cursor.index += 2;
      } else if (code === quote) {
        break;
      } else if (!single && code === char.backslash && isBreak(cursor.code(1))) {
        cursor.index++;
        cursor.readBreak();
        folding.joined = true;
        break;
      } else if (!single && code === char.backslash) {
        text += scanEscape(cursor, start);
      } else {
        const from = cursor.skip(single ? singleQuotedRun : doubleQuotedRun);
        text += cursor.text.slice(from, cursor.index);
      }
    }
    if (cursor.code() === quote) break;
    folding.read(cursor, () => {});
    text += folding.take();
  }
  cursor.index++;
  return text;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function scanEscape(cursor: Cursor, start: Mark): string {
  const letter = String.fromCharCode(cursor.code(1));
  const plain = escapes[letter];
  if (plain !== undefined) {
    cursor.index += 2;
    return plain;
  }
  const length = hexLengths[letter];
  if (length === undefined) throw cursor.failure('found unknown escape character', start);
  cursor.index += 2;
  const digits = cursor.text.slice(cursor.index, cursor.index + length);
  if (digits.length < length || !/^[0-9A-Fa-f]+$/.test(digits)) {
    throw cursor.failure('did not find expected hexdecimal number', start);
  }
  const value = Number.parseInt(digits, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw cursor.failure('found invalid Unicode character escape code', start);
  }
  cursor.index += length;
  return String.fromCodePoint(value);
}

/** Reads a scalar without quotes. Answers also whether a line break followed it, which was read already. */
export function scanPlainScalar(
  cursor: Cursor,
  start: Mark,
  inFlow: boolean,
  parentIndent: number,
): { readonly text: string; readonly endsLine: boolean } {
  const indent = parentIndent + 1;
  let text = inFlow ? readPlainWord(cursor, true) : readPlainLine(cursor);
  const after = cursor.code();
  if (!isBlank(after) && !isBreak(after)) return { text, endsLine: false };
  if (!inFlow && endsBeforeNextLine(cursor, indent)) return { text, endsLine: false };
  const folding = new Folding();
  const checkIndent = () => {
    if (cursor.column < indent && cursor.code() === char.tab) {
      throw cursor.failure('found a tab character that violates indentation', start);
    }
  };
  for (;;) {
    folding.read(cursor, checkIndent);
    if (!inFlow && cursor.column < indent) break;
    if (cursor.atDocumentMark() || cursor.code() === char.hash) break;
    const word = readPlainWord(cursor, inFlow);
    if (word !== '') text += folding.take() + word;
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
  }
  return { text, endsLine: folding.hasBreak };
}

/** Whether the scalar ends with its line, as most do: the next line belongs to something further out. */
function endsBeforeNextLine(cursor: Cursor, indent: number): boolean {
  nextLine.lastIndex = cursor.index;
  const found = nextLine.exec(cursor.text);
  return found !== null && (found[1] ?? '').length < indent;
}

/** Reads up to a blank, or to what ends the scalar. */
function readPlainWord(cursor: Cursor, inFlow: boolean): string {
  const from = cursor.index;
  skipPlainWord(cursor, inFlow);
  return cursor.text.slice(from, cursor.index);
}

function skipPlainWord(cursor: Cursor, inFlow: boolean): void {
  const run = inFlow ? flowRun : blockRun;
  for (;;) {
    cursor.skip(run);
    if (cursor.code() !== char.colon || isBlankOrEnd(cursor.code(1))) return;
    cursor.index++;
  }
}

/** Reads words with blanks between them, up to the end of the line or to what ends the scalar. */
function readPlainLine(cursor: Cursor): string {
  const from = cursor.index;
  let end: number;
  do {
    skipPlainWord(cursor, false);
    end = cursor.index;
    cursor.skip(blanks);
  } while (cursor.index > end && continuesLine(cursor));
  cursor.index = end;
  return cursor.text.slice(from, end);
}

function continuesLine(cursor: Cursor): boolean {
  const code = cursor.code();
  if (isBlankOrEnd(code) || code === char.hash) return false;
  return code !== char.colon || !isBlankOrEnd(cursor.code(1));
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: NUL stands for the end of the text
// One class each: what stands for alternatives would be kept on a stack, which long texts overflow.
const blockRun = /[^ \t\n\r\u0085\u2028\u2029\0:]+/y;
const flowRun = /[^ \t\n\r\u0085\u2028\u2029\0:,?[\]{}]+/y;
const blanks = /[ \t]+/y;
/** The end of a line and the indentation of the next one, when that is not empty. */
const nextLine = /[ \t]*\n( *)(?=[^ \t\n\r\u0085\u2028\u2029])/y;
const singleQuotedRun = /[^ \t\n\r\u0085\u2028\u2029\0']+/y;
const doubleQuotedRun = /[^ \t\n\r\u0085\u2028\u2029\0"\\]+/y;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above
