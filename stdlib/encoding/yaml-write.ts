import { formatFloat } from '../schema/go-number.ts';
import { compareNaturally } from './natural-order.ts';
import type { PlainData, PlainObject } from './plain-data.ts';
import { isLineBreak, isPrintable, styleOf } from './yaml-scalar-style.ts';

/** Writes data as go-yaml does: keys in natural order, lists at the column of their key, lines folded after column 80. */
export function writeYaml(value: PlainData): string {
  const writer = new Writer();
  writer.node(value, false, false);
  return writer.finish();
}

const bestWidth = 80;
const step = 2;
/** The longest key, in bytes, that stands on the line of its value. */
const longestKey = 128;

class Writer {
  #text = '';
  #column = 0;
  #indent = -1;
  /** The last character was blank, or nothing was written yet. */
  #whitespace = true;
  /** On this line there is nothing yet but indentation and the marks that count as such. */
  #indention = true;

  finish(): string {
    this.#writeIndent();
    return this.#text;
  }

  node(value: PlainData, inMapping: boolean, asKey: boolean): void {
    if (typeof value === 'string') this.#scalar(value, asKey);
    else if (typeof value !== 'object' || value === null)
      this.#deeper(true, false, () => this.#plain(plainText(value), !asKey));
    else if (Array.isArray(value)) this.#list(value, inMapping);
    else this.#mapping(value);
  }

  #put(text: string): void {
    this.#text += text;
    this.#column += text.length;
  }

  #putBreak(character = '\n'): void {
    this.#text += character;
    this.#column = 0;
  }

  #writeIndent(): void {
    const indent = Math.max(this.#indent, 0);
    if (!this.#indention || this.#column > indent || (this.#column === indent && !this.#whitespace)) this.#putBreak();
    if (this.#column < indent) this.#put(' '.repeat(indent - this.#column));
    this.#whitespace = true;
    this.#indention = true;
  }

  #indicator(mark: string, needsBlank: boolean, isBlank: boolean, isIndention: boolean): void {
    if (needsBlank && !this.#whitespace) this.#put(' ');
    this.#put(mark);
    this.#whitespace = isBlank;
    this.#indention = this.#indention && isIndention;
  }

  /** Writes what is one level deeper. */
  #deeper(flow: boolean, indentless: boolean, write: () => void): void {
    const before = this.#indent;
    if (before < 0) this.#indent = flow ? step : 0;
    else if (!indentless) this.#indent += step;
    write();
    this.#indent = before;
  }

  #list(list: readonly PlainData[], inMapping: boolean): void {
    if (list.length === 0) this.#indicatorPair('[', ']');
    else
      this.#deeper(false, inMapping && !this.#indention, () => {
        for (const item of list) {
          this.#writeIndent();
          this.#indicator('-', true, false, true);
          this.node(item, false, false);
        }
      });
  }

  #mapping(object: PlainObject): void {
    const keys = Object.keys(object).sort(compareNaturally);
    if (keys.length === 0) this.#indicatorPair('{', '}');
    else
      this.#deeper(false, false, () => {
        for (const key of keys) {
          this.#writeIndent();
          this.#key(key);
          this.node(object[key] ?? null, true, false);
        }
      });
  }

  #key(key: string): void {
    const isSimple = !/[\n\r\u0085\u2028\u2029]/.test(key) && Buffer.byteLength(key) <= longestKey;
    if (isSimple) {
      this.node(key, true, true);
      this.#indicator(':', false, false, false);
      return;
    }
    this.#indicator('?', true, false, true);
    this.node(key, true, false);
    this.#writeIndent();
    this.#indicator(':', true, false, true);
  }

  #indicatorPair(open: string, close: string): void {
    this.#indicator(open, true, true, false);
    this.#indicator(close, false, false, false);
  }

  #scalar(text: string, asKey: boolean): void {
    const style = styleOf(text, asKey);
    this.#deeper(true, false, () => {
      if (style === 'plain') this.#plain(text, !asKey);
      else if (style === 'literal') this.#literal(text);
      else if (style === 'single-quoted') this.#singleQuoted(text, !asKey);
      else this.#doubleQuoted(text, !asKey);
    });
  }

  #plain(text: string, mayFold: boolean): void {
    if (!this.#whitespace) this.#put(' ');
    this.#words(text, mayFold, () => true);
    this.#whitespace = false;
    this.#indention = false;
  }

  /** Writes words; a single blank behind column 80 becomes a line break. */
  #words(text: string, mayFold: boolean, foldsAt: (index: number) => boolean): void {
    for (let i = 0; i < text.length; i++) {
      const character = text[i] ?? '';
      const isSingleBlank = character === ' ' && text[i - 1] !== ' ' && text[i + 1] !== ' ';
      if (mayFold && isSingleBlank && this.#column > bestWidth && foldsAt(i)) this.#writeIndent();
      else {
        this.#put(character);
        if (character !== ' ') this.#indention = false;
      }
    }
  }

  #singleQuoted(text: string, mayFold: boolean): void {
    this.#indicator("'", true, false, false);
    this.#words(text.replaceAll("'", "''"), mayFold, (at) => at > 0 && at < text.length - 1);
    this.#indicator("'", false, false, false);
    this.#whitespace = false;
    this.#indention = false;
  }

  #doubleQuoted(text: string, mayFold: boolean): void {
    this.#indicator('"', true, false, false);
    let afterBlank = false;
    for (let i = 0; i < text.length; ) {
      const code = text.codePointAt(i) ?? 0;
      const character = String.fromCodePoint(code);
      const isInside = i > 0 && i < text.length - 1;
      if (code === 0x20 && mayFold && !afterBlank && this.#column > bestWidth && isInside) {
        this.#writeIndent();
        if (text[i + 1] === ' ') this.#put('\\');
      } else this.#put(mustEscape(character, code) ? escapeOf(code) : character);
      afterBlank = code === 0x20;
      i += character.length;
    }
    this.#indicator('"', false, false, false);
    this.#whitespace = false;
    this.#indention = false;
  }

  #literal(text: string): void {
    this.#indicator('|', true, false, false);
    if (text.startsWith(' ') || isLineBreak(text[0] ?? '')) this.#put(String(step));
    const last = text.at(-1) ?? '';
    if (!isLineBreak(last)) this.#put('-');
    else if (text.length === 1 || isLineBreak(text.at(-2) ?? '')) this.#put('+');
    this.#putBreak();
    this.#whitespace = true;
    this.#indention = true;
    let atLineStart = true;
    for (const character of text) {
      if (isLineBreak(character)) {
        this.#putBreak(character);
        this.#indention = true;
        atLineStart = true;
        continue;
      }
      if (atLineStart) this.#writeIndent();
      this.#put(character);
      this.#indention = false;
      atLineStart = false;
    }
  }
}

function plainText(value: null | boolean | number | bigint): string {
  if (typeof value !== 'number') return String(value);
  if (!Number.isInteger(value)) return formatFloat(value, 64);
  // Tilt writes JSON first and reads it again; what is no integer of 64 bits there is a fraction.
  const whole = BigInt(value);
  return whole >= -(2n ** 63n) && whole < 2n ** 64n ? whole.toString() : formatFloat(value, 64);
}

function mustEscape(character: string, code: number): boolean {
  return !isPrintable(code) || isLineBreak(character) || character === '"' || character === '\\';
}

const shortEscapes = new Map<number, string>([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
]);

function escapeOf(code: number): string {
  const short = shortEscapes.get(code);
  if (short !== undefined) return `\\${short}`;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
