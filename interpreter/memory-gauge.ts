import type { Engine } from './engine.ts';

/** What QuickJS takes for itself: its stack in WebAssembly and its data. */
const BASE = 6 * 2 ** 20;
/** QuickJS gets this much more than the script may use, so that it can still make an error with a stack. */
const RESERVE = 16 * 2 ** 20;
/** The end of WebAssembly's memory. */
const MOST = 2 ** 31;

/**
 * How much memory a script has taken, in bytes, against its limit. QuickJS's own limit is not enough: in WebAssembly it knows
 * the number of its allocations, but not their sizes. So what counts is the memory of the engine, which only grows, and in steps
 * of up to 20 %: a limit may be reached when five sixths of it are used. The engine must be fresh.
 */
export class MemoryGauge {
  /** Where QuickJS itself refuses one allocation. */
  readonly hardLimit: number;
  readonly #engine: Engine;
  readonly #limit: number;
  readonly #tight: number;

  constructor(engine: Engine, limit: number) {
    this.#engine = engine;
    this.#limit = Math.max(engine.memory.buffer.byteLength, Math.min(BASE + limit, MOST - RESERVE));
    this.#tight = BASE + limit * 0.6;
    this.hardLimit = limit;
    engine.limitMemory(this.#limit + RESERVE);
  }

  get #taken(): number {
    return this.#engine.memory.buffer.byteLength;
  }

  /** The script has had what it may use. */
  get isFull(): boolean {
    return this.#taken > this.#limit;
  }

  /** Much of it is used. */
  get isTight(): boolean {
    return this.#taken > this.#tight;
  }

  /** Lets the host's own code go beyond the limit. */
  lift(): void {
    this.#engine.limitMemory(MOST);
  }
}
