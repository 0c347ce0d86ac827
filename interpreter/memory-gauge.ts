import type { Engine } from './engine.ts';
import type { RuntimeRecord } from './runtime-record.ts';

/** WebAssembly has 2 GiB; some of it is taken by its stack, and its allocator needs room. */
const MOST = 1.8 * 2 ** 30;
/** QuickJS gets this much more than the script may use, so that it can still make an error with a stack. */
const RESERVE = 16 * 2 ** 20;

/** How much memory a runtime has taken, in bytes, against its limit. */
export class MemoryGauge {
  /** Where QuickJS itself says no. */
  readonly hardLimit: number;
  readonly #limit: number;
  readonly #engine: Engine;
  readonly #address: number | undefined;

  constructor(engine: Engine, record: RuntimeRecord, limit: number) {
    this.#engine = engine;
    this.#address = record.allocated;
    this.#limit = Math.min(limit, MOST);
    this.hardLimit = this.#limit + RESERVE;
  }

  get #used(): number {
    if (this.#address === undefined) return 0;
    return new DataView(this.#engine.memory.buffer).getUint32(this.#address, true);
  }

  /** The script has had what it may use. */
  get isFull(): boolean {
    return this.#used > this.#limit;
  }

  /** Much of it is used. */
  get isTight(): boolean {
    return this.#used > this.#limit * 0.6;
  }
}
