import { anInt, anIterable, anything, type IterableValue, positional } from './arguments.ts';
import { equal } from './compare.ts';
import { MethodTable } from './function.ts';
import type { List } from './list.ts';
import { extend } from './operators.ts';
import { bounds, outOfRange } from './parts.ts';
import { StarlarkError, type Value } from './value.ts';

/** Runs what may fail with the builtin's name in front of its message. */
export function inside<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof StarlarkError) throw new StarlarkError(`${name}: ${error.message}`);
    throw error;
  }
}

export const listMethods = new MethodTable<List>({
  $append(self, args, keywords) {
    const [item] = positional('append', args, keywords, 1, anything);
    inside('append', () => self.mustChange('append to'));
    self.items.push(item as Value);
    return null;
  },
  $clear(self, args, keywords) {
    positional('clear', args, keywords, 0);
    inside('clear', () => self.mustChange('clear'));
    self.items = [];
    return null;
  },
  $extend(self, args, keywords) {
    const [items] = positional('extend', args, keywords, 1, anIterable);
    inside('extend', () => self.mustChange('extend'));
    extend(self, items as IterableValue);
    return null;
  },
  $index(self, args, keywords) {
    const [item, from, to] = positional('index', args, keywords, 1, anything, anything, anything);
    return inside('index', () => {
      const [start, end] = bounds(from, to, self.items.length);
      for (let i = start; i < end; i++) if (equal(self.items[i] as Value, item as Value)) return i;
      throw new StarlarkError('value not in list');
    });
  },
  $insert(self, args, keywords) {
    const [index = 0, item] = positional('insert', args, keywords, 2, anInt, anything);
    inside('insert', () => self.mustChange('insert into'));
    const { length } = self.items;
    const at = index < 0 ? Math.max(0, index + length) : Math.min(index, length);
    self.items.splice(at, 0, item as Value);
    return null;
  },
  $pop(self, args, keywords) {
    const { length } = self.items;
    const [index = length - 1] = positional('pop', args, keywords, 0, anInt);
    const at = index < 0 ? index + length : index;
    return inside('pop', () => {
      if (at < 0 || at >= length) throw outOfRange(index, length, self.type);
      self.mustChange('pop from');
      return self.items.splice(at, 1)[0] as Value;
    });
  },
  $remove(self, args, keywords) {
    const [item] = positional('remove', args, keywords, 1, anything);
    return inside('remove', () => {
      self.mustChange('remove from');
      const at = self.items.findIndex((other) => equal(other, item as Value));
      if (at < 0) throw new StarlarkError('element not found');
      self.items.splice(at, 1);
      return null;
    });
  },
});
