/** What the sandbox gives to the run-time when it starts: the way to the host, and to JavaScript's realm. */
export interface Bridge {
  /** Absolute path of the script that everything begins with. */
  readonly mainFile: string;
  /** Calls a builtin of the host. The answer begins with a mark: border.ts reads it. */
  call(index: number, text: string, stack: string): string | undefined;
  /** The number by which the host knows a value that stays here; the same one each time. */
  keep(value: object): number;
  kept(id: number): unknown;
  /** Marks an error as a refusal of the host, by the host's number for it. */
  refuse(error: Error, id: number): void;
  /**
   * Finds and reads the file that `specifier` means in a file, as JSON text: `{ file, language: 'starlark', globals }`,
   * `{ file, language: 'javascript' }` or `{ error }`, why it cannot be read.
   */
  find(from: string, specifier: string): string;
  /** The function that a Starlark file, found before, was compiled to. */
  code(file: string): ModuleCode;
  /** Evaluates a JavaScript module and answers its exports. */
  importModule(file: string): Readonly<Record<string, unknown>>;
  /** Text of `print`. */
  print(text: string): void;
  readonly javascript: JavaScriptRealm;
}

/** (function ($, module) { … }): what emit/module.ts says. */
export type ModuleCode = (operations: unknown, scope: unknown) => readonly unknown[];

/** Values of the user's JavaScript: they belong to another realm than the run-time, with objects and errors of its own. */
export interface JavaScriptRealm {
  shapeOf(value: unknown): JavaScriptShape;
  /** Class of an object, for messages. */
  kindOf(value: object): string;
  /** Whether a function is one of the library and not the script's own. */
  isBuiltin(fn: object): boolean;
  makeArray(): unknown[];
  makeObject(): Record<string, unknown>;
  makeMap(): Map<unknown, unknown>;
  makeSet(): Set<unknown>;
  makeBytes(length: number): Uint8Array;
  makeFunction(name: string, run: (args: readonly unknown[]) => unknown): (...args: unknown[]) => unknown;
  /** Sets a property of any name. */
  put(object: object, key: string, value: unknown): void;
  /** What a tagged value is made of. */
  tagged(value: object): { readonly id: number; readonly tag: string } | undefined;
  /** The tagged value with a number, if there is one on that side. */
  taggedObject(id: number): object | undefined;
  makeTagged(id: number, tag: string, fields: Readonly<Record<string, unknown>>): object;
}

export type JavaScriptShape = 'array' | 'object' | 'map' | 'set' | 'bytes' | 'function' | 'tagged' | 'other';

/** Where functions and constants of the library go, as library-layout.ts writes it. */
export interface LibraryLayout {
  readonly functions: readonly { readonly path: readonly string[]; readonly name: string }[];
  readonly constants: readonly { readonly path: readonly string[]; readonly name: string; readonly value: unknown }[];
}
