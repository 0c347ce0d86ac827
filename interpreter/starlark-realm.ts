import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import type { Library } from './builtin.ts';
import type { Interior } from './interior.ts';
import type { Modules } from './modules.ts';
import { STARLARK_RUNTIME } from './stack.ts';
import { plainEntry } from './starlark-files.ts';
import { stripTypes } from './typescript.ts';

export function isRuntimeModule(name: string): boolean {
  return name.startsWith(STARLARK_RUNTIME);
}

export function resolveRuntimeModule(base: string, specifier: string): string {
  if (isRuntimeModule(specifier)) return specifier;
  return STARLARK_RUNTIME + resolve(dirname(base.slice(STARLARK_RUNTIME.length)), specifier);
}

/** The text of a module of the run-time: from the bundle, or from the sources with their types taken away. */
export function runtimeSource(name: string): string {
  const file = name.slice(STARLARK_RUNTIME.length);
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('.ts')) return text;
  const stripped = stripTypes(text, file);
  if (!stripped.ok) throw new Error(stripped.message);
  return stripped.code;
}

/**
 * The realm in which Starlark runs, with intrinsics of its own: what a user's JavaScript does to its `Array.prototype` does not reach
 * it. It starts when the first Starlark file is met.
 */
export class StarlarkRealm {
  readonly #runtime: QuickJSRuntime;
  readonly #interior: Interior;
  readonly #modules: Modules;
  readonly #library: Library;
  #context: QuickJSContext | undefined;

  constructor(runtime: QuickJSRuntime, interior: Interior, modules: Modules, library: Library) {
    this.#runtime = runtime;
    this.#interior = interior;
    this.#modules = modules;
    this.#library = library;
  }

  /** `layout` says where the library's members go. Throws plain errors: whatever goes wrong here is a bug. */
  start(layout: string): void {
    const context = this.#runtime.newContext();
    this.#context = context;
    const code = context.newFunction('code', (file) => this.#code(context, context.getString(file)));
    const bridge = this.#interior.bridge(code);
    const parsed = must(context, context.evalCode(`JSON.parse(${JSON.stringify(layout)})`, STARLARK_RUNTIME));
    const start = this.#entry(context);
    const api = must(context, context.callFunction(start, context.undefined, bridge, parsed));
    this.#interior.attach(api);
    for (const handle of [code, bridge, parsed, start, api]) handle.dispose();
  }

  #entry(context: QuickJSContext): QuickJSHandle {
    const entry = STARLARK_RUNTIME + (this.#library.starlark?.entry ?? plainEntry());
    const text = `export { start } from ${JSON.stringify(entry)};`;
    const namespace = must(context, context.evalCode(text, STARLARK_RUNTIME, { type: 'module' }));
    const start = context.getProp(namespace, 'start');
    namespace.dispose();
    return start;
  }

  /** The function that a file was compiled to. The run-time asks for files only that it found. */
  #code(context: QuickJSContext, file: string): QuickJSHandle | { readonly error: QuickJSHandle } {
    const compiled = this.#modules.starlark(file);
    if (!compiled.ok) throw new Error(compiled.error.message);
    const result = context.evalCode(compiled.value.code, file);
    return result.error ? { error: result.error } : result.value;
  }

  dispose(): void {
    this.#context?.dispose();
  }
}

function must(context: QuickJSContext, result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
  if (!result.error) return result.value;
  const error: unknown = context.dump(result.error);
  result.error.dispose();
  throw new Error(`the run-time of Starlark failed: ${JSON.stringify(error)}`);
}
