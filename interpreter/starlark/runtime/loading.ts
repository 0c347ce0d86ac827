import type { Bridge } from './bridge.ts';
import type { Interop } from './interop.ts';
import type { ModuleScope } from './operations.ts';
import { withHint } from './spell.ts';
import { freeze, StarlarkError, type Value } from './value.ts';

type Globals = ReadonlyMap<string, Value>;

type Module =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly globals: Globals }
  | { readonly state: 'failed'; readonly error: unknown };

type Found =
  | { readonly file: string; readonly language: 'starlark'; readonly globals: readonly string[] }
  | { readonly file: string; readonly language: 'javascript' }
  | { readonly error: string };

export interface Surroundings {
  /** A predeclared or universal name as a file sees it. */
  lookUp(name: string, file: string): Value;
  /** The operations for the code of a file. */
  operationsFor(file: string): unknown;
  readonly interop: Interop;
}

/** The files that were loaded, each of which runs once. */
export class Loading {
  readonly #bridge: Bridge;
  readonly #around: Surroundings;
  readonly #modules = new Map<string, Module>();
  /** The file whose top level runs: paths are relative to it. */
  #running = '';

  constructor(bridge: Bridge, around: Surroundings) {
    this.#bridge = bridge;
    this.#around = around;
  }

  /**
   * Loads a file by its path or another specifier, relative to the file whose top level runs. Throws the error of its code as it is;
   * `explain` puts words around any other reason why it cannot be loaded.
   */
  load(specifier: string, explain: (reason: string) => string = (reason) => reason): Globals {
    const found = JSON.parse(this.#bridge.find(this.#running, specifier)) as Found;
    if ('error' in found) throw new StarlarkError(explain(found.error));
    const known = this.#modules.get(found.file);
    if (known?.state === 'running') throw new StarlarkError(explain(`Circular load: ${found.file}`));
    if (known?.state === 'failed') throw known.error;
    if (known !== undefined) return known.globals;
    return this.#once(found.file, () =>
      found.language === 'starlark' ? this.#run(found.file, found.globals) : this.#import(found.file),
    );
  }

  #once(file: string, run: () => Globals): Globals {
    this.#modules.set(file, { state: 'running' });
    const outer = this.#running;
    this.#running = file;
    try {
      const globals = run();
      for (const value of globals.values()) freeze(value);
      this.#modules.set(file, { state: 'done', globals });
      return globals;
    } catch (error) {
      this.#modules.set(file, { state: 'failed', error });
      throw error;
    } finally {
      this.#running = outer;
    }
  }

  #run(file: string, names: readonly string[]): Globals {
    const scope: ModuleScope = {
      get: (name) => this.#around.lookUp(name, file),
      load: (specifier, wanted) => this.#symbols(specifier, wanted),
    };
    const values = this.#bridge.code(file)(this.#around.operationsFor(file), scope) as readonly (Value | undefined)[];
    const globals = new Map<string, Value>();
    names.forEach((name, index) => {
      const value = values[index];
      if (value !== undefined) globals.set(name, value);
    });
    return globals;
  }

  #import(file: string): Globals {
    const exports = this.#bridge.importModule(file);
    return new Map(Object.keys(exports).map((name) => [name, this.#around.interop.fromJavaScript(exports[name])]));
  }

  #symbols(specifier: string, names: readonly string[]): Value[] {
    const globals = this.load(specifier, (reason) => `cannot load ${specifier}: ${reason}`);
    return names.map((name) => {
      const value = globals.get(name);
      if (value !== undefined) return value;
      const message = `load: name ${name} not found in module ${specifier}`;
      throw new StarlarkError(withHint(message, name, [...globals.keys()].sort()));
    });
  }
}
