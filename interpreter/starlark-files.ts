import { fileURLToPath } from 'node:url';
import type { EffectResult } from './broker.ts';
import type { Library } from './builtin.ts';
import { missingFile } from './import-failure.ts';
import type { Loaded, LoadFailure } from './load-failure.ts';
import type { CompiledFile, Place } from './starlark/runtime/operations.ts';
import { UNIVERSAL_NAMES } from './starlark/universal-names.ts';
import { compiled } from './starlark-compiled.ts';

/** By its name, a file is either JavaScript (or JSON) or Starlark. */
export function isJavaScript(file: string): boolean {
  return /\.(?:[mc]?[jt]s|[jt]sx|json)$/.test(file);
}

interface StarlarkFile {
  readonly text: string;
  readonly compiled: Loaded<CompiledFile>;
}

/** The Starlark files of one evaluation, each compiled once. */
export class StarlarkFiles {
  readonly #known: { readonly predeclared: ReadonlySet<string>; readonly universal: ReadonlySet<string> };
  readonly #files = new Map<string, StarlarkFile>();

  constructor(library: Library) {
    this.#known = { predeclared: predeclaredNames(library), universal: UNIVERSAL_NAMES };
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** Asks for the file's text the first time. */
  load(file: string, read: () => EffectResult<Uint8Array>): StarlarkFile {
    let loaded = this.#files.get(file);
    if (loaded === undefined) {
      loaded = this.#load(file, read());
      this.#files.set(file, loaded);
    }
    return loaded;
  }

  #load(file: string, read: EffectResult<Uint8Array>): StarlarkFile {
    if (!read.ok) {
      const message = missingFile(file, file, read.error, true);
      return { text: '', compiled: { ok: false, error: { kind: 'missing-file', message, position: undefined } } };
    }
    const text = new TextDecoder().decode(read.value);
    const result = compiled(read.value, this.#known);
    if (result.ok) return { text, compiled: { ok: true, value: result.file } };
    const [error] = result.errors;
    if (error === undefined) throw new Error('a Starlark file was refused without a reason');
    const { message, line, column } = error;
    return { text, compiled: { ok: false, error: { kind: 'syntax', message, position: { file, line, column } } } };
  }

  /** The names that a file exports to JavaScript; nothing for other files. Only Starlark's `load` refuses those with an underscore in front. */
  exports(file: string): readonly string[] | undefined {
    const compiled = this.#files.get(file)?.compiled;
    return compiled?.ok ? compiled.value.globals : undefined;
  }

  /** The place that a line of the emitted text means. */
  locate(file: string, line: number): Place | undefined {
    const compiled = this.#files.get(file)?.compiled;
    return compiled?.ok ? compiled.value.locate(line) : undefined;
  }
}

/** Why a file could not be loaded, for a message that says nothing else of its place. */
export function loadProblem({ message, position }: LoadFailure): string {
  return position === undefined ? message : `${position.file}:${position.line}:${position.column}: ${message}`;
}

function predeclaredNames({ starlark, functions, constants }: Library): ReadonlySet<string> {
  const names =
    starlark?.names ?? [...functions.keys(), ...constants.keys()].map((name) => name.split('.')[0] as string);
  return new Set([...names, '__file__', '__name__']);
}

/** The ES module by which JavaScript, and the sandbox itself, runs a Starlark file. */
export function starlarkModule(file: string, names: readonly string[], hook: string, wait: boolean): string {
  const values = names.map((name, index) => `const v${index}=global(${JSON.stringify(name)});`);
  const exported = names.map((name, index) => `v${index} as ${name}`);
  const run = `import{run}from${JSON.stringify(hook)};${wait ? 'await null;' : ''}const global=run(${JSON.stringify(file)});`;
  return `${run}${values.join('')}export{${exported.join()}};`;
}

/** The module with which the run-time starts for a library that has none of its own. */
export function plainEntry(): string {
  return fileURLToPath(new URL('./starlark/runtime/entry.ts', import.meta.url));
}
