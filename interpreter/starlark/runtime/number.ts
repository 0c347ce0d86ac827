import { type Comparison, type HashKey, StarlarkError, StarlarkObject, threeWay, typeOf, type Value } from './value.ts';

export type Int = number | bigint;

const LARGEST = Number.MAX_SAFE_INTEGER;

const LARGEST_BIG = BigInt(LARGEST);

/** The one form of an integer: a number where it fits exactly. */
export function normal(x: bigint): Int {
  return x <= LARGEST_BIG && x >= -LARGEST_BIG ? Number(x) : x;
}

/** Whether an int is within two others. QuickJS compares bigints with negative numbers wrongly, so nothing here does that. */
export function isWithin(x: Int, least: number, most: number): boolean {
  return typeof x === 'number' && x >= least && x <= most;
}

export function isNegative(x: Int): boolean {
  return typeof x === 'bigint' ? x < 0n : x < 0;
}

export function isInt(x: Value): x is Int {
  return typeof x === 'number' || typeof x === 'bigint';
}

export class Float extends StarlarkObject {
  override readonly type = 'float';
  readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
  override truth(): boolean {
    return this.value !== 0;
  }
  override show(): string {
    return formatFloat(this.value, 'g');
  }
  /** An int that is equal to a float has the same. */
  override hash(): HashKey {
    const { value } = this;
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value + 0;
  }
  override compare(operator: Comparison, other: StarlarkObject): boolean {
    return threeWay(operator, compareNumbers(this.value, (other as Float).value));
  }
}

/** Orders numbers totally: NaN is above all others and equal to itself. Mixes ints and the values of floats. */
export function compareNumbers(x: Int, y: Int): number {
  if (typeof x === 'number' && typeof y === 'number') {
    if (x < y) return -1;
    if (x > y) return 1;
    const [left, right] = [Number.isNaN(x), Number.isNaN(y)];
    return left === right ? 0 : left ? 1 : -1;
  }
  if (typeof x === 'number') return -compareNumbers(y, x);
  if (typeof y === 'number') {
    if (Number.isNaN(y)) return -1;
    if (!Number.isFinite(y)) return y > 0 ? -1 : 1;
    // A bigint is beyond all numbers with a fraction.
    return compareBig(x, BigInt(Math.trunc(y)));
  }
  return compareBig(x, y);
}

function compareBig(x: Int, y: bigint): number {
  const big = BigInt(x);
  return big < y ? -1 : big > y ? 1 : 0;
}

/** The float nearest to an int. */
export function finiteFloat(x: Int): number {
  const value = Number(x);
  if (!Number.isFinite(value)) throw new StarlarkError('int too large to convert to float');
  return value;
}

/** An int as it is, a float without its fraction. */
export function toInt(x: Value): Int {
  if (isInt(x)) return x;
  if (x instanceof Float) {
    if (Number.isNaN(x.value)) throw new StarlarkError('cannot convert float NaN to integer');
    if (!Number.isFinite(x.value)) throw new StarlarkError('cannot convert float infinity to integer');
    const whole = Math.trunc(x.value) + 0;
    return Number.isSafeInteger(whole) ? whole : BigInt(whole);
  }
  throw new StarlarkError(`cannot convert ${typeOf(x)} to int`);
}

/** An int of 32 bits, as indexes are. */
export function toInt32(x: Value): number {
  if (!isInt(x)) throw new StarlarkError(`got ${typeOf(x)}, want int`);
  if (isWithin(x, -(2 ** 31), 2 ** 31 - 1)) return Number(x);
  throw new StarlarkError(`${x} out of range`);
}

// ---- arithmetic

export function addInts(x: Int, y: Int): Int {
  if (typeof x === 'number' && typeof y === 'number') {
    const z = x + y;
    if (z <= LARGEST && z >= -LARGEST) return z;
  }
  return normal(BigInt(x) + BigInt(y));
}

export function subtractInts(x: Int, y: Int): Int {
  if (typeof x === 'number' && typeof y === 'number') {
    const z = x - y;
    if (z <= LARGEST && z >= -LARGEST) return z;
  }
  return normal(BigInt(x) - BigInt(y));
}

