import { type HashKey, StarlarkObject, type Value } from './value.ts';

const numbers = new WeakMap<object, number>();
let count = 0;

/** What stands for a value in a JavaScript `Map`. Throws for a value that has no hash. */
export function hashKey(x: Value): HashKey {
  return x instanceof StarlarkObject ? x.hash() : x;
}

/** One key for several values in order: equal for equal ones, and different from the key of any other type. */
export function combinedKey(type: string, parts: readonly Value[]): HashKey {
  let text = type;
  for (const part of parts) {
    const one = textOf(hashKey(part));
    text += `${one.length}:${one}`;
  }
  return Symbol.for(text);
}

/** The key of a text that is no string. */
export function textKey(type: string, text: string): HashKey {
  return Symbol.for(type + text);
}

function textOf(key: HashKey): string {
  if (typeof key === 'symbol') return `symbol ${Symbol.keyFor(key)}`;
  if (typeof key !== 'object' || key === null)
    return `${typeof key === 'bigint' ? 'number' : typeof key} ${String(key)}`;
  let number = numbers.get(key);
  if (number === undefined) {
    number = count++;
    numbers.set(key, number);
  }
  return `object ${number}`;
}
