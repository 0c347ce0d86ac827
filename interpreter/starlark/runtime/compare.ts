import { compareNumbers, Float, isInt } from './number.ts';
import { compareText } from './text.ts';
import { type Comparison, notImplemented, StarlarkError, threeWay, typeOf, type Value } from './value.ts';

/** Values nested deeper are not compared: they may contain themselves. */
const DEEPEST = 10;

export function equal(x: Value, y: Value, depth = DEEPEST): boolean {
  if (typeof x !== 'object' && typeof x === typeof y) return x === y;
  return compare('==', x, y, depth);
}

/** Throws for an order between values that have none. */
export function compare(operator: Comparison, x: Value, y: Value, depth = DEEPEST): boolean {
  if (depth < 1) throw new StarlarkError('comparison exceeded maximum recursion depth');
  if (typeof x === 'string' && typeof y === 'string') return threeWay(operator, compareText(x, y));
  const left = numberOf(x);
  const right = numberOf(y);
  if (left !== undefined && right !== undefined) return threeWay(operator, compareNumbers(left, right));
  if (typeof x === 'boolean' && typeof y === 'boolean') return threeWay(operator, Number(x) - Number(y));
  if (x === null || y === null || typeof x !== 'object' || typeof y !== 'object') {
    if (operator === '==') return x === y;
    if (operator === '!=') return x !== y;
    throw notImplemented(typeOf(x), operator, typeOf(y));
  }
  if (x.type === y.type) return x.compare(operator, y, depth);
  if (operator === '==') return false;
  if (operator === '!=') return true;
  throw notImplemented(x.type, operator, y.type);
}

function numberOf(x: Value): number | bigint | undefined {
  if (isInt(x)) return x;
  return x instanceof Float ? x.value : undefined;
}

/** Compares lists and tuples by the first place where they differ. */
export function compareItems(operator: Comparison, x: readonly Value[], y: readonly Value[], depth: number): boolean {
  if (x.length !== y.length && (operator === '==' || operator === '!=')) return operator === '!=';
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [a, b] = [x[i] as Value, y[i] as Value];
    if (equal(a, b, depth - 1)) continue;
    if (operator === '==') return false;
    if (operator === '!=') return true;
    return compare(operator, a, b, depth - 1);
  }
  return threeWay(operator, x.length - y.length);
}
