import { equal } from './compare.ts';
import { Dict, eachOf, StarlarkSet } from './dict.ts';
import { isObject, type JavaScriptShapes, orNull } from './javascript-shapes.ts';
import type { Visit } from './javascript-visit.ts';
import { List } from './list.ts';
import { index } from './parts.ts';
import { StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** Arrays, plain objects, Maps and Sets of JavaScript as lists, dicts and sets: their parts, going over them, and what changes them. */
export class Containers {
  readonly #shapes: JavaScriptShapes;
  /** A value as `repr` shows it. */
  readonly #spell: (value: unknown) => string;

  constructor(shapes: JavaScriptShapes, spell: (value: unknown) => string) {
    this.#shapes = shapes;
    this.#spell = spell;
  }

  /** The value that belongs to a key of a dict; nothing if there is none. */
  #lookUp(container: object, shape: string, key: unknown): { readonly value: unknown } | undefined {
    if (shape === 'object') {
      const found = typeof key === 'string' && Object.hasOwn(container, key);
      return found ? { value: (container as Record<string, unknown>)[key] } : undefined;
    }
    const map = container as Map<unknown, unknown>;
    const own = this.#keyOf(map, key);
    return own === undefined ? undefined : { value: Map.prototype.get.call(map, own.key) };
  }

  /** The key of a Map that is equal to another one. */
  #keyOf(map: Map<unknown, unknown>, key: unknown): { readonly key: unknown } | undefined {
    if (Map.prototype.has.call(map, key)) return { key };
    if (typeof key !== 'object' && typeof key !== 'number') return undefined;
    const visit = this.#shapes.visit();
    const wanted = visit.in(key);
    // Refuses what has no hash.
    new Dict().store(wanted, null);
    for (const own of Map.prototype.keys.call(map)) {
      if ((isObject(own) || isObject(key)) && equal(visit.in(own), wanted)) return { key: own };
    }
    return undefined;
  }

  item(container: unknown, key: unknown): unknown {
    const shape = this.#shapes.shapeOf(container);
    if (shape === 'array' && typeof key === 'number' && Number.isInteger(key)) {
      const array = container as unknown[];
      const at = key < 0 ? key + array.length : key;
      if (at >= 0 && at < array.length) return orNull(array[at]);
    }
    if (shape === 'object' || shape === 'map') {
      const found = this.#lookUp(container as object, shape, key);
      if (found !== undefined) return orNull(found.value);
    }
    return this.#shapes.with([container, key], index);
  }

  setItem(container: unknown, key: unknown, value: unknown): void {
    const shape = this.#shapes.shapeOf(container);
    if (shape === 'array' && typeof key === 'number' && Number.isInteger(key) && !Object.isFrozen(container)) {
      const array = container as unknown[];
      const at = key < 0 ? key + array.length : key;
      if (at >= 0 && at < array.length) {
        array[at] = value;
        return;
      }
    }
    if (shape === 'object' && !Object.isFrozen(container)) {
      if (typeof key !== 'string')
        throw new StarlarkError(
          `a plain object has keys that are strings: this one needs a Map for the key ${this.#spell(key)}`,
        );
      this.#shapes.realm.put(container as object, key, value);
      return;
    }
    if (shape === 'map') {
      const map = container as Map<unknown, unknown>;
      Map.prototype.set.call(map, (this.#keyOf(map, key) ?? { key }).key, value);
      return;
    }
    if (shape === 'other' || shape === 'tagged') {
      (container as Record<string, unknown>)[String(key)] = value;
      return;
    }
    // Says why not.
    const visit = this.#shapes.visit();
    const target = visit.in(container);
    if (target instanceof List) target.mustChange('assign to element of');
    if (target instanceof Dict) target.store(visit.in(key), null);
    index(target, visit.in(key));
    throw new StarlarkError(`${typeOf(target)} value does not support item assignment`);
  }

  iterate(values: unknown): Iterable<unknown> {
    const shape = this.#shapes.shapeOf(values);
    if (shape === 'array')
      return this.#watched(
        values as unknown[],
        () => [...(values as unknown[])],
        'append: cannot append to list during iteration',
      );
    if (shape === 'object' || shape === 'map') {
      const state = () =>
        shape === 'map' ? entriesOf(values as Map<unknown, unknown>).flat() : Object.entries(values as object).flat();
      const keys =
        shape === 'map' ? [...Map.prototype.keys.call(values as Map<unknown, unknown>)] : Object.keys(values as object);
      return this.#watched(this.#shapes.array(keys), state, 'cannot insert into hash table during iteration');
    }
    const visit = this.#shapes.visit();
    const value = visit.in(values);
    const iteration = value instanceof StarlarkObject ? value.iterate() : undefined;
    if (iteration === undefined) throw new StarlarkError(`${typeOf(value)} value is not iterable`);
    const items: unknown[] = this.#shapes.realm.makeArray();
    eachOf(iteration, (item) => void items.push(visit.out(item)));
    return items;
  }

  /** Goes over the items and refuses that what they come from is changed meanwhile. */
  *#watched(items: readonly unknown[], state: () => unknown[], problem: string): Iterable<unknown> {
    let before = state();
    const check = () => {
      const now = state();
      if (now.length !== before.length || now.some((value, at) => !Object.is(value, before[at]))) {
        throw new StarlarkError(problem);
      }
      before = now;
    };
    try {
      for (const item of [...items]) {
        yield orNull(item);
        check();
      }
    } finally {
      // The loop may have been left behind a change.
      check();
    }
  }

  /** Does something to a value that may change it, and brings the change to where it came from. */
  changing(x: unknown, run: (value: Value, visit: Visit) => Value): unknown {
    const visit = this.#shapes.visit();
    const value = visit.in(x);
    const result = run(value, visit);
    const shape = this.#shapes.shapeOf(x);
    if (value instanceof List && shape === 'array' && !value.frozen) {
      const array = x as unknown[];
      if (array.length !== value.items.length || value.items.some((item, at) => visit.out(item) !== array[at])) {
        array.length = 0;
        for (const item of value.items) array.push(visit.out(item));
      }
    } else if (value instanceof StarlarkSet && shape === 'set') {
      const set = x as Set<unknown>;
      Set.prototype.clear.call(set);
      for (const { key } of value.table.entries.values()) Set.prototype.add.call(set, visit.out(key));
    } else if (value instanceof Dict) this.#writeDict(x, value, visit);
    return visit.out(result);
  }

  #writeDict(x: unknown, dict: Dict, visit: Visit): void {
    const pairs = dict.pairs().map(([key, value]) => [visit.out(key), visit.out(value)] as const);
    if (this.#shapes.shapeOf(x) === 'map') {
      const map = x as Map<unknown, unknown>;
      Map.prototype.clear.call(map);
      for (const [key, value] of pairs) Map.prototype.set.call(map, key, value);
      return;
    }
    if (this.#shapes.shapeOf(x) !== 'object' || Object.isFrozen(x)) return;
    const object = x as Record<string, unknown>;
    const now = Object.entries(object);
    if (
      now.length === pairs.length &&
      now.every(([key, value], at) => key === pairs[at]?.[0] && value === pairs[at]?.[1])
    ) {
      return;
    }
    for (const key of Object.keys(object)) delete object[key];
    for (const [key, value] of pairs) this.setItem(object, key, value);
  }
}

function entriesOf(map: Map<unknown, unknown>): unknown[][] {
  return [...Map.prototype.entries.call(map)];
}
