import { anything, isIterable, named } from './arguments.ts';
import { Bytes, bytesOfText } from './bytes.ts';
import { eachOf } from './dict.ts';
import type { Keyword } from './function.ts';
import { Float, finiteFloat, type Int, isInt, isWithin, normal, toInt, toInt32 } from './number.ts';
import { wellFormed } from './text.ts';
import { StarlarkError, typeOf, type Value } from './value.ts';

/** `int(x, base)` */
export function convertToInt(args: readonly Value[], keywords: readonly Keyword[]): Value {
  const [x = 0, base] = named('int', args, keywords, ['x', anything], ['base?', anything]);
  if (typeof x === 'string') {
    const radix = base === undefined ? 10 : baseOf(base);
    const parsed = parseInteger(x, radix);
    if (parsed === undefined) throw new StarlarkError(`int: invalid literal with base ${radix}: ${x}`);
    return parsed;
  }
  if (base !== undefined) throw new StarlarkError("int: can't convert non-string with explicit base");
  if (typeof x === 'boolean') return x ? 1 : 0;
  try {
    return toInt(x);
  } catch (error) {
    throw new StarlarkError(`int: ${(error as Error).message}`);
  }
}

function baseOf(base: Value): number {
  if (!isInt(base)) throw new StarlarkError(`int: for base, got ${typeOf(base)}, want int`);
  const radix = Number(base);
  if (radix !== 0 && (radix < 2 || radix > 36)) throw new StarlarkError('int: base must be an integer >= 2 && <= 36');
  return radix;
}

const PREFIXES: Readonly<Record<string, number>> = { o: 8, x: 16, b: 2 };

function parseInteger(text: string, base: number): Int | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  let digits = text.slice(sign.length);
  let radix = base;
  if (digits.length > 1 && digits[0] === '0') {
    const prefix = digits.length > 2 ? PREFIXES[(digits[1] as string).toLowerCase()] : undefined;
    if (prefix !== undefined) {
      if (base === 0 || prefix === base) {
        radix = prefix;
        digits = digits.slice(2);
      }
    } else if (base === 0) return /^0+$/.test(digits) ? 0 : undefined;
  }
  const value = digitsValue(digits, radix === 0 ? 10 : radix);
  return value === undefined ? undefined : normal(sign === '-' ? -value : value);
}

function digitsValue(digits: string, radix: number): bigint | undefined {
  if (digits === '') return undefined;
  if (radix === 10 && /^\d+$/.test(digits)) return BigInt(digits);
  const base = BigInt(radix);
  let value = 0n;
  for (const char of digits.toLowerCase()) {
    const digit = /^[0-9]$/.test(char) ? char.charCodeAt(0) - 48 : /^[a-z]$/.test(char) ? char.charCodeAt(0) - 87 : 99;
    if (digit >= radix) return undefined;
    value = value * base + BigInt(digit);
  }
  return value;
}

/** `float(x)` */
export function convertToFloat(args: readonly Value[], keywords: readonly Keyword[]): Value {
  if (keywords.length > 0) throw new StarlarkError('float does not accept keyword arguments');
  if (args.length > 1) throw new StarlarkError(`float got ${args.length} arguments, wants 1`);
  const [x = 0] = args;
  if (typeof x === 'boolean') return new Float(x ? 1 : 0);
  if (isInt(x)) return new Float(finiteFloat(x));
  if (x instanceof Float) return x;
  if (typeof x === 'string') return new Float(parseFloatingPoint(x));
  throw new StarlarkError(`float got ${typeOf(x)}, want number or string`);
}

const DECIMAL = /^[+-]?(?:\d+(?:_\d+)*\.?|(?:\d+(?:_\d+)*)?\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]_?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)?(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)$/;

function parseFloatingPoint(text: string): number {
  if (text === '') throw new StarlarkError('float: empty string');
  const word = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text);
  if (word)
    return word[2] === undefined ? Number.NaN : word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const hexadecimal = HEXADECIMAL.exec(text);
  if (!hexadecimal && !DECIMAL.test(text)) throw new StarlarkError(`invalid float literal: ${text}`);
  const value = hexadecimal ? hexadecimalValue(hexadecimal) : Number(text.replaceAll('_', ''));
  if (Number.isNaN(value)) throw new StarlarkError(`invalid float literal: ${text}`);
  if (!Number.isFinite(value)) throw new StarlarkError('floating-point number too large');
  return value;
}

function hexadecimalValue([, sign, whole = '', fraction = '', power]: RegExpExecArray): number {
  if (whole + fraction === '') return Number.NaN;
  const digits = Number(`0x${whole.replaceAll('_', '')}${fraction}`);
  return (sign === '-' ? -1 : 1) * digits * 2 ** (Number(power) - 4 * fraction.length);
}

/** `bytes(x)` */
export function convertToBytes(args: readonly Value[], keywords: readonly Keyword[]): Value {
  if (keywords.length > 0) throw new StarlarkError('bytes does not accept keyword arguments');
  const [x] = args;
  if (args.length !== 1 || x === undefined) {
    throw new StarlarkError(`bytes: got ${args.length} arguments, want exactly 1`);
  }
  if (x instanceof Bytes) return x;
  if (typeof x === 'string') return bytesOfText(wellFormed(x));
  if (!isIterable(x)) throw new StarlarkError(`bytes: got ${typeOf(x)}, want string, bytes, or iterable of ints`);
  const values: number[] = [];
  eachOf(x.iterate(), (item) => void values.push(byteOf(item, values.length)));
  return new Bytes(values);
}

function byteOf(item: Value, index: number): number {
  if (!isInt(item)) throw new StarlarkError(`bytes: at index ${index}, got ${typeOf(item)}, want int`);
  if (isWithin(item, 0, 255)) return Number(item);
  throw new StarlarkError(`bytes: at index ${index}, ${item} out of range (want value in unsigned 8-bit range)`);
}

/** `chr(i)` */
export function characterOf(i: Value): string {
  let code: number;
  try {
    code = toInt32(i);
  } catch (error) {
    throw new StarlarkError(`chr: ${(error as Error).message}`);
  }
  if (code < 0) throw new StarlarkError(`chr: Unicode code point ${code} out of range (<0)`);
  if (code > 0x10ffff) {
    throw new StarlarkError(`chr: Unicode code point U+${code.toString(16).toUpperCase()} out of range (>0x10FFFF)`);
  }
  return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code);
}
