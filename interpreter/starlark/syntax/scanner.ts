import type { Comment } from './ast.ts';
import { bytesValue, stringValue } from './literal.ts';
import { readNumber } from './number.ts';
import { refuse } from './syntax-error.ts';
import { type Punctuation, type Token, wordToken } from './token.ts';

const TAB_STOP = 8;

const LETTER = /^\p{L}$/u;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Reads one token after the other. A NUL outside of strings ends the file, as in go.starlark.net. */
export class Scanner {
  readonly text: string;
  readonly comments: Comment[] = [];
  /** Where reading goes on: after the current token. Most problems are reported here. */
  offset = 0;
  /** Of the current token. */
  start = 0;
  /** The value of a literal. */
  value: string | number | bigint | Uint8Array = '';

  /** Open brackets. */
  #depth = 0;
  readonly #indents: number[] = [0];
  /** Indents (> 0) or outdents (< 0) that are still to be reported. */
  #dents = 0;
  #atLineStart = true;

  constructor(text: string) {
    this.text = text;
  }

  next(): Token {
    for (;;) {
      const wasAtLineStart = this.#atLineStart;
      const isBlank = wasAtLineStart && this.#indentation();
      this.start = this.offset;
      if (this.#dents < 0) {
        this.#dents += 1;
        return 'outdent';
      }
      if (this.#dents > 0) {
        this.#dents -= 1;
        return 'indent';
      }
      this.#blanks();
      if (this.#peek() === 35) this.#comment(isBlank);
      const code = this.#peek();
      this.start = this.offset;
      if (code === 10 || code === 13) {
        this.#atLineStart = true;
        this.#lineEnd();
        if (this.#depth > 0 || isBlank) continue;
        return 'newline';
      }
      if (code === 0) {
        if (this.#indents.length === 1) return 'end of file';
        if (wasAtLineStart) {
          this.#dents = 1 - this.#indents.length;
          this.#indents.length = 1;
          continue;
        }
        this.#atLineStart = true;
        return 'newline';
      }
      if (code === 92) {
        this.offset += 1;
        if (!this.#isLineEnd(this.#peek())) refuse(this.offset, 'stray backslash in program');
        this.#lineEnd();
        continue;
      }
      return this.#token(code);
    }
  }

  /** The code unit at the offset; 0 at the end. */
  #peek(): number {
    return this.offset < this.text.length ? this.text.charCodeAt(this.offset) : 0;
  }

  #isLineEnd(code: number): boolean {
    return code === 10 || code === 13;
  }

  #lineEnd(): void {
    this.offset += this.text.startsWith('\r\n', this.offset) ? 2 : 1;
  }

  #blanks(): void {
    for (let code = this.#peek(); code === 32 || code === 9; code = this.#peek()) this.offset += 1;
  }

  /** Reads the blanks at the beginning of a line and notes how the indentation changes. True if nothing but a comment follows. */
  #indentation(): boolean {
    this.#atLineStart = false;
    const from = this.offset;
    let width = 0;
    for (let code = this.#peek(); code === 32 || code === 9; code = this.#peek()) {
      width += code === 32 ? 1 : TAB_STOP - ((this.offset - from) % TAB_STOP);
      this.offset += 1;
    }
    const code = this.#peek();
    const isBlank = code === 35 || code === 0 || this.#isLineEnd(code);
    if (!isBlank && this.#depth === 0) this.#indent(width);
    return isBlank;
  }

  #indent(width: number): void {
    const indents = this.#indents;
    if (width > (indents.at(-1) ?? 0)) {
      this.#dents += 1;
      indents.push(width);
      return;
    }
    while (width < (indents.at(-1) ?? 0)) {
      this.#dents -= 1;
      indents.pop();
    }
    if (width !== indents.at(-1)) refuse(this.offset, 'unindent does not match any outer indentation level');
  }

  #comment(ownLine: boolean): void {
    const start = this.offset;
    for (let code = this.#peek(); code !== 0 && !this.#isLineEnd(code); code = this.#peek()) this.offset += 1;
    this.comments.push({ start, text: this.text.slice(start, this.offset), ownLine });
  }

