import { type IterableValue, isIterable } from './arguments.ts';
import { Bytes } from './bytes.ts';
import { equal } from './compare.ts';
import { Dict, eachOf, StarlarkSet } from './dict.ts';
import { interpolate } from './format.ts';
import { List, Tuple } from './list.ts';
import {
  addInts,
  bitwise,
  divideInts,
  Float,
  finiteFloat,
  type Int,
  isInt,
  isWithin,
  multiplyInts,
  remainderOfFloats,
  remainderOfInts,
  shift,
  subtractInts,
  toInt,
  toInt32,
} from './number.ts';
import { Range } from './range.ts';
import { byteLength, concat, joined } from './text.ts';
import { type BinaryOperator, StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;

export function add(x: Value, y: Value): Value {
  if (typeof x === 'number' && typeof y === 'number') {
    const z = x + y;
    return z <= LARGEST && z >= -LARGEST ? z : addInts(x, y);
  }
  if (typeof x === 'string' && typeof y === 'string') return concat(x, y);
  if (isInt(x) && isInt(y)) return addInts(x, y);
  if (x instanceof List && y instanceof List) return new List([...x.items, ...y.items]);
  if (x instanceof Tuple && y instanceof Tuple) return new Tuple([...x.items, ...y.items]);
  return withFloats(x, y, (a, b) => a + b) ?? other('+', x, y);
}

export function subtract(x: Value, y: Value): Value {
  if (isInt(x) && isInt(y)) return subtractInts(x, y);
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return x.difference(y.iterate());
  return withFloats(x, y, (a, b) => a - b) ?? other('-', x, y);
}

export function multiply(x: Value, y: Value): Value {
  if (isInt(x) && isInt(y)) return multiplyInts(x, y);
  if (isInt(y)) {
    const repeated = repeat(x, y);
    if (repeated !== undefined) return repeated;
  } else if (isInt(x)) {
    const repeated = repeat(y, x);
    if (repeated !== undefined) return repeated;
  }
  return withFloats(x, y, (a, b) => a * b) ?? other('*', x, y);
}

export function divide(x: Value, y: Value): Value {
  if (isNumber(x) && isNumber(y)) {
    const [a, b] = [floatOf(x), floatOf(y)];
    if (b === 0) throw new StarlarkError('floating-point division by zero');
    return new Float(a / b);
  }
  return other('/', x, y);
}

export function floorDivide(x: Value, y: Value): Value {
  if (isInt(x) && isInt(y)) return divideInts(x, y);
  if (isNumber(x) && isNumber(y)) {
    const [a, b] = [floatOf(x), floatOf(y)];
    if (b === 0) throw new StarlarkError('floored division by zero');
    return new Float(Math.floor(a / b));
  }
  return other('//', x, y);
}

export function remainder(x: Value, y: Value): Value {
  if (typeof x === 'string') return interpolate(x, y);
  if (isInt(x) && isInt(y)) return remainderOfInts(x, y);
  if (isNumber(x) && isNumber(y)) {
    const [a, b] = [floatOf(x), floatOf(y)];
    if (b === 0) throw new StarlarkError('floating-point modulo by zero');
    return new Float(remainderOfFloats(a, b));
  }
  return other('%', x, y);
}

export function and(x: Value, y: Value): Value {
  if (isInt(x) && isInt(y)) return bitwise('&', x, y);
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return x.intersection(y.iterate());
  return other('&', x, y);
}

export function or(x: Value, y: Value): Value {
  if (isInt(x) && isInt(y)) return bitwise('|', x, y);
  if (x instanceof Dict && y instanceof Dict) return x.union(y);
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return x.union(y.iterate());
  return other('|', x, y);
}

export function xor(x: Value, y: Value): Value {
  if (isInt(x) && isInt(y)) return bitwise('^', x, y);
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return x.symmetricDifference(y.iterate());
  return other('^', x, y);
}

export function shiftLeft(x: Value, y: Value): Value {
  return isInt(x) ? shift('<<', x, y) : other('<<', x, y);
}

export function shiftRight(x: Value, y: Value): Value {
  return isInt(x) ? shift('>>', x, y) : other('>>', x, y);
}

export function isIn(x: Value, y: Value): boolean {
  if (typeof y === 'string') {
    if (typeof x === 'string') return y.includes(x);
    throw new StarlarkError(`'in <string>' requires string as left operand, not ${typeOf(x)}`);
  }
  if (y instanceof List || y instanceof Tuple) return y.items.some((item) => equal(item, x));
  if (y instanceof StarlarkSet) return y.has(x);
  if (y instanceof Bytes) return isInBytes(x, y);
  if (y instanceof Range) {
    if (!isNumber(x)) throw new StarlarkError(`'in <range>' requires integer as left operand, not ${typeOf(x)}`);
    return y.contains(Number(toInt(x)));
  }
  const mapping = y instanceof StarlarkObject ? y.mapping() : undefined;
  if (mapping === undefined) return other('in', x, y) === true;
  try {
    return mapping.lookup(x) !== undefined;
  } catch {
    // What has no hash is in no dict.
    return false;
  }
}

function isInBytes(x: Value, y: Bytes): boolean {
  if (x instanceof Bytes) return y.indexOf(x.values) >= 0;
  if (!isInt(x)) throw new StarlarkError(`'in bytes' requires bytes or int as left operand, not ${typeOf(x)}`);
  if (!isWithin(x, 0, 255)) {
    throw new StarlarkError(`int in bytes: ${x} out of range (want value in unsigned 8-bit range)`);
  }
  return y.values.includes(Number(x));
}

export function negative(x: Value): Value {
  if (isInt(x)) return subtractInts(0, x);
  if (x instanceof Float) return new Float(-x.value);
  throw unknownUnary('-', x);
}

export function positive(x: Value): Value {
  if (isInt(x) || x instanceof Float) return x;
  throw unknownUnary('+', x);
}

export function invert(x: Value): Value {
  if (isInt(x)) return subtractInts(-1, x);
  throw unknownUnary('~', x);
}

export function addInPlace(x: Value, y: Value): Value {
  if (!(x instanceof List && isIterable(y))) return add(x, y);
  x.mustChange('apply += to');
  extend(x, y);
  return x;
}

/** Appends all values of an iterable, which may be the list itself. */
export function extend(list: List, values: IterableValue): void {
  if (values instanceof List) {
    const { items } = values;
    const { length } = items;
    for (let i = 0; i < length; i++) list.items.push(items[i] as Value);
  } else eachOf(values.iterate(), (item) => void list.items.push(item));
}

export function orInPlace(x: Value, y: Value): Value {
  if (x instanceof Dict && y instanceof Dict) {
    x.table.mustChange('apply |= to');
    for (const { key, value } of y.table.entries.values()) x.store(key, value);
    return x;
  }
  return or(x, y);
}

type Num = Int | Float;

function isNumber(x: Value): x is Num {
  return isInt(x) || x instanceof Float;
}

function floatOf(x: Num): number {
  return x instanceof Float ? x.value : finiteFloat(x);
}

/** An operation on two numbers of which one at least is a float; nothing for others. */
function withFloats(x: Value, y: Value, run: (a: number, b: number) => number): Value | undefined {
  return isNumber(x) && isNumber(y) ? new Float(run(floatOf(x), floatOf(y))) : undefined;
}

/** It is always possible to overeat in small bites, but one gulp has a limit. */
const LARGEST_REPEAT = 2 ** 30;

function repeat(x: Value, count: Int): Value | undefined {
  if (!(typeof x === 'string' || x instanceof List || x instanceof Tuple || x instanceof Bytes)) return undefined;
  const length = typeof x === 'string' ? byteLength(x) : (x.size() ?? 0);
  const times = length === 0 ? 0 : timesOf(count);
  if (length * times >= LARGEST_REPEAT) throw new StarlarkError(`excessive repeat (${length} * ${times} elements)`);
  if (typeof x === 'string') return joined(x.repeat(times));
  const once: readonly unknown[] = x instanceof Bytes ? x.values : x.items;
  const items: unknown[] = [];
  for (let i = 0; i < times; i++) for (const item of once) items.push(item);
  if (x instanceof Bytes) return new Bytes(items as number[]);
  return x instanceof List ? new List(items as Value[]) : new Tuple(items as Value[]);
}

function timesOf(count: Int): number {
  try {
    return Math.max(0, toInt32(count));
  } catch {
    throw new StarlarkError(`repeat count ${count} too large`);
  }
}

/** What the operands themselves define, or the refusal. */
function other(operator: BinaryOperator, x: Value, y: Value): Value {
  const result =
    (x instanceof StarlarkObject ? x.binary(operator, y, true) : undefined) ??
    (y instanceof StarlarkObject ? y.binary(operator, x, false) : undefined);
  if (result !== undefined) return result;
  throw new StarlarkError(`unknown binary op: ${typeOf(x)} ${operator} ${typeOf(y)}`);
}

function unknownUnary(operator: string, x: Value): StarlarkError {
  return new StarlarkError(`unknown unary op: ${operator} ${typeOf(x)}`);
}
