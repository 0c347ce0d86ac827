import { compare } from './compare.ts';
import { compareText } from './text.ts';
import type { Value } from './value.ts';

/** The indexes of values in their stable order by keys. Throws for keys that have no order, as Go's algorithm would find it. */
export function sortedIndexes(keys: readonly Value[], reverse: boolean): number[] {
  const indexes = keys.map((_, index) => index);
  const order = orderOf(keys);
  const sign = reverse ? -1 : 1;
  try {
    return indexes.sort((a, b) => sign * order(keys[a] as Value, keys[b] as Value));
  } catch (error) {
    throw keys.length <= BLOCK ? (lastProblem(keys, reverse) ?? error) : error;
  }
}

function orderOf(keys: readonly Value[]): (x: Value, y: Value) => number {
  if (keys.every((key) => typeof key === 'string')) return (x, y) => compareText(x as string, y as string);
  if (keys.every((key) => typeof key === 'number')) return (x, y) => (x as number) - (y as number);
  return (x, y) => (compare('<', x, y) ? -1 : compare('<', y, x) ? 1 : 0);
}

/** Go sorts so few values by insertion, and reports the last comparison that failed. */
const BLOCK = 20;

function lastProblem(keys: readonly Value[], reverse: boolean): unknown {
  let problem: unknown;
  const less = (x: Value, y: Value) => {
    try {
      return reverse ? compare('<', y, x) : compare('<', x, y);
    } catch (error) {
      problem = error;
      return false;
    }
  };
  const sorted = [...keys];
  for (let i = 1; i < sorted.length; i++) {
    for (let j = i; j > 0 && less(sorted[j] as Value, sorted[j - 1] as Value); j--) {
      [sorted[j], sorted[j - 1]] = [sorted[j - 1] as Value, sorted[j] as Value];
    }
  }
  return problem;
}
