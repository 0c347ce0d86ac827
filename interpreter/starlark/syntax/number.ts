import { refuse } from './syntax-error.ts';

interface NumberToken {
  readonly token: 'int literal' | 'float literal';
  readonly value: number | bigint;
  /** Offset after it. */
  readonly end: number;
}

const RADIX: ReadonlyMap<string, readonly [digits: RegExp, name: string]> = new Map([
  ['0x', [/[0-9a-fA-F]*/y, 'hex']],
  ['0o', [/[0-7]*/y, 'octal']],
  ['0b', [/[01]*/y, 'binary']],
]);

/** Reads the number that begins at `start`, with a digit or a dot before one. */
export function readNumber(text: string, start: number): NumberToken {
  let end = start;
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = end;
    const found = pattern.exec(text)?.[0] ?? '';
    end += found.length;
    return found;
  };
  const int = (): NumberToken => {
    const value = intValue(text.slice(start, end));
    return value === undefined ? refuse(start, 'invalid int literal') : { token: 'int literal', value, end };
  };
  const radix = RADIX.get(read(/0[xXoObB]/y).toLowerCase());
  if (radix) {
    const [digits, name] = radix;
    if (read(digits) === '') refuse(name === 'hex' ? start : end, `invalid ${name} literal`);
    return int();
  }
  const whole = read(/[0-9]*/y);
  const fraction = read(/\.[0-9]*/y);
  const exponent = read(/[eE][+-]?/y);
  if (fraction === '' && exponent === '') {
    if (/^0[0-7]+$/.test(whole) && !/^0+$/.test(whole)) {
      refuse(end, `obsolete form of octal literal; use 0o${whole.slice(1)}`);
    }
    return int();
  }
  read(/[0-9]*/y);
  const value = Number(text.slice(start, end));
  if (!Number.isFinite(value)) refuse(end, 'invalid float literal');
  return { token: 'float literal', value, end };
}

/** The value of a literal of an int: nothing if it is none. */
function intValue(raw: string): number | bigint | undefined {
  // 0755 is refused before; what is left is 0, 00 and 089.
  if (/^0[0-9]/.test(raw) && !/^0+$/.test(raw)) return undefined;
  if (raw.length < 16) return Number(raw);
  const value = BigInt(raw);
  // As in Go: only decimal and hexadecimal ones may be of any size.
  if (/^0[oObB]/.test(raw) && value > 0x7fff_ffff_ffff_ffffn) return undefined;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
