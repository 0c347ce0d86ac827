/** Thrown by the host to unwind a script that must not go on. Scripts cannot do anything with it, for every call throws it again. */
export class Halt extends Error {
  override readonly name = 'Halt';
}

export type HaltReason =
  | { readonly kind: 'exit' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'time-limit' }
  | { readonly kind: 'memory-limit' }
  | { readonly kind: 'stack-limit' }
  | { readonly kind: 'bug'; readonly error: unknown };

/** Decides when a script must not go on: it asked for it, its time is over, it was stopped, or the host has a bug. */
export class Control {
  #reason: HaltReason | undefined;
  #used = 0;
  /** Since when the script computes, or nothing while the host does. */
  #since: number | undefined;
  #limit: number;
  readonly #stopRequested: () => boolean;
  readonly #onSwitch: (inHost: boolean) => void;

  constructor(computeMs: number, stopRequested: () => boolean, onSwitch: (inHost: boolean) => void) {
    this.#limit = computeMs;
    this.#stopRequested = stopRequested;
    this.#onSwitch = onSwitch;
  }

  get reason(): HaltReason | undefined {
    return this.#reason;
  }

  /** The first reason counts. */
  halt(reason: HaltReason): void {
    this.#reason ??= reason;
  }

  /** Asked by QuickJS now and then while a script computes. */
  shouldInterrupt(): boolean {
    if (this.#reason) return true;
    if (this.#stopRequested()) this.halt({ kind: 'stopped' });
    else if (this.#computed() > this.#limit) this.halt({ kind: 'time-limit' });
    return this.#reason !== undefined;
  }

  check(): void {
    if (this.#reason || this.shouldInterrupt()) throw new Halt('the script must not go on');
  }

  #computed(): number {
    return this.#used + (this.#since === undefined ? 0 : now() - this.#since);
  }

  /** Runs code of the script. */
  inScript<T>(run: () => T): T {
    return this.#switch(true, run);
  }

  /** Runs code of the host, whose time does not count. */
  inHost<T>(run: () => T): T {
    return this.#switch(false, run);
  }

  #switch<T>(script: boolean, run: () => T): T {
    const before = this.#since !== undefined;
    this.#set(script);
    try {
      return run();
    } finally {
      this.#set(before);
    }
  }

  #set(script: boolean): void {
    this.#used = this.#computed();
    this.#since = script ? now() : undefined;
    this.#onSwitch(!script);
  }

  /** After the script's end: a short time for code that describes its error, which may be the script's own (a getter). */
  allowAfterword(ms: number): void {
    this.#reason = undefined;
    this.#limit = this.#computed() + ms;
  }
}

/** In milliseconds. Node loads half a dozen modules for `performance`. */
function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** True for what V8 throws when the thread's own stack is full: QuickJS recursed on it, and cannot be used after that. */
export function isStackFull(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}
