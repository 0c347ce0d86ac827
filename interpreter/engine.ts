import { readFile } from 'node:fs/promises';
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
  /** The functions that QuickJS can call by their number. */
  readonly table: WasmTable;
}

let compiled: Promise<WasmModule> | undefined;

const PAGE = 65536;
const TABLE_NAME = 'table';

/** Starts QuickJS. The compiled module is kept, so that a second engine costs a millisecond. */
export async function startEngine(): Promise<Engine> {
  compiled ??= readWasm().then((bytes) => wasm.compile(exportTable(bytes, TABLE_NAME)));
  const wasmModule = await compiled;
  const memory = new wasm.Memory({ initial: 16777216 / PAGE, maximum: 32768 });
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
  return { quickjs, memory, table };
}

/** The WebAssembly file lies beside the bundle, or in its package. */
async function readWasm(): Promise<Uint8Array> {
  try {
    return await readFile(fileURLToPath(new URL('./quickjs.wasm', import.meta.url)));
  } catch {
    return await readFile(createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
  }
}
