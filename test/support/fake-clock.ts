import type { Clock } from '../../runtime/engine/ports.ts';

/** A clock that moves by hand. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { readonly at: number; readonly task: () => void }[] = [];

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { at: this.#now + ms, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((known) => known !== timer);
    };
  }

  /** Lets time pass; what falls due is called in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#timers.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at > until) break;
      this.#timers = this.#timers.filter((known) => known !== next);
      this.#now = next.at;
      next.task();
    }
    this.#now = until;
  }

  get waiting(): number {
    return this.#timers.length;
  }
}
