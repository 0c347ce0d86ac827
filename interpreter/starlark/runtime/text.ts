/**
 * Starlark's strings are UTF-8 and count bytes. Here they are JavaScript strings; a byte that belongs to no character is the lone
 * surrogate U+DC00 plus the byte, as in Python's "surrogateescape".
 */

const NOT_ASCII = /[^\0-\x7f]/;
const SURROGATE_OR_ABOVE = /[\ud800-\uffff]/;

export function isAscii(text: string): boolean {
  return !NOT_ASCII.test(text);
}

function isStrayByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

/** Puts two strings together; the bytes of a character that was cut become that character again. */
export function concat(x: string, y: string): string {
  if (y === '' || x === '') return x + y;
  const joint = isStrayByte(y.charCodeAt(0)) && isStrayByte(x.charCodeAt(x.length - 1));
  return joint ? fromBytes(toBytes(x + y)) : x + y;
}

/** The same for many strings that were put together already. */
export function joined(text: string): string {
  return /[\udc80-\udcff]/.test(text) && /(?:^|[^\ud800-\udbff])[\udc80-\udcff]{2}/.test(text)
    ? fromBytes(toBytes(text))
    : text;
}

/** The length in bytes. */
export function byteLength(text: string): number {
  if (isAscii(text)) return text.length;
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80 || isStrayByte(code)) length += 1;
    else if (code < 0x800) length += 2;
    else if (isPair(text, i, code)) {
      length += 4;
      i += 1;
    } else length += 3;
  }
  return length;
}

function isPair(text: string, at: number, code: number): boolean {
  if (code < 0xd800 || code > 0xdbff) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

export function toBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) bytes.push(code);
    else if (isStrayByte(code)) bytes.push(code - 0xdc00);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (isPair(text, i, code)) {
      code = 0x10000 + ((code - 0xd800) << 10) + (text.charCodeAt(i + 1) - 0xdc00);
      i += 1;
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    } else {
      if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return bytes;
}

export function fromBytes(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const { code, length } = decodeAt(bytes, i);
    text += code < 0 ? String.fromCharCode(0xdc00 + (bytes[i] as number)) : String.fromCodePoint(code);
    i += length;
  }
  return text;
}

/** The character whose bytes begin at `at`: its code, -1 for a byte that begins none. */
export function decodeAt(bytes: readonly number[], at: number): { readonly code: number; readonly length: number } {
  const first = bytes[at] as number;
  if (first < 0x80) return { code: first, length: 1 };
  const stray = { code: -1, length: 1 };
  const more = (offset: number) => {
    const byte = bytes[at + offset];
    return byte === undefined || (byte & 0xc0) !== 0x80 ? -1 : byte & 63;
  };
  const a = more(1);
  if (first < 0xc2 || first > 0xf4 || a < 0) return stray;
  if (first < 0xe0) return { code: ((first & 31) << 6) | a, length: 2 };
  const b = more(2);
  if (b < 0) return stray;
  if (first < 0xf0) {
    const code = ((first & 15) << 12) | (a << 6) | b;
    return code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? stray : { code, length: 3 };
  }
  const c = more(3);
  if (c < 0) return stray;
  const code = ((first & 7) << 18) | (a << 12) | (b << 6) | c;
  return code < 0x10000 || code > 0x10ffff ? stray : { code, length: 4 };
}

/** The bytes from `start` to `end`, which are within the string. */
export function byteSlice(text: string, start: number, end: number): string {
  return isAscii(text) ? text.slice(start, end) : fromBytes(toBytes(text).slice(start, end));
}

/** Orders by bytes, which is the order of code points; JavaScript orders by UTF-16. */
export function compareText(x: string, y: string): number {
  if (x === y) return 0;
  if (!SURROGATE_OR_ABOVE.test(x) || !SURROGATE_OR_ABOVE.test(y)) return x < y ? -1 : 1;
  const a = toBytes(x);
  const b = toBytes(y);
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The code points of a string; a stray byte counts as U+FFFD. */
export function codePoints(text: string): number[] {
  const codes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code > 0xffff) i += 1;
    codes.push(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
  }
  return codes;
}

/** Stray bytes become U+FFFD. */
export function wellFormed(text: string): string {
  return SURROGATE_OR_ABOVE.test(text)
    ? codePoints(text)
        .map((code) => String.fromCodePoint(code))
        .join('')
    : text;
}

const PLAIN = /^[ !#-[\]-~]*$/;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');

/** A literal for the string, as go.starlark.net writes it. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const char of text) quoted += quoteCharacter(char, char.codePointAt(0) as number);
  return `${quoted}"`;
}

function quoteCharacter(char: string, code: number): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  if (isStrayByte(code)) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (PRINTABLE.test(char)) return char;
  const short = SHORT[char];
  if (short !== undefined) return short;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}
