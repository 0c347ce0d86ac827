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
import { type WasmMemory, type WasmModule, wasm } from './webassembly.ts';

/** QuickJS as a WebAssembly instance. It serves evaluations one after another; one that grew large or broke is thrown away. */
export interface Engine {
  readonly quickjs: QuickJSWASMModule;
  readonly memory: WasmMemory;
}

let compiled: Promise<WasmModule> | undefined;

const PAGE = 65536;

/** Starts QuickJS. The compiled module is kept, so that a second engine costs a millisecond. */
export async function startEngine(): Promise<Engine> {
  compiled ??= readWasm().then((bytes) => wasm.compile(bytes));
  const wasmModule = await compiled;
  const memory = new wasm.Memory({ initial: 16777216 / PAGE, maximum: 32768 });
  // An abort is thrown as an error as well: nothing needs to be printed.
  const emscriptenModule = { printErr: () => undefined };
  const options = { wasmModule, wasmMemory: memory, emscriptenModule } as unknown as Parameters<typeof newVariant>[1];
  const variant = newVariant(packaged as unknown as QuickJSSyncVariant, options);
  const quickjs = await newQuickJSWASMModuleFromVariant(variant as QuickJSSyncVariant);
  return { quickjs, memory };
}

/** The WebAssembly file lies beside the bundle, or in its package. */
async function readWasm(): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(fileURLToPath(new URL('./quickjs.wasm', import.meta.url)));
  } catch {
    const path = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
    return await readFile(path);
  }
}
