import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import type { Engine } from './engine.ts';
import { findTracker } from './runtime-record.ts';
import { wasm } from './webassembly.ts';

/** What a promise's record in QuickJS says when it was rejected; values are QuickJS's own 64 bits. */
type Tracker = (context: number, promise: bigint, reason: bigint, handled: number) => void;

/** The parts of quickjs-emscripten's context that are not for the public, but hold what is needed here. */
interface Internals {
  readonly module: { _malloc(size: number): number; _free(pointer: number): void };
  readonly ffi: {
    QTS_DupValuePointer(context: number, value: number): number;
    QTS_FreeValuePointer(context: number, value: number): void;
  };
  readonly memory: { heapValueHandle(pointer: number): QuickJSHandle };
  readonly ctx: { readonly value: number };
}

/**
 * Knows the promises of a context that were rejected and that nobody handles.
 *
 * QuickJS tells a "host promise rejection tracker" about them, but quickjs-emscripten has no way to set one, and nothing inside of
 * the sandbox can see them: `async` functions do not use the global `Promise`. So the tracker is written into its place in
 * the runtime's record in WebAssembly memory.
 */
export class Rejections {
  readonly #engine: Engine;
  readonly #internals: Internals;
  readonly #scratch: number;
  /** Copies of the promise and of its reason, by the bits of the promise. */
  readonly #open = new Map<bigint, { readonly promise: number; readonly reason: number; readonly bits: bigint }>();

  /** The runtime must be fresh, without interrupt handler and pending jobs. */
  constructor(engine: Engine, runtime: QuickJSRuntime, context: QuickJSContext) {
    this.#engine = engine;
    this.#internals = context as unknown as Internals;
    this.#scratch = this.#internals.module._malloc(8);
    const slot = findTracker(engine, runtime);
    if (slot === undefined) return;
    const index = trackerIndex(engine);
    trackers.set(engine, (...event) => this.#track(...event));
    new DataView(engine.memory.buffer).setUint32(slot, index, true);
  }

  #track(context: number, promise: bigint, reason: bigint, handled: number): void {
    if (context !== this.#internals.ctx.value) return;
    this.#close(promise);
    if (handled) return;
    // An error that moves on: QuickJS keeps a promise of its own for each module that throws, which nobody can handle, and rejects the
    // one that importers see with the same error.
    if (isObject(reason)) for (const [known, { bits }] of this.#open) if (bits === reason) this.#close(known);
    this.#open.set(promise, { promise: this.#duplicate(promise), reason: this.#duplicate(reason), bits: reason });
  }

  #duplicate(bits: bigint): number {
    new DataView(this.#engine.memory.buffer).setBigInt64(this.#scratch, bits, true);
    return this.#internals.ffi.QTS_DupValuePointer(this.#internals.ctx.value, this.#scratch);
  }

  #close(promise: bigint): void {
    const entry = this.#open.get(promise);
    if (!entry) return;
    this.#open.delete(promise);
    for (const pointer of [entry.promise, entry.reason]) {
      this.#internals.ffi.QTS_FreeValuePointer(this.#internals.ctx.value, pointer);
    }
  }

  /** The host looks after this promise itself. */
  forget(promise: QuickJSHandle): void {
    this.#close(new DataView(this.#engine.memory.buffer).getBigInt64(promise.value, true));
  }

  /** Why the first promise was rejected that nobody handles. */
  first(): QuickJSHandle | undefined {
    for (const { reason } of this.#open.values()) {
      return this.#internals.memory.heapValueHandle(
        this.#internals.ffi.QTS_DupValuePointer(this.#internals.ctx.value, reason),
      );
    }
    return undefined;
  }

  dispose(): void {
    for (const promise of [...this.#open.keys()]) this.#close(promise);
    this.#internals.module._free(this.#scratch);
    trackers.delete(this.#engine);
  }
}

/** Whether 64 bits of QuickJS are a reference to an object: their upper half is the tag of those. */
function isObject(bits: bigint): boolean {
  return bits >> 32n === -1n;
}

const indexes = new WeakMap<Engine, number>();
const trackers = new WeakMap<Engine, Tracker>();

/** The number under which QuickJS calls the tracker of an engine's present context. */
function trackerIndex(engine: Engine): number {
  const known = indexes.get(engine);
  if (known !== undefined) return known;
  const track: Tracker = (...event) => trackers.get(engine)?.(...event);
  const instance = new wasm.Instance(new wasm.Module(Uint8Array.from(PASS_ON)), { a: { f: track } });
  const index = engine.table.grow(1);
  engine.table.set(index, instance.exports.f);
  indexes.set(engine, index);
  return index;
}

/**
 * A WebAssembly module that exports the function that it imports, so that it gets the type which QuickJS expects of a tracker:
 * (context i32, promise i64, reason i64, handled i32, argument i32) → nothing.
 */
const PASS_ON = [
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x09, 0x01, 0x60, 0x05, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 0x00],
  ...[0x02, 0x07, 0x01, 0x01, 0x61, 0x01, 0x66, 0x00, 0x00],
  ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
];
