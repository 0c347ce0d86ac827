/** The timers of one script: which functions it wants to have called when. Times are in milliseconds. */
export class Timers {
  readonly #timers = new Map<number, { due: number; readonly every: number | undefined }>();
  #lastId = 0;

  /** Answers the number under which the script knows the timer. */
  add(ms: number, repeat: boolean, now: number): number {
    const wait = Number.isFinite(ms) && ms > 0 ? ms : 0;
    this.#lastId += 1;
    this.#timers.set(this.#lastId, { due: now + wait, every: repeat ? Math.max(1, wait) : undefined });
    return this.#lastId;
  }

  clear(id: number): void {
    this.#timers.delete(id);
  }

  /** How long it is until the next one is due; infinite when there is none. */
  untilNext(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { due } of this.#timers.values()) next = Math.min(next, due);
    return Math.max(0, next - now);
  }

  /** Those that are due, the earliest first. They stay if they repeat. */
  takeDue(now: number): readonly { readonly id: number; readonly last: boolean }[] {
    const due = [...this.#timers].filter(([, timer]) => timer.due <= now).sort(([, a], [, b]) => a.due - b.due);
    return due.map(([id, timer]) => {
      if (timer.every === undefined) this.#timers.delete(id);
      else timer.due = now + timer.every;
      return { id, last: timer.every === undefined };
    });
  }
}
