import { Dict, StarlarkSet } from './dict.ts';
import { List, Tuple } from './list.ts';
import type { Loop } from './operations.ts';
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

/** Begins a `for`. */
export function iterate(x: Value): Loop {
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
