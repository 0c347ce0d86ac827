import type { Broker } from './broker.ts';
import type { SourcePosition, StackFrame } from './position.ts';
import type { HelperName } from './starlark/helper-names.ts';
import type { HostPromise, ScriptFunction, ScriptObject, ScriptValue } from './value.ts';

/** One call of a builtin by a script. */
export interface Call {
  /** The builtin's dotted name, as the script knows it: `os.path.join`. */
  readonly name: string;
  readonly args: readonly ScriptValue[];
  /**
   * Arguments that were given by name, where the caller's language tells them apart (Starlark). Nothing for a call from JavaScript,
   * where an object at the end of `args` may stand for them.
   */
  readonly keywords?: ScriptObject | undefined;
  /** The innermost frame of the user's code: the place that messages and declarations point at. */
  readonly position: SourcePosition;
  /** The whole stack of the user's code, innermost first. */
  readonly stack: readonly StackFrame[];
  readonly broker: Broker;
  /** For a call from Starlark, how it came about: a traceback, indented by four blanks. */
  traceback?(): string | undefined;
  /** Calls back into the script; throws `Refusal` with the script's own error if it throws. */
  invoke(fn: ScriptFunction, args: readonly ScriptValue[]): ScriptValue;
  /**
   * Evaluates another module (once; later calls answer from the first) before it returns, and answers its exports.
   * `specifier` is an absolute path. Throws `Refusal` if the module cannot be read, fails or is being loaded already.
   */
  loadModule(specifier: string): ScriptObject;
  /** For a builtin that answers a promise. */
  defer(): Deferred;
  /** Ends the script here, successfully; what it declared so far counts. The script cannot catch it. */
  exit(): never;
}

/** A function of the host that scripts can call. It is synchronous for the script. */
export type BuiltinFunction = (call: Call) => ScriptValue;

/** A promise that a builtin answers now and settles later. */
export interface Deferred {
  readonly promise: HostPromise;
  /** Fulfils it with what `run` answers, or rejects it with the `Refusal` that it throws: an error at the place of the call. */
  settle(run: () => ScriptValue): void;
}

/**
 * How a builtin says no. In the script it is an `Error` with this message, thrown at the place of the call.
 * This is the one exception that stands for an expected failure: QuickJS knows no other way to end a call.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The place that it is about, where that is not the place of the call. */
  readonly position: SourcePosition | undefined;
  constructor(message: string, options: ErrorOptions & { readonly position?: SourcePosition | undefined } = {}) {
    super(message, options);
    this.position = options.position;
  }
}

/** Everything that a script finds in its sandbox beside the language itself. */
export interface Library {
  /** By dotted name; `os.path.join` makes `os` and `os.path` frozen objects. Also exported by the module `moduleName`. */
  readonly functions: ReadonlyMap<string, BuiltinFunction>;
  /** Frozen values by dotted name. */
  readonly constants: ReadonlyMap<string, ScriptValue>;
  /** The bare specifier under which scripts may import the same names: `tilt`. */
  readonly moduleName: string;
  /**
   * JavaScript that runs in the sandbox before the script, for what must live there: prototypes of tagged values, proxies.
   * It sees the functions and constants as globals, `defineTag(name, prototype)`, and `defineLazy(names, source, parts)` for globals
   * whose code is loaded when a script first uses one of them.
   */
  readonly prelude: string;
  readonly starlark?: StarlarkLibrary;
  /**
   * Finds the module that `specifier` names, where that begins with a scheme of the library's own (`ext://name`): its absolute path,
   * or nothing for a scheme that it does not know. It may take its time. Throws `Refusal` where there is no such module.
   */
  readonly locateModule?: (specifier: string, site: ImportSite) => string | undefined;
  /** The code of globals by the name that `defineLazy` was given: a function expression that gets `parts` and answers them. */
  readonly lazySources?: ReadonlyMap<string, string>;
}

/** What a library adds for scripts in Starlark. */
export interface StarlarkLibrary {
  /** Absolute path of the module with which the run-time starts: it exports `start`, as starlark/runtime/entry.ts does. */
  readonly entry: string;
  /** All names that a file finds without defining them, but for those of the language itself. */
  readonly names: ReadonlySet<string>;
  /** Functions of starlark/runtime/for-javascript.ts that the library's module exports beside its own. */
  readonly helpers?: readonly HelperName[];
}

/** An `import` in a file. */
export interface ImportSite {
  readonly broker: Broker;
  readonly position: SourcePosition;
}
