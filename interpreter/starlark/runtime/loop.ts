import { Dict, StarlarkSet } from './dict.ts';
import { List, Tuple } from './list.ts';
import type { Loop } from './operations.ts';
import { Range } from './range.ts';
import { type Iteration, StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** So many values are made at once for what makes them one by one. */
const PORTION = 64;
const NONE: readonly Value[] = [];

class WholeLoop implements Loop {
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = items;
  }
  more(): readonly Value[] {
    return NONE;
  }
  done(): void {}
}

/** Keeps a list or table from being changed. */
class HoldingLoop extends WholeLoop {
  readonly #held: { frozen: boolean; iterations: number };
  constructor(held: { frozen: boolean; iterations: number }, items: readonly Value[]) {
    super(items);
    this.#held = held;
    if (!held.frozen) held.iterations += 1;
  }
  override done(): void {
    if (!this.#held.frozen) this.#held.iterations -= 1;
  }
}

class PortionLoop implements Loop {
  readonly items: readonly Value[];
  readonly #iteration: Iteration;
  constructor(iteration: Iteration) {
    this.#iteration = iteration;
    this.items = this.more();
  }
  more(): readonly Value[] {
    const items: Value[] = [];
    while (items.length < PORTION) {
      const item = this.#iteration.next();
      if (item === undefined) break;
      items.push(item);
    }
    return items;
  }
  done(): void {
    this.#iteration.done();
  }
}

/** The ints of a range: most loops that count go over one. */
class RangeLoop implements Loop {
  readonly items: readonly Value[];
  readonly #range: Range;
  #next = 0;
  constructor(range: Range) {
    this.#range = range;
    this.items = this.more();
  }
  more(): readonly Value[] {
    const { start, step } = this.#range;
    const end = Math.min(this.#range.size(), this.#next + PORTION);
    const items: Value[] = [];
    let count = 0;
    for (let index = this.#next; index < end; index++) items[count++] = start + index * step;
    this.#next = end;
    return items;
  }
  done(): void {}
}

/** Begins a `for`. */
export function iterate(x: Value): Loop {
  if (x instanceof Range) return new RangeLoop(x);
  if (x instanceof List) return new HoldingLoop(x, x.items);
  if (x instanceof Tuple) return new WholeLoop(x.items);
  if (x instanceof Dict || x instanceof StarlarkSet) {
    return new HoldingLoop(
      x.table,
      Array.from(x.table.entries.values(), ({ key }) => key),
    );
  }
  const iteration = x instanceof StarlarkObject ? x.iterate() : undefined;
  if (iteration === undefined) throw new StarlarkError(`${typeOf(x)} value is not iterable`);
  return new PortionLoop(iteration);
}
