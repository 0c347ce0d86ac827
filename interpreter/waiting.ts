import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { Control } from './control.ts';
import { Timers } from './timers.ts';

/** What happens outside while the script goes on. */
export interface Outside {
  /** Whether something will come that can be waited for. */
  readonly isWaiting: boolean;
  /** Waits until it comes, but no longer than so many milliseconds, and tells whoever asked for it. */
  wait(ms: number): void;
}

export const NOTHING = 'nothing to wait for';

/** In milliseconds: after that the host looks whether it shall go on. */
const LONGEST_SLEEP = 50;

/** What a script waits for when it has nothing else to do: commands that it started, and its timers. */
export class Waiting {
  readonly #control: Control;
  readonly #outside: Outside;
  readonly #fire: (id: number, last: number) => ReturnType<QuickJSContext['callFunction']>;
  readonly #timers = new Timers();

  /** `fire` calls the function of a timer, for the last time or not. */
  constructor(
    control: Control,
    outside: Outside,
    fire: (id: number, last: number) => ReturnType<QuickJSContext['callFunction']>,
  ) {
    this.#control = control;
    this.#outside = outside;
    this.#fire = fire;
  }

  /** `text` is `{ ms, repeat }` as JSON. Answers the timer's number. */
  addTimer(text: string): string {
    const { ms, repeat } = JSON.parse(text) as { readonly ms: number | null; readonly repeat: boolean };
    return String(this.#timers.add(ms ?? 0, repeat === true, Date.now()));
  }

  clearTimer(text: string): undefined {
    this.#timers.clear(Number(text));
  }

  /** Waits for the next of it. Answers what a timer's function threw. */
  step(): QuickJSHandle | typeof NOTHING | undefined {
    const ms = this.#timers.untilNext(Date.now());
    if (this.#outside.isWaiting) this.#control.inHost(() => this.#outside.wait(ms));
    else if (ms === Number.POSITIVE_INFINITY) return NOTHING;
    // Time in which a script only waits for itself is its own: one that does so for ever comes to its limit.
    else this.#control.inScript(() => sleep(Math.min(ms, LONGEST_SLEEP)));
    if (this.#control.shouldInterrupt()) return NOTHING;
    for (const { id, last } of this.#timers.takeDue(Date.now())) {
      const result = this.#fire(id, last ? 1 : 0);
      if (result.error) return result.error;
      result.value.dispose();
    }
    return undefined;
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

function sleep(ms: number): void {
  Atomics.wait(never, 0, 0, ms);
}
