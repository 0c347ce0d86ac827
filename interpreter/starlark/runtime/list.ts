import { compareItems } from './compare.ts';
import { combinedKey } from './hash.ts';
import { repr } from './show.ts';
import {
  type Comparison,
  freeze,
  type HashKey,
  type Indexable,
  type Iteration,
  StarlarkError,
  StarlarkObject,
  type Value,
} from './value.ts';

/** Goes over an array that does not change meanwhile. */
export class ItemIteration implements Iteration {
  #at = 0;
  readonly #items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.#items = items;
  }
  next(): Value | undefined {
    return this.#items[this.#at++];
  }
  done(): void {}
}

class ListIteration implements Iteration {
  at = 0;
  readonly list: List;
  constructor(list: List) {
    this.list = list;
    if (!list.frozen) list.iterations += 1;
  }
  next(): Value | undefined {
    return this.list.items[this.at++];
  }
  done(): void {
    if (!this.list.frozen) this.list.iterations -= 1;
  }
}

/** Every `step`th of the items from `start` to `end`, which is out. */
export function sliceItems<T>(items: ArrayLike<T>, start: number, end: number, step: number): T[] {
  const part: T[] = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) part.push(items[i] as T);
  return part;
}

export class List extends StarlarkObject implements Indexable {
  override readonly type = 'list';
  /** Change it only after `mustChange`. */
  items: Value[];
  frozen = false;
  iterations = 0;

  constructor(items: Value[]) {
    super();
    this.items = items;
  }

  /** Throws unless the list may be changed; `verb` says how: "append to". */
  mustChange(verb: string): void {
    if (this.frozen) throw new StarlarkError(`cannot ${verb} frozen list`);
    if (this.iterations > 0) throw new StarlarkError(`cannot ${verb} list during iteration`);
  }

  override show(above: readonly StarlarkObject[]): string {
    if (above.includes(this)) return '[...]';
    const inside = [...above, this];
    return `[${this.items.map((item) => repr(item, inside)).join(', ')}]`;
  }
  override truth(): boolean {
    return this.items.length > 0;
  }
  override freeze(): void {
    if (this.frozen) return;
    this.frozen = true;
    for (const item of this.items) freeze(item);
  }
  override hash(): HashKey {
    throw new StarlarkError('unhashable type: list');
  }
  override iterate(): Iteration {
    return new ListIteration(this);
  }
  override size(): number {
    return this.items.length;
  }
  override indexable(): Indexable {
    return this;
  }
  override compare(operator: Comparison, other: StarlarkObject, depth: number): boolean {
    return compareItems(operator, this.items, (other as List).items, depth);
  }

  length(): number {
    return this.items.length;
  }
  at(index: number): Value {
    return this.items[index] as Value;
  }
  slice(start: number, end: number, step: number): Value {
    return new List(sliceItems(this.items, start, end, step));
  }
  setAt(index: number, value: Value): void {
    this.mustChange('assign to element of');
    this.items[index] = value;
  }
}

export class Tuple extends StarlarkObject implements Indexable {
  override readonly type = 'tuple';
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }

  override show(above: readonly StarlarkObject[]): string {
    const inside = this.items.map((item) => repr(item, above)).join(', ');
    return this.items.length === 1 ? `(${inside},)` : `(${inside})`;
  }
  override truth(): boolean {
    return this.items.length > 0;
  }
  override freeze(): void {
    for (const item of this.items) freeze(item);
  }
  override hash(): HashKey {
    return combinedKey('tuple ', this.items);
  }
  override iterate(): Iteration {
    return new ItemIteration(this.items);
  }
  override size(): number {
    return this.items.length;
  }
  override indexable(): Indexable {
    return this;
  }
  override compare(operator: Comparison, other: StarlarkObject, depth: number): boolean {
    return compareItems(operator, this.items, (other as Tuple).items, depth);
  }

  length(): number {
    return this.items.length;
  }
  at(index: number): Value {
    return this.items[index] as Value;
  }
  slice(start: number, end: number, step: number): Value {
    return new Tuple(sliceItems(this.items, start, end, step));
  }
}
