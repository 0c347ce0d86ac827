/** Why a text is not YAML, in go-yaml's words; with the line where it tells one: `line 2: did not find expected key`. */
export class YamlError extends Error {}

/** Codes of characters. */
export const char = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  exclamation: 0x21,
  doubleQuote: 0x22,
  hash: 0x23,
  percent: 0x25,
  ampersand: 0x26,
  singleQuote: 0x27,
  asterisk: 0x2a,
  plus: 0x2b,
  comma: 0x2c,
  dash: 0x2d,
  dot: 0x2e,
  colon: 0x3a,
  less: 0x3c,
  greater: 0x3e,
  question: 0x3f,
  at: 0x40,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  backtick: 0x60,
  openBrace: 0x7b,
  pipe: 0x7c,
  closeBrace: 0x7d,
  nextLine: 0x85,
  lineSeparator: 0x2028,
  paragraphSeparator: 0x2029,
  byteOrderMark: 0xfeff,
} as const;

export function isBreak(code: number): boolean {
  return (
    code === char.lineFeed ||
    code === char.carriageReturn ||
    code === char.nextLine ||
    code === char.lineSeparator ||
    code === char.paragraphSeparator
  );
}

export function isBlank(code: number): boolean {
  return code === char.space || code === char.tab;
}

/** 0 stands for the end of the text. */
export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

export function isBlankOrEnd(code: number): boolean {
  return code === char.space || code === char.tab || code === 0 || isBreak(code);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Letters, digits, `-` and `_`. */
export function isWord(code: number): boolean {
  return (
    isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code === 0x2d
  );
}

/** A place in a text; line and column count from 0. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Walks through a text and knows line and column. */
export class Cursor {
  readonly text: string;
  index = 0;
  line = 0;
  #lineStart = 0;

  constructor(text: string) {
    // What is read ahead must not run out of the text.
    this.text = `${text}\0\0\0\0`;
  }

  get column(): number {
    return this.index - this.#lineStart;
  }

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.index - this.#lineStart };
  }

  /** The code of the character here or `ahead`; 0 behind the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.index + ahead);
  }

  /** Moves behind what a sticky pattern matches here; answers where that began. Quicker than a loop until the loop is compiled. */
  skip(sticky: RegExp): number {
    const from = this.index;
    sticky.lastIndex = from;
    if (sticky.test(this.text)) this.index = sticky.lastIndex;
    return from;
  }

  /** Moves behind the line break here and answers it as a text of its own: `\n` for all but the two of Unicode. */
  readBreak(): string {
    const code = this.code();
    this.index += code === char.carriageReturn && this.code(1) === char.lineFeed ? 2 : 1;
    this.line++;
    this.#lineStart = this.index;
    return code === char.lineSeparator || code === char.paragraphSeparator ? String.fromCharCode(code) : '\n';
  }

  /** Whether a line begins here with `---` or `...`. */
  atDocumentMark(): boolean {
    if (this.column !== 0) return false;
    const code = this.code();
    if (code !== char.dash && code !== char.dot) return false;
    return this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3));
  }

  /** What is wrong here. go-yaml tells no line for the first one, where the context has none either. */
  failure(problem: string, context?: Mark): YamlError {
    const line = this.line > 0 ? this.line + 1 : (context?.line ?? 0);
    return new YamlError(line > 0 ? `line ${line}: ${problem}` : problem);
  }
}
