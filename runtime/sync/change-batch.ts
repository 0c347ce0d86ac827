import type { Clock } from '../engine/ports.ts';

/** How long to wait for more changes, in milliseconds. */
export interface BatchTimes {
  /** Quiet after a single change: short, so that a saved file is seen at once. */
  readonly quietMs: number;
  /** Quiet after several changes: a checkout or a formatter writes on for a while. */
  readonly burstQuietMs: number;
  /** From the first change on, at most. */
  readonly limitMs: number;
}

export const DEFAULT_BATCH_TIMES: BatchTimes = { quietMs: 15, burstQuietMs: 100, limitMs: 10_000 };

/** Gathers changed paths until there is quiet, then hands them on in one go, each once, in the order in which they changed. */
export class ChangeBatch {
  readonly #paths = new Set<string>();
  readonly #clock: Clock;
  readonly #times: BatchTimes;
  readonly #flush: (paths: readonly string[]) => void;
  #since = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, times: BatchTimes, flush: (paths: readonly string[]) => void) {
    this.#clock = clock;
    this.#times = times;
    this.#flush = flush;
  }

  add(path: string): void {
    const now = this.#clock.now();
    if (this.#paths.size === 0) this.#since = now;
    this.#paths.add(path);
    this.#cancel?.();
    const quiet = this.#paths.size > 1 ? this.#times.burstQuietMs : this.#times.quietMs;
    const left = this.#since + this.#times.limitMs - now;
    this.#cancel = this.#clock.after(Math.max(0, Math.min(quiet, left)), () => this.#end());
  }

  /** Forgets what was gathered. */
  drop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#paths.clear();
  }

  #end(): void {
    const paths = [...this.#paths];
    this.drop();
    this.#flush(paths);
  }
}
