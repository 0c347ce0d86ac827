import { refuse } from './syntax-error.ts';

const NAMED: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['\n', ''],
]);

/** Text, and in a literal of bytes also bytes that an escape names. Line ends are one LF each. */
type Piece = string | number;

/** @param at Offset of the opening quote, where problems are reported. */
export function stringValue(quoted: string, at: number): string {
  return quoted.includes('\\') ? resolveEscapes(quoted, false, at).join('') : quoted;
}

/** Text is UTF-8. */
export function bytesValue(quoted: string, isRaw: boolean, at: number): Uint8Array {
  const encoder = new TextEncoder();
  if (isRaw) return encoder.encode(quoted);
  const pieces = resolveEscapes(quoted, true, at).map((piece) =>
    typeof piece === 'string' ? encoder.encode(piece) : [piece],
  );
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

function resolveEscapes(quoted: string, isBytes: boolean, at: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (;;) {
    const backslash = quoted.indexOf('\\', from);
    if (backslash < 0) return [...pieces, quoted.slice(from)];
    pieces.push(quoted.slice(from, backslash));
    const letter = quoted[backslash + 1] ?? '';
    const named = NAMED.get(letter);
    if (named !== undefined) {
      pieces.push(named);
      from = backslash + 2;
    } else {
      const [piece, length] = numericEscape(quoted.slice(backslash, backslash + 10), letter, isBytes, at);
      pieces.push(piece);
      from = backslash + length;
    }
  }
}

function numericEscape(rest: string, letter: string, isBytes: boolean, at: number): [piece: Piece, length: number] {
  if (letter >= '0' && letter <= '7') return octalEscape(rest, isBytes, at);
  if (letter === 'x') return hexEscape(rest, isBytes, at);
  if (letter === 'u') return unicodeEscape(rest, 6, at);
  if (letter === 'U') return unicodeEscape(rest, 10, at);
  if (letter === '') return refuse(at, 'truncated escape sequence \\');
  // go.starlark.net shows the first byte of a character as if it were one.
  const [first = 0] = new TextEncoder().encode(String.fromCodePoint(rest.codePointAt(1) ?? 0));
  return refuse(at, `invalid escape sequence \\${String.fromCharCode(first)}`);
}

function octalEscape(rest: string, isBytes: boolean, at: number): [piece: Piece, length: number] {
  const digits = /^[0-7]{1,3}/.exec(rest.slice(1))?.[0] ?? '';
  const code = Number.parseInt(digits, 8);
  if (!isBytes && code > 127) {
    refuse(at, `non-ASCII octal escape \\${code.toString(8)} ${instead(code)}`);
  }
  if (code > 255) refuse(at, `invalid escape sequence \\${code.toString(8).padStart(3, '0')}`);
  return [byte(code), digits.length + 1];
}

function hexEscape(rest: string, isBytes: boolean, at: number): [piece: Piece, length: number] {
  if (rest.length < 4) refuse(at, `truncated escape sequence ${rest}`);
  const sequence = rest.slice(0, 4);
  if (!/^[0-9a-fA-F]{2}$/.test(sequence.slice(2))) refuse(at, `invalid escape sequence ${sequence}`);
  const code = Number.parseInt(sequence.slice(2), 16);
  if (!isBytes && code > 127) refuse(at, `non-ASCII hex escape ${sequence} ${instead(code)}`);
  return [byte(code), 4];
}

function unicodeEscape(rest: string, length: number, at: number): [piece: Piece, length: number] {
  if (rest.length < length) refuse(at, `truncated escape sequence ${rest}`);
  const sequence = rest.slice(0, length);
  if (!/^[0-9a-fA-F]+$/.test(sequence.slice(2))) refuse(at, `invalid escape sequence ${sequence}`);
  const code = Number.parseInt(sequence.slice(2), 16);
  if (code > 0x10ffff) refuse(at, `code point out of range: ${sequence} (max \\U0010ffff)`);
  if (code >= 0xd800 && code < 0xe000) {
    refuse(at, `invalid Unicode code point U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  }
  return [String.fromCodePoint(code), length];
}

function instead(code: number): string {
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  return `(use \\u${hex} for the UTF-8 encoding of U+${hex})`;
}

function byte(code: number): Piece {
  return code < 0x80 ? String.fromCharCode(code) : code;
}
