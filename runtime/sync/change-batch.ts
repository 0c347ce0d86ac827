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
  readonly #isHeld: () => boolean;
  #since = 0;
  #lastAt = 0;
  #cancel: (() => void) | undefined;

  /** While `isHeld` answers true, more is to be expected. */
  constructor(
    clock: Clock,
    times: BatchTimes,
    flush: (paths: readonly string[]) => void,
    isHeld: () => boolean = () => false,
  ) {
    this.#clock = clock;
    this.#times = times;
    this.#flush = flush;
    this.#isHeld = isHeld;
  }

  add(path: string): void {
    const now = this.#clock.now();
    if (this.#paths.size === 0) this.#since = now;
    this.#paths.add(path);
    this.#lastAt = now;
    this.#cancel ??= this.#wait(this.#times.quietMs);
  }

  /** Forgets what was gathered. */
  drop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#paths.clear();
  }

  /** One timer for however many changes: when it falls due, there may have been others since it was set. */
  #wait(ms: number): () => void {
    return this.#clock.after(ms, () => {
      const now = this.#clock.now();
      const quiet = this.#paths.size > 1 ? this.#times.burstQuietMs : this.#times.quietMs;
      const quietAt = this.#isHeld() ? now + quiet : this.#lastAt + quiet;
      const left = Math.min(quietAt, this.#since + this.#times.limitMs) - now;
      // A clock that was set back must not hold them for long.
      if (left > 0 && left <= quiet) this.#cancel = this.#wait(left);
      else this.#end();
    });
  }

  #end(): void {
    const paths = [...this.#paths];
    this.drop();
    this.#flush(paths);
  }
}
