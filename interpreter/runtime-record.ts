import type { QuickJSRuntime } from 'quickjs-emscripten-core';
import type { Engine } from './engine.ts';

const WORD = 4;
const RECORD_WORDS = 256;

/**
 * The address of the function that QuickJS tells about rejected promises, in its record of a runtime in WebAssembly memory. Where
 * that is depends on the version of QuickJS: it is found by what stands around it, and is nothing when it is not found.
 * The runtime must be fresh, without interrupt handler and pending jobs.
 */
export function findTracker(engine: Engine, runtime: QuickJSRuntime): number | undefined {
  const address = (runtime as unknown as { readonly rt: { readonly value: number } }).rt.value;
  const read = () => Array.from(new Uint32Array(engine.memory.buffer, address, RECORD_WORDS));
  const before = read();
  runtime.setInterruptHandler(() => false);
  const after = read();
  runtime.removeInterruptHandler();
  // Interrupt handler and its argument, tracker and its argument, and the list of jobs, which is empty: it points at itself.
  const handler = after.findIndex((word, index) => word !== before[index]);
  const jobs = address + (handler + 4) * WORD;
  const expected = [0, 0, 0, jobs, jobs];
  const found = handler >= 0 && expected.every((word, index) => after[handler + 1 + index] === word);
  return found ? address + (handler + 2) * WORD : undefined;
}
