import { equal } from './compare.ts';
import { hashKey } from './hash.ts';
import { repr } from './show.ts';
import {
  type Comparison,
  freeze,
  type HashKey,
  type Iteration,
  type Mapping,
  notImplemented,
  StarlarkError,
  StarlarkObject,
  type Value,
} from './value.ts';

export interface Entry {
  readonly key: Value;
  value: Value;
}

/** Entries in the order of their keys' first insertion. */
export class HashTable {
  readonly entries = new Map<HashKey, Entry>();
  frozen = false;
  iterations = 0;

  mustChange(verb: string): void {
    if (this.frozen) throw new StarlarkError(`cannot ${verb} frozen hash table`);
    if (this.iterations > 0) throw new StarlarkError(`cannot ${verb} hash table during iteration`);
  }
  get(key: Value): Entry | undefined {
    return this.entries.get(typeof key === 'string' ? key : hashKey(key));
  }
  set(key: Value, value: Value): void {
    this.mustChange('insert into');
    const hash = typeof key === 'string' ? key : hashKey(key);
    const known = this.entries.get(hash);
    if (known === undefined) this.entries.set(hash, { key, value });
    else known.value = value;
  }
  remove(key: Value): Entry | undefined {
    this.mustChange('delete from');
    const hash = hashKey(key);
    const known = this.entries.get(hash);
    if (known !== undefined) this.entries.delete(hash);
    return known;
  }
  clear(): void {
    this.mustChange('clear');
    this.entries.clear();
  }
  first(): Entry | undefined {
    for (const entry of this.entries.values()) return entry;
    return undefined;
  }
  freeze(): void {
    if (this.frozen) return;
    this.frozen = true;
    for (const { key, value } of this.entries.values()) {
      freeze(key);
      freeze(value);
    }
  }
  iterate(): Iteration {
    return new KeyIteration(this);
  }
}

class KeyIteration implements Iteration {
  readonly #table: HashTable;
  readonly #entries: Iterator<Entry>;
  constructor(table: HashTable) {
    this.#table = table;
    this.#entries = table.entries.values();
    if (!table.frozen) table.iterations += 1;
  }
  next(): Value | undefined {
    const step = this.#entries.next();
    return step.done ? undefined : step.value.key;
  }
  done(): void {
    if (!this.#table.frozen) this.#table.iterations -= 1;
  }
}

export class Dict extends StarlarkObject implements Mapping {
  override readonly type = 'dict';
  readonly table = new HashTable();

  override show(above: readonly StarlarkObject[]): string {
    if (above.includes(this)) return '{...}';
    const inside = [...above, this];
    const parts: string[] = [];
    for (const { key, value } of this.table.entries.values()) parts.push(`${repr(key, above)}: ${repr(value, inside)}`);
    return `{${parts.join(', ')}}`;
  }
  override truth(): boolean {
    return this.table.entries.size > 0;
  }
  override freeze(): void {
    this.table.freeze();
  }
  override hash(): HashKey {
    throw new StarlarkError('unhashable type: dict');
  }
  override iterate(): Iteration {
    return this.table.iterate();
  }
  override size(): number {
    return this.table.entries.size;
  }
  override mapping(): Mapping {
    return this;
  }
  override compare(operator: Comparison, other: StarlarkObject, depth: number): boolean {
    if (operator !== '==' && operator !== '!=') throw notImplemented(this.type, operator, other.type);
    return this.#equals(other as Dict, depth) === (operator === '==');
  }
  #equals(other: Dict, depth: number): boolean {
    if (this.size() !== other.size()) return false;
    for (const [hash, { value }] of this.table.entries) {
      const theirs = other.table.entries.get(hash);
      if (theirs === undefined || !equal(value, theirs.value, depth - 1)) return false;
    }
    return true;
  }

  lookup(key: Value): Value | undefined {
    return this.table.get(key)?.value;
  }
  store(key: Value, value: Value): void {
    this.table.set(key, value);
  }
  pairs(): [Value, Value][] {
    return Array.from(this.table.entries.values(), ({ key, value }): [Value, Value] => [key, value]);
  }
  union(other: Dict): Dict {
    const both = new Dict();
    for (const [hash, { key, value }] of this.table.entries) both.table.entries.set(hash, { key, value });
    for (const { key, value } of other.table.entries.values()) both.store(key, value);
    return both;
  }
}

/** Goes on until the end, however that comes. */
export function eachOf(iteration: Iteration, visit: (item: Value) => boolean | undefined): void {
  try {
    for (let item = iteration.next(); item !== undefined; item = iteration.next()) if (visit(item) === false) return;
  } finally {
    iteration.done();
  }
}

export class StarlarkSet extends StarlarkObject {
  override readonly type = 'set';
  readonly table = new HashTable();

  override show(above: readonly StarlarkObject[]): string {
    return `set([${Array.from(this.table.entries.values(), ({ key }) => repr(key, above)).join(', ')}])`;
  }
  override truth(): boolean {
    return this.table.entries.size > 0;
  }
  override freeze(): void {
    this.table.freeze();
  }
  override hash(): HashKey {
    throw new StarlarkError('unhashable type: set');
  }
  override iterate(): Iteration {
    return this.table.iterate();
  }
  override size(): number {
    return this.table.entries.size;
  }
  override compare(operator: Comparison, other: StarlarkObject): boolean {
    const [x, y] = [this as StarlarkSet, other as StarlarkSet];
    switch (operator) {
      case '==':
        return x.size() === y.size() && x.containsAll(y);
      case '!=':
        return x.size() !== y.size() || !x.containsAll(y);
      case '>=':
        return x.size() >= y.size() && x.containsAll(y);
      case '>':
        return x.size() > y.size() && x.containsAll(y);
      case '<=':
        return y.size() >= x.size() && y.containsAll(x);
      case '<':
        return y.size() > x.size() && y.containsAll(x);
    }
  }
  has(item: Value): boolean {
    return this.table.get(item) !== undefined;
  }
  containsAll(other: StarlarkSet): boolean {
    for (const hash of other.table.entries.keys()) if (!this.table.entries.has(hash)) return false;
    return true;
  }
  copy(): StarlarkSet {
    const copy = new StarlarkSet();
    for (const [hash, entry] of this.table.entries) copy.table.entries.set(hash, entry);
    return copy;
  }
  add(item: Value): void {
    this.table.set(item, null);
  }

  union(items: Iteration): StarlarkSet {
    const result = this.copy();
    eachOf(items, (item) => void result.add(item));
    return result;
  }
  difference(items: Iteration): StarlarkSet {
    const result = this.copy();
    eachOf(items, (item) => void result.table.remove(item));
    return result;
  }
  intersection(items: Iteration): StarlarkSet {
    const result = new StarlarkSet();
    eachOf(items, (item) => {
      if (this.has(item)) result.add(item);
      return undefined;
    });
    return result;
  }
  symmetricDifference(items: Iteration): StarlarkSet {
    const result = this.copy();
    eachOf(items, (item) => {
      if (result.table.remove(item) === undefined) result.add(item);
      return undefined;
    });
    return result;
  }
  isSuperset(items: Iteration): boolean {
    let all = true;
    eachOf(items, (item) => {
      all = this.has(item);
      return all;
    });
    return all;
  }
  isSubset(items: Iteration): boolean {
    const seen = new StarlarkSet();
    eachOf(items, (item) => {
      if (this.has(item)) seen.add(item);
      return undefined;
    });
    return seen.size() === this.size();
  }
}
