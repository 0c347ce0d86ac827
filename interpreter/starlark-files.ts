import { fileURLToPath } from 'node:url';
import type { Library } from './builtin.ts';
import { compile } from './starlark/compile.ts';
import type { CompiledFile } from './starlark/runtime/operations.ts';
import { UNIVERSAL_NAMES } from './starlark/universal-names.ts';

export type StarlarkResult =
  | { readonly ok: true; readonly file: CompiledFile }
  | {
      readonly ok: false;
      readonly error: { readonly message: string; readonly line: number; readonly column: number };
    };

/** Compiles the Starlark files of one evaluation. */
export class StarlarkFiles {
  readonly #known: { readonly predeclared: ReadonlySet<string>; readonly universal: ReadonlySet<string> };

  constructor(library: Library) {
    this.#known = { predeclared: predeclaredNames(library), universal: UNIVERSAL_NAMES };
  }

  compile(bytes: Uint8Array): StarlarkResult {
    const result = compile(bytes, this.#known);
    if (result.ok) return result;
    const [error] = result.errors;
    if (error === undefined) throw new Error('a Starlark file was refused without a reason');
    return { ok: false, error };
  }
}

function predeclaredNames({ starlark, functions, constants }: Library): ReadonlySet<string> {
  const names =
    starlark?.names ?? [...functions.keys(), ...constants.keys()].map((name) => name.split('.')[0] as string);
  return new Set([...names, '__file__', '__name__']);
}

/** All of them, as for Tilt's `load_dynamic`: only Starlark's `load` refuses names that begin with an underscore. */
export function exportedNames({ globals }: CompiledFile): readonly string[] {
  return globals;
}

/** The ES module by which JavaScript, and the sandbox itself, runs a Starlark file. */
export function starlarkModule(file: string, compiled: CompiledFile, hook: string, wait: boolean): string {
  const names = exportedNames(compiled);
  const values = names.map((name, index) => `const v${index}=exports[${JSON.stringify(name)}];`);
  const exported = names.map((name, index) => `v${index} as ${name}`);
  const run = `import{run}from${JSON.stringify(hook)};${wait ? 'await null;' : ''}const exports=run(${JSON.stringify(file)});`;
  return `${run}${values.join('')}export{${exported.join()}};`;
}

/** The module with which the run-time starts for a library that has none of its own. */
export function plainEntry(): string {
  return fileURLToPath(new URL('./starlark/runtime/entry.ts', import.meta.url));
}
