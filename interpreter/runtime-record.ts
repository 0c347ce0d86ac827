import type { QuickJSRuntime } from 'quickjs-emscripten-core';
import type { Engine } from './engine.ts';

const WORD = 4;
const RECORD_WORDS = 256;
/** A limit that nothing else in the record equals. */
const ODD_LIMIT = 0x5a3c96e1;

/**
 * Places in QuickJS's record of a runtime, in WebAssembly memory, for which quickjs-emscripten has no function. Where they are
 * depends on the version of QuickJS: they are found by what stands around them, and are nothing when they are not found.
 */
export interface RuntimeRecord {
  /** The address of the number of bytes that the runtime has allocated. */
  readonly allocated: number | undefined;
  /** The address of the function that is told about rejected promises. */
  readonly rejectionTracker: number | undefined;
}

/** The runtime must be fresh, without interrupt handler and pending jobs. Its memory limit is lifted. */
export function findRecord(engine: Engine, runtime: QuickJSRuntime): RuntimeRecord {
  const address = (runtime as unknown as { readonly rt: { readonly value: number } }).rt.value;
  const read = () => Array.from(new Uint32Array(engine.memory.buffer, address, RECORD_WORDS));

  // count, size and limit of allocations stand side by side
  runtime.setMemoryLimit(ODD_LIMIT);
  const limit = read().indexOf(ODD_LIMIT);
  runtime.setMemoryLimit(-1);

  // interrupt handler and its argument, rejection tracker and its argument, and the list of jobs, which is empty: it points at itself
  const before = read();
  runtime.setInterruptHandler(() => false);
  const after = read();
  runtime.removeInterruptHandler();
  const handler = after.findIndex((word, index) => word !== before[index]);
  const jobs = address + (handler + 4) * WORD;
  const expected = [0, 0, 0, jobs, jobs];
  const found = handler >= 0 && expected.every((word, index) => after[handler + 1 + index] === word);
  return {
    allocated: limit > 0 ? address + (limit - 1) * WORD : undefined,
    rejectionTracker: found ? address + (handler + 2) * WORD : undefined,
  };
}