  #token(code: number): Token {
    if (code === 44) return this.#take(',');
    if (code === 34 || code === 39) return this.#string(code, '');
    if (isAsciiLetter(code)) return this.#word(code);
    if (code === 40 || code === 91 || code === 123) {
      this.#depth += 1;
      return this.#take(this.text[this.offset] as Punctuation);
    }
    if (code === 41 || code === 93 || code === 125) {
      const bracket = this.text[this.offset] as Punctuation;
      if (this.#depth === 0) refuse(this.offset, `unexpected '${bracket}'`);
      this.#depth -= 1;
      return this.#take(bracket);
    }
    if (code === 46 && !isDigit(this.text.charCodeAt(this.offset + 1))) return this.#take('.');
    if (isDigit(code) || code === 46) {
      const { token, value, end } = readNumber(this.text, this.offset);
      this.value = value;
      this.offset = end;
      return token;
    }
    const operator = OPERATOR_AT[code]?.find((candidate) => this.text.startsWith(candidate, this.offset));
    if (operator !== undefined) return this.#take(operator);
    const char = this.#character();
    if (LETTER.test(char)) return this.#word(code);
    return refuse(this.offset, `unexpected input character ${quoteCharacter(char)}`);
  }

  /** The whole character at the offset. */
  #character(): string {
    return String.fromCodePoint(this.text.codePointAt(this.offset) ?? 0);
  }

  #take<T extends Punctuation>(token: T): T {
    this.offset += token.length;
    return token;
  }

  /** @param first Code of the character at the offset. */
  #word(first: number): Token {
    if (first === 114 || first === 98) {
      const prefix = /^(?:rb|[rb])(?=["'])/.exec(this.text.slice(this.offset, this.offset + 3));
      if (prefix) {
        this.offset += prefix[0].length;
        return this.#string(this.#peek(), prefix[0]);
      }
    }
    while (this.offset < this.text.length) {
      const code = this.text.charCodeAt(this.offset);
      if (isAsciiLetter(code) || isDigit(code)) {
        this.offset += 1;
        continue;
      }
      if (code < 0x80) break;
      const char = this.#character();
      if (!LETTER.test(char)) break;
      this.offset += char.length;
    }
    return wordToken(this.text.slice(this.start, this.offset));
  }

  #string(quote: number, prefix: string): Token {
    const at = this.offset;
    const mark = String.fromCharCode(quote);
    const isTriple = this.text.startsWith(mark.repeat(3), at);
    const from = at + (isTriple ? 3 : 1);
    this.offset = from;
    const end = isTriple ? this.#endOfTriple(quote) : this.#endOfSingle(quote);
    const quoted = this.text.slice(from, end).replace(/\r\n?/g, '\n');
    const isRaw = prefix.startsWith('r');
    if (prefix.endsWith('b')) {
      this.value = bytesValue(quoted, isRaw, at);
      return 'bytes literal';
    }
    this.value = isRaw ? quoted : stringValue(quoted, at);
    return 'string literal';
  }

  /** Offset of the closing quote. */
  #endOfSingle(quote: number): number {
    const { text, start } = this;
    for (let at = this.offset; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.offset = at + 1;
        return at;
      }
      if (this.#isLineEnd(code)) refuse(start, 'unexpected newline in string');
      if (code === 92) at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    }
    return refuse(start, 'unexpected EOF in string');
  }

  #endOfTriple(quote: number): number {
    const { text, start } = this;
    let quotes = 0;
    for (let at = this.offset; at < text.length; at++) {
      const code = text.charCodeAt(at);
      quotes = code === quote ? quotes + 1 : 0;
      if (quotes === 3) {
        this.offset = at + 1;
        return at - 2;
      }
      if (code === 92) at += 1;
    }
    return refuse(start, 'unexpected EOF in string');
  }
}

/** By their first character's code, longest first. */
const OPERATOR_AT: readonly (readonly Punctuation[] | undefined)[] = operatorsByFirst([
  '<<=',
  '>>=',
  '//=',
  '==',
  '<=',
  '>=',
  '!=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<',
  '>>',
  '//',
  '**',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '|',
  '^',
  ':',
  ';',
  '~',
]);

function operatorsByFirst(operators: readonly Punctuation[]): (readonly Punctuation[] | undefined)[] {
  const table: Punctuation[][] = [];
  for (const operator of operators) {
    const code = operator.charCodeAt(0);
    table[code] = [...(table[code] ?? []), operator];
  }
  return table;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

/** As Go writes a character in a message. */
function quoteCharacter(char: string): string {
  if (PRINTABLE.test(char)) return char === "'" || char === '\\' ? `'\\${char}'` : `'${char}'`;
  const named = new Map([
    ['\x07', 'a'],
    ['\b', 'b'],
    ['\f', 'f'],
    ['\v', 'v'],
  ]).get(char);
  if (named !== undefined) return `'\\${named}'`;
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x80) return `'\\x${hex.padStart(2, '0')}'`;
  return code < 0x10000 ? `'\\u${hex.padStart(4, '0')}'` : `'\\U${hex.padStart(8, '0')}'`;
}