export function multiplyInts(x: Int, y: Int): Int {
  if (typeof x === 'number' && typeof y === 'number') {
    const z = x * y;
    // There is no negative zero.
    if (z <= LARGEST && z >= -LARGEST) return z + 0;
  }
  return normal(BigInt(x) * BigInt(y));
}

/** Rounds down. */
export function divideInts(x: Int, y: Int): Int {
  if (y === 0) throw new StarlarkError('floored division by zero');
  if (typeof x === 'number' && typeof y === 'number') {
    const rest = x % y;
    const quotient = (x - rest) / y;
    return (rest !== 0 && rest < 0 !== y < 0 ? quotient - 1 : quotient) + 0;
  }
  const [a, b] = [BigInt(x), BigInt(y)];
  const quotient = a / b;
  return normal(a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient);
}

/** Has the sign of `y`. */
export function remainderOfInts(x: Int, y: Int): Int {
  if (y === 0) throw new StarlarkError('integer modulo by zero');
  if (typeof x === 'number' && typeof y === 'number') {
    const rest = x % y;
    return (rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest) + 0;
  }
  const [a, b] = [BigInt(x), BigInt(y)];
  const rest = a % b;
  return normal(rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest);
}

export function remainderOfFloats(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && x < 0 !== y < 0 ? rest + y : rest;
}

const isSmall = (x: Int) => typeof x === 'number' && x === (x | 0);

export function bitwise(operator: '&' | '|' | '^', x: Int, y: Int): Int {
  if (isSmall(x) && isSmall(y)) {
    const [a, b] = [x as number, y as number];
    return operator === '&' ? a & b : operator === '|' ? a | b : a ^ b;
  }
  const [a, b] = [BigInt(x), BigInt(y)];
  return normal(operator === '&' ? a & b : operator === '|' ? a | b : a ^ b);
}

export function shift(operator: '<<' | '>>', x: Int, count: Value): Int {
  const y = toInt32(count);
  if (y < 0) throw new StarlarkError(`negative shift count: ${y}`);
  if (operator === '>>') return normal(BigInt(x) >> BigInt(y));
  if (y >= 512) throw new StarlarkError(`shift count too large: ${y}`);
  return normal(BigInt(x) << BigInt(y));
}

// ---- texts

/** As Go's %e, %f and %g (and their capitals) write a float: %g with as many digits as it takes, the others with six. */
export function formatFloat(value: number, verb: string): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf';
  const lower = verb.toLowerCase();
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  const text = lower === 'f' ? fixed(size) : lower === 'e' ? withExponent(scientific(size)) : general(size);
  return sign + (verb === lower ? text : text.toUpperCase());
}

function general(size: number): string {
  const [digits = '', power = '0'] = size.toExponential().split('e');
  const exponent = Number(power);
  const significant = digits.replace('.', '');
  if (size !== 0 && (exponent < -4 || exponent >= 6)) return withExponent(`${digits}e${power}`);
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${significant}`;
  const whole = significant.padEnd(exponent + 1, '0');
  return `${whole.slice(0, exponent + 1)}.${whole.slice(exponent + 1) || '0'}`;
}

/** Exponents have at least two digits. */
function withExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Go rounds a half to the even digit, JavaScript up. */
function fixed(size: number): string {
  if (size >= 1e21) return `${BigInt(size)}.000000`;
  const exact = size.toFixed(60);
  return isHalf(exact.slice(exact.indexOf('.') + 7)) ? evenly(exact.slice(0, exact.indexOf('.') + 7)) : size.toFixed(6);
}

function scientific(size: number): string {
  const exact = size.toExponential(60);
  const [digits = '', power = '0'] = exact.split('e');
  return isHalf(digits.slice(8)) ? `${evenly(digits.slice(0, 8))}e${power}` : size.toExponential(6);
}

const isHalf = (rest: string) => /^50*$/.test(rest);

/** The digits, raised by one in the last place if that is odd: a half was cut off behind them. */
function evenly(digits: string): string {
  if (Number(digits.at(-1)) % 2 === 0) return digits;
  const point = digits.indexOf('.');
  const raised = String(BigInt(digits.replace('.', '')) + 1n).padStart(digits.length - 1, '0');
  const at = point + raised.length - (digits.length - 1);
  return `${raised.slice(0, at)}.${raised.slice(at)}`;
}
