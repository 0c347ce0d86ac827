import { anIterable, anything, type IterableValue, positional } from './arguments.ts';
import type { StarlarkSet } from './dict.ts';
import { type Keyword, MethodTable } from './function.ts';
import { inside } from './list-methods.ts';
import { type Iteration, StarlarkError, type Value } from './value.ts';

/** A method that takes another collection: nothing given is an empty one only for those where that makes sense. */
function withOther<T>(
  name: string,
  args: readonly Value[],
  keywords: readonly Keyword[],
  run: (items: Iteration) => T,
): T {
  const [other] = positional(name, args, keywords, 1, anIterable);
  return inside(name, () => run((other as IterableValue).iterate()));
}

export const setMethods = new MethodTable<StarlarkSet>({
  $add(self, args, keywords) {
    const [item] = positional('add', args, keywords, 1, anything);
    inside('add', () => {
      if (!self.has(item as Value)) self.add(item as Value);
    });
    return null;
  },
  $clear(self, args, keywords) {
    positional('clear', args, keywords, 0);
    if (self.truth()) inside('clear', () => self.table.clear());
    return null;
  },
  $difference: (self, args, keywords) => withOther('difference', args, keywords, (items) => self.difference(items)),
  $discard(self, args, keywords) {
    const [item] = positional('discard', args, keywords, 1, anything);
    inside('discard', () => {
      if (self.has(item as Value)) self.table.remove(item as Value);
    });
    return null;
  },
  $intersection: (self, args, keywords) =>
    withOther('intersection', args, keywords, (items) => self.intersection(items)),
  $issubset: (self, args, keywords) => withOther('issubset', args, keywords, (items) => self.isSubset(items)),
  $issuperset: (self, args, keywords) => withOther('issuperset', args, keywords, (items) => self.isSuperset(items)),
  $pop(self, args, keywords) {
    positional('pop', args, keywords, 0);
    return inside('pop', () => {
      const first = self.table.first();
      if (first === undefined) throw new StarlarkError('empty set');
      self.table.remove(first.key);
      return first.key;
    });
  },
  $remove(self, args, keywords) {
    const [item] = positional('remove', args, keywords, 1, anything);
    return inside('remove', () => {
      if (self.table.remove(item as Value) === undefined) throw new StarlarkError('missing key');
      return null;
    });
  },
  $symmetric_difference: (self, args, keywords) =>
    withOther('symmetric_difference', args, keywords, (items) => self.symmetricDifference(items)),
  $union: (self, args, keywords) => withOther('union', args, keywords, (items) => self.union(items)),
});
