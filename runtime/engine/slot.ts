import type { Running } from './ports.ts';

/**
 * A place for one thing that runs. When something else is wanted in its place, it is stopped first and the other is
 * started when nothing of it is left (two servers cannot share a port).
 */
export class Slot {
  #key: string | undefined;
  #running: Running | undefined;
  #wanted: { readonly key: string; readonly start: () => Running } | undefined;
  #change: Promise<void> | undefined;

  /** Lets what `start` starts run in the place, unless what runs there, or is about to, has the same key. */
  want(key: string, start: () => Running): void {
    if (this.#wanted === undefined ? this.#key === key : this.#wanted.key === key) return;
    this.#wanted = { key, start };
    this.#settle();
  }

  /** Empties the place; resolves when nothing is left. */
  async clear(): Promise<void> {
    this.#wanted = undefined;
    if (this.#change === undefined && this.#running === undefined) {
      this.#key = undefined;
      return;
    }
    this.#key = undefined;
    this.#settle();
    await this.#change;
  }

  #settle(): void {
    if (this.#change !== undefined) return;
    if (this.#running === undefined) {
      this.#startWanted();
      return;
    }
    const old = this.#running;
    this.#running = undefined;
    this.#key = undefined;
    this.#change = old.stop().then(() => {
      this.#change = undefined;
      this.#startWanted();
    });
  }

  #startWanted(): void {
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    this.#wanted = undefined;
    this.#key = wanted.key;
    this.#running = wanted.start();
  }
}
