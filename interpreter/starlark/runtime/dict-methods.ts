import { anything, isIterable, positional } from './arguments.ts';
import { type Dict, eachOf } from './dict.ts';
import { type Keyword, MethodTable } from './function.ts';
import { List, Tuple } from './list.ts';
import { inside } from './list-methods.ts';
import { lengthOf } from './parts.ts';
import { quote } from './text.ts';
import { type Mapping, StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

export const dictMethods = new MethodTable<Dict>({
  $clear(self, args, keywords) {
    positional('clear', args, keywords, 0);
    self.table.clear();
    return null;
  },
  $get(self, args, keywords) {
    const [key, absent] = positional('get', args, keywords, 1, anything, anything);
    const value = inside('get', () => self.lookup(key as Value));
    return value !== undefined ? value : absent !== undefined ? absent : null;
  },
  $items(self, args, keywords) {
    positional('items', args, keywords, 0);
    return new List(Array.from(self.table.entries.values(), ({ key, value }) => new Tuple([key, value])));
  },
  $keys(self, args, keywords) {
    positional('keys', args, keywords, 0);
    return new List(Array.from(self.table.entries.values(), ({ key }) => key));
  },
  $pop(self, args, keywords) {
    const [key, absent] = positional('pop', args, keywords, 1, anything, anything);
    return inside('pop', () => {
      const removed = self.table.remove(key as Value);
      if (removed !== undefined) return removed.value;
      if (absent === undefined) throw new StarlarkError('missing key');
      return absent;
    });
  },
  $popitem(self, args, keywords) {
    positional('popitem', args, keywords, 0);
    return inside('popitem', () => {
      const first = self.table.first();
      if (first === undefined) throw new StarlarkError('empty dict');
      self.table.remove(first.key);
      return new Tuple([first.key, first.value]);
    });
  },
  $setdefault(self, args, keywords) {
    const [key, absent = null] = positional('setdefault', args, keywords, 1, anything, anything);
    return inside('setdefault', () => {
      const known = self.lookup(key as Value);
      if (known !== undefined) return known;
      self.store(key as Value, absent);
      return absent;
    });
  },
  $update(self, args, keywords) {
    updateAs('update', self, args, keywords);
    return null;
  },
  $values(self, args, keywords) {
    positional('values', args, keywords, 0);
    return new List(Array.from(self.table.entries.values(), ({ value }) => value));
  },
});

/** What `dict` and `update` have in common: pairs from at most one argument, then keywords. */
export function updateAs(name: string, target: Mapping, args: readonly Value[], keywords: readonly Keyword[]): void {
  if (args.length > 1) throw new StarlarkError(`${name}: got ${args.length} arguments, want at most 1`);
  inside(name, () => {
    if (args.length === 1) insertAll(target, args[0] as Value);
    const seen = new Set<string>();
    for (const [key, value] of keywords) {
      if (seen.has(key)) throw new StarlarkError(`duplicate keyword arg: ${quote(key)}`);
      seen.add(key);
      target.store(key, value);
    }
  });
}

function insertAll(target: Mapping, updates: Value): void {
  const mapping = updates instanceof StarlarkObject ? updates.mapping() : undefined;
  if (mapping !== undefined) {
    for (const [key, value] of mapping.pairs()) target.store(key, value);
    return;
  }
  if (!isIterable(updates)) throw new StarlarkError(`got ${typeOf(updates)}, want iterable`);
  let count = 0;
  eachOf(updates.iterate(), (pair) => {
    const [key, value] = pairOf(pair, count++);
    target.store(key, value);
    return undefined;
  });
}

function pairOf(pair: Value, index: number): [Value, Value] {
  const element = `dictionary update sequence element #${index}`;
  if (!isIterable(pair)) throw new StarlarkError(`${element} is not iterable (${typeOf(pair)})`);
  const length = lengthOf(pair);
  if (length === undefined) throw new StarlarkError(`${element} has unknown length (${typeOf(pair)})`);
  if (length !== 2) throw new StarlarkError(`${element} has length ${length}, want 2`);
  const values: Value[] = [];
  eachOf(pair.iterate(), (value) => void values.push(value));
  return values as [Value, Value];
}
