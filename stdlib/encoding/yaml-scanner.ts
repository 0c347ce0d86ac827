import { scanBlockScalar } from './yaml-block-scalar.ts';
import { Cursor, char, isBlankOrEnd, isBreak, isBreakOrEnd, isWord, type Mark } from './yaml-cursor.ts';
import { scanPlainScalar, scanQuotedScalar } from './yaml-flow-scalar.ts';
import { PossibleKeys } from './yaml-possible-keys.ts';
import { scanDirective, scanTag } from './yaml-tag.ts';
import type { Token, TokenKind } from './yaml-token.ts';

const maxDepth = 1000;

/**
 * Takes a YAML text apart into tokens, in the way of libyaml: what begins and ends with indentation gets tokens of its own,
 * and where a `:` shows that a key began earlier, the tokens for that are put in before it.
 */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #tokens: Token[] = [];
  #head = 0;
  #taken = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #flowLevel = 0;
  #keyAllowed = true;
  readonly #keys: PossibleKeys;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
    this.#keys = new PossibleKeys(this.#cursor);
  }

  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    return this.#tokens[this.#head] as Token;
  }

  take(): Token {
    const token = this.peek();
    this.#head++;
    this.#taken++;
    if (this.#head === this.#tokens.length) {
      this.#tokens.length = 0;
      this.#head = 0;
    }
    return token;
  }

  /** The first token is known only when it cannot become a key any more. */
  #needsMore(): boolean {
    return this.#head === this.#tokens.length || this.#keys.isPending(this.#taken);
  }

  #saveKey(mark: Mark): void {
    if (!this.#keyAllowed) return;
    this.#keys.set({
      tokenNumber: this.#taken + this.#tokens.length - this.#head,
      required: this.#flowLevel === 0 && this.#indent === mark.column,
      mark,
    });
  }

  #push(kind: TokenKind, start: Mark, value = '', plain = false, suffix = ''): void {
    this.#tokens.push({ kind, start, value, plain, suffix });
  }

  /** Opens a block collection when the column is deeper than that of the one around it. */
  #rollIndent(column: number, kind: TokenKind, mark: Mark, tokenNumber?: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > maxDepth) throw this.#cursor.failure(`exceeded max depth of ${maxDepth}`, mark);
    const token: Token = { kind, start: mark, value: '', plain: false, suffix: '' };
    if (tokenNumber === undefined) this.#tokens.push(token);
    else this.#tokens.splice(this.#head + tokenNumber - this.#taken, 0, token);
  }

  #unrollIndent(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#push('block-end', this.#cursor.mark);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#unrollIndent(cursor.column);
    const code = cursor.code();
    if (code === 0) this.#fetchEnd();
    else if (cursor.column === 0 && code === char.percent) this.#fetchDirective();
    else if (cursor.atDocumentMark()) this.#fetchDocumentMark(code === char.dash ? 'document-start' : 'document-end');
    else this.#fetchByFirst(code);
  }

  #fetchByFirst(code: number): void {
    switch (code) {
      case char.openBracket:
        this.#fetchFlowStart('flow-sequence-start');
        break;
      case char.openBrace:
        this.#fetchFlowStart('flow-mapping-start');
        break;
      case char.closeBracket:
        this.#fetchFlowEnd('flow-sequence-end');
        break;
      case char.closeBrace:
        this.#fetchFlowEnd('flow-mapping-end');
        break;
      case char.comma:
        this.#fetchFlowEntry();
        break;
      case char.asterisk:
        this.#fetchAnchor('alias');
        break;
      case char.ampersand:
        this.#fetchAnchor('anchor');
        break;
      case char.exclamation:
        this.#fetchTag();
        break;
      case char.singleQuote:
      case char.doubleQuote:
        this.#fetchQuoted(code === char.singleQuote);
        break;
      default:
        this.#fetchByNext(code);
    }
  }

  /** Tokens that depend on what follows their first character. */
  #fetchByNext(code: number): void {
    const inFlow = this.#flowLevel > 0;
    const blankNext = isBlankOrEnd(this.#cursor.code(1));
    if (code === char.dash && blankNext) this.#fetchBlockEntry();
    else if (code === char.question && (inFlow || blankNext)) this.#fetchKey();
    else if (code === char.colon && (inFlow || blankNext)) this.#fetchValue();
    else if (!inFlow && (code === char.pipe || code === char.greater)) this.#fetchBlockScalar(code === char.pipe);
    else if (!startsNothing.has(code) && !isBlankOrEnd(code)) this.#fetchPlain();
    else throw this.#cursor.failure('found character that cannot start any token', this.#cursor.mark);
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      if (cursor.column === 0 && cursor.code() === char.byteOrderMark) cursor.index++;
      cursor.skip(this.#flowLevel > 0 || !this.#keyAllowed ? blanks : spaces);
      if (cursor.code() === char.hash) while (!isBreakOrEnd(cursor.code())) cursor.index++;
      if (!isBreak(cursor.code())) return;
      cursor.readBreak();
      if (this.#flowLevel === 0) this.#keyAllowed = true;
    }
  }

  #fetchEnd(): void {
    const { line, column, index } = this.#cursor.mark;
    const mark = { line: column === 0 ? line : line + 1, column: 0, index };
    this.#unrollIndent(-1);
    this.#keys.remove();
    this.#keyAllowed = false;
    this.#push('stream-end', mark);
  }

  #fetchDirective(): void {
    this.#unrollIndent(-1);
    this.#keys.remove();
    this.#keyAllowed = false;
    const start = this.#cursor.mark;
    const { kind, value, suffix } = scanDirective(this.#cursor);
    this.#push(kind, start, value, false, suffix);
  }

  #fetchDocumentMark(kind: 'document-start' | 'document-end'): void {
    this.#unrollIndent(-1);
    this.#keys.remove();
    this.#keyAllowed = false;
    this.#push(kind, this.#cursor.mark);
    this.#cursor.index += 3;
  }

  #fetchFlowStart(kind: TokenKind): void {
    this.#saveKey(this.#cursor.mark);
    this.#keys.openFlow();
    this.#flowLevel++;
    if (this.#flowLevel > maxDepth) {
      throw this.#cursor.failure(`exceeded max depth of ${maxDepth}`, this.#cursor.mark);
    }
    this.#keyAllowed = true;
    this.#fetchIndicator(kind);
  }

  #fetchFlowEnd(kind: TokenKind): void {
    this.#keys.remove();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      this.#keys.closeFlow();
    }
    this.#keyAllowed = false;
    this.#fetchIndicator(kind);
  }

  #fetchFlowEntry(): void {
    this.#keys.remove();
    this.#keyAllowed = true;
    this.#fetchIndicator('flow-entry');
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) throw this.#cursor.failure('block sequence entries are not allowed in this context');
      this.#rollIndent(this.#cursor.column, 'block-sequence-start', this.#cursor.mark);
    }
    this.#keys.remove();
    this.#keyAllowed = true;
    this.#fetchIndicator('block-entry');
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) throw this.#cursor.failure('mapping keys are not allowed in this context');
      this.#rollIndent(this.#cursor.column, 'block-mapping-start', this.#cursor.mark);
    }
    this.#keys.remove();
    this.#keyAllowed = this.#flowLevel === 0;
    this.#fetchIndicator('key');
  }

  #fetchValue(): void {
    const key = this.#keys.current();
    if (key !== undefined) {
      const token: Token = { kind: 'key', start: key.mark, value: '', plain: false, suffix: '' };
      this.#tokens.splice(this.#head + key.tokenNumber - this.#taken, 0, token);
      this.#rollIndent(key.mark.column, 'block-mapping-start', key.mark, key.tokenNumber);
      this.#keys.clear();
      this.#keyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#keyAllowed) throw this.#cursor.failure('mapping values are not allowed in this context');
        this.#rollIndent(this.#cursor.column, 'block-mapping-start', this.#cursor.mark);
      }
      this.#keyAllowed = this.#flowLevel === 0;
    }
    this.#fetchIndicator('value');
  }

  #fetchIndicator(kind: TokenKind): void {
    this.#push(kind, this.#cursor.mark);
    this.#cursor.index++;
  }

  #fetchAnchor(kind: 'alias' | 'anchor'): void {
    const cursor = this.#cursor;
    const start = cursor.mark;
    this.#saveKey(start);
    this.#keyAllowed = false;
    const from = ++cursor.index;
    while (isWord(cursor.code())) cursor.index++;
    const name = cursor.text.slice(from, cursor.index);
    if (name === '' || (!isBlankOrEnd(cursor.code()) && !'?:,]}%@`'.includes(cursor.text[cursor.index] ?? ' '))) {
      throw cursor.failure('did not find expected alphabetic or numeric character', start);
    }
    this.#push(kind, start, name);
  }

  #fetchTag(): void {
    const start = this.#cursor.mark;
    this.#saveKey(start);
    this.#keyAllowed = false;
    const { value, suffix } = scanTag(this.#cursor);
    this.#push('tag', start, value, false, suffix);
  }

  #fetchBlockScalar(literal: boolean): void {
    this.#keys.remove();
    this.#keyAllowed = true;
    const start = this.#cursor.mark;
    this.#push('scalar', start, scanBlockScalar(this.#cursor, literal, this.#indent));
  }

  #fetchQuoted(single: boolean): void {
    const start = this.#cursor.mark;
    this.#saveKey(start);
    this.#keyAllowed = false;
    this.#push('scalar', start, scanQuotedScalar(this.#cursor, single));
  }

  #fetchPlain(): void {
    const start = this.#cursor.mark;
    this.#saveKey(start);
    this.#keyAllowed = false;
    const { text, endsLine } = scanPlainScalar(this.#cursor, start, this.#flowLevel > 0, this.#indent);
    if (endsLine) this.#keyAllowed = true;
    this.#push('scalar', start, text, true);
  }
}

const spaces = / +/y;
const blanks = /[ \t]+/y;

/** Indicators that no plain scalar begins with, when nothing else made them a token. */
const startsNothing = new Set<number>([
  char.comma,
  char.openBracket,
  char.closeBracket,
  char.openBrace,
  char.closeBrace,
  char.hash,
  char.ampersand,
  char.asterisk,
  char.exclamation,
  char.pipe,
  char.greater,
  char.singleQuote,
  char.doubleQuote,
  char.percent,
  char.at,
  char.backtick,
]);
