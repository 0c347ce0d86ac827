import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import packaged from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import { exportTable } from './wasm-patch.ts';
import { type WasmInstance, type WasmMemory, type WasmModule, type WasmTable, wasm } from './webassembly.ts';

/** QuickJS as a WebAssembly instance. It serves evaluations one after another; one that grew large or broke is thrown away. */
export interface Engine {
  readonly quickjs: QuickJSWASMModule;
  readonly memory: WasmMemory;
  /** Refuses to let the memory grow beyond so many bytes: allocations fail then. */
  limitMemory(bytes: number): void;
  /** The functions that QuickJS can call by their number. */
  readonly table: WasmTable;
}

let compiled: WasmModule | undefined;

const PAGE = 65536;
/** An engine whose memory is larger has grown. */
export const FRESH_BYTES = 16 * 2 ** 20;
const TABLE_NAME = 'table';

/** Starts QuickJS. The compiled module is kept, so that a second engine costs a millisecond. */
export async function startEngine(): Promise<Engine> {
  compiled ??= new wasm.Module(exportTable(readWasm(), TABLE_NAME));
  const wasmModule = compiled;
  const memory = new wasm.Memory({ initial: FRESH_BYTES / PAGE, maximum: 32768 });
  let limit = Number.POSITIVE_INFINITY;
  const grow = memory.grow.bind(memory);
  // Emscripten calls this method for more memory, and takes an error for a no.
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * PAGE > limit) throw new RangeError('the memory limit is reached');
    return grow(pages);
  };
  let table: WasmTable | undefined;
  const emscriptenModule = {
    wasmMemory: memory,
    // An abort is thrown as an error as well: nothing needs to be printed.
    printErr: () => undefined,
    instantiateWasm(imports: Readonly<Record<string, unknown>>, done: (instance: WasmInstance) => void) {
      const instance = new wasm.Instance(wasmModule, imports);
      table = instance.exports[TABLE_NAME] as WasmTable;
      done(instance);
      return instance.exports;
    },
  };
  const options = { emscriptenModule } as unknown as Parameters<typeof newVariant>[1];
  const variant = newVariant(packaged as unknown as QuickJSSyncVariant, options);
  const quickjs = await newQuickJSWASMModuleFromVariant(variant as QuickJSSyncVariant);
  if (!table) throw new Error('the WebAssembly of QuickJS has no table of functions');
  const limitMemory = (bytes: number) => {
    limit = bytes;
  };
  return { quickjs, memory, limitMemory, table };
}

/** The WebAssembly file lies beside the bundle, or in its package. */
function readWasm(): Uint8Array {
  try {
    return readFileSync(fileURLToPath(new URL('./quickjs.wasm', import.meta.url)));
  } catch {
    return readFileSync(createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
  }
}
