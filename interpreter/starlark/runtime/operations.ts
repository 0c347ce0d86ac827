import type { MethodCode } from './function.ts';
import type { Signature } from './signature.ts';
import type { Value } from './value.ts';

/**
 * What emitted code can do. The text that the emitter makes of a file is one JavaScript expression,
 *
 *     (function ($, module) { 'use strict'; …; return [first, second]; })
 *
 * evaluated as a script under the Starlark file's own path. `$` are these operations; the function runs the file's top level once and
 * answers the values of its globals in the order in which the compiler names them (`undefined` for one that was never assigned).
 *
 * How values look: None is `null`, a bool is a boolean, an int is a number within ±(2^53-1) and a bigint beyond (always the smaller
 * form), a string is a string (a byte that is no UTF-8 is the lone surrogate U+DC00 plus the byte), everything else is an object of
 * value.ts and its neighbours. `undefined` is never a value: it marks what is not there. Literals of ints and strings are
 * written as they stand; floats, bytes, tuples, lists, dicts are made by `float`, `bytes`, `tuple`, `list`, `dict`, once per file where they
 * are immutable.
 *
 * No operation uses `this`. How the text shows places is said in emit/module.ts.
 */
export interface Operations {
  // ---- constants and displays
  float(value: number): Value;
  /** Each a byte. */
  bytes(values: readonly number[]): Value;
  /** Takes the array over. */
  tuple(items: Value[]): Value;
  /** Takes the array over. */
  list(items: Value[]): Value;
  /** Keys and values by turns. Refuses a key that stands there twice (as a display does) or that has no hash. */
  dict(flat: readonly Value[]): Value;
  /** One entry of a display, refused if the key is there; answers the dict: for displays whose entries need a place each. */
  insert(dict: Value, key: Value, value: Value): Value;
  /** `dict[key] = value` of a comprehension. */
  put(dict: Value, key: Value, value: Value): void;

  // ---- names
  /** For reading: the value, or the error that says that a local or free variable has none. Emit only where it may have none. */
  local(value: Value | undefined, name: string): Value;
  /** The same for a global variable. */
  global(value: Value | undefined, name: string): Value;

  // ---- operators
  truth(x: Value): boolean;
  equal(x: Value, y: Value): boolean;
  less(x: Value, y: Value): boolean;
  lessOrEqual(x: Value, y: Value): boolean;
  greater(x: Value, y: Value): boolean;
  greaterOrEqual(x: Value, y: Value): boolean;
  /** `x in y`; `not in` is its negation. */
  isIn(x: Value, y: Value): boolean;
  add(x: Value, y: Value): Value;
  subtract(x: Value, y: Value): Value;
  multiply(x: Value, y: Value): Value;
  divide(x: Value, y: Value): Value;
  floorDivide(x: Value, y: Value): Value;
  /** `x % y`, also of strings. */
  remainder(x: Value, y: Value): Value;
  and(x: Value, y: Value): Value;
  or(x: Value, y: Value): Value;
  xor(x: Value, y: Value): Value;
  shiftLeft(x: Value, y: Value): Value;
  shiftRight(x: Value, y: Value): Value;
  negative(x: Value): Value;
  positive(x: Value): Value;
  invert(x: Value): Value;
  /** The new value of `x` in `x += y`: a list is changed in place. Other augmented assignments are their operator. */
  addInPlace(x: Value, y: Value): Value;
  /** The new value of `x` in `x |= y`: a dict is changed in place. */
  orInPlace(x: Value, y: Value): Value;

  // ---- parts
  index(x: Value, key: Value): Value;
  setIndex(x: Value, key: Value, value: Value): void;
  /** `undefined` for what is left out. */
  slice(x: Value, from: Value | undefined, to: Value | undefined, step: Value | undefined): Value;
  attribute(x: Value, name: string): Value;
  setAttribute(x: Value, name: string, value: Value): void;
  /** Exactly `count` values of an iterable, in an array of its own. */
  unpack(x: Value, count: number): Value[];

  // ---- loops
  /** Begins a loop; emitted code ends it with `done` in a `finally`, however the loop is left. */
  iterate(x: Value): Loop;

  // ---- calls
  call0(f: Value): Value;
  call1(f: Value, a: Value): Value;
  call2(f: Value, a: Value, b: Value): Value;
  call3(f: Value, a: Value, b: Value, c: Value): Value;
  /** Any number of positional arguments; takes the array over. */
  call(f: Value, args: Value[]): Value;
  /** With keywords, whose names may be a constant of the file. */
  callKeywords(f: Value, args: Value[], names: readonly string[], values: readonly Value[]): Value;
  /** With `*args` and `**kwargs`; `undefined` where there is none. */
  callSpread(
    f: Value,
    args: Value[],
    names: readonly string[],
    values: readonly Value[],
    star: Value | undefined,
    starStar: Value | undefined,
  ): Value;

  // ---- calls of methods: `x.name(a)` is `invoke1(method(x, 'name'), x, a)`
  /** Fails as `attribute` does. Its answer is only for the functions below, with the same `x`. */
  method(x: Value, name: string): BoundLater;
  invoke0(m: BoundLater, x: Value): Value;
  invoke1(m: BoundLater, x: Value, a: Value): Value;
  invoke2(m: BoundLater, x: Value, a: Value, b: Value): Value;
  invoke3(m: BoundLater, x: Value, a: Value, b: Value, c: Value): Value;
  invoke(m: BoundLater, x: Value, args: Value[]): Value;
  invokeKeywords(m: BoundLater, x: Value, args: Value[], names: readonly string[], values: readonly Value[]): Value;
  invokeSpread(
    m: BoundLater,
    x: Value,
    args: Value[],
    names: readonly string[],
    values: readonly Value[],
    star: Value | undefined,
    starStar: Value | undefined,
  ): Value;

  // ---- functions
  /**
   * A function. `code` gets one argument for each parameter, bound and complete: those of `signature.names` in order, then
   * the tuple of `*args` if there is one, then the dict of `**kwargs` if there is one. It answers a value (`null` for no `return`).
   * `captured` answers the values of the variables of functions around it that it uses (those that have one), to be frozen with it;
   * left out where it uses none. `defaults` is empty where no parameter has a default, else as long as `names`, with `undefined` for a
   * parameter without.
   */
  def(
    signature: Signature,
    defaults: readonly (Value | undefined)[],
    code: (...args: never[]) => Value,
    captured?: () => readonly (Value | undefined)[],
  ): Value;
}

/** A method that knows its value only when it is called, or any other attribute. */
export type BoundLater = MethodCode | Value;

/** Values to go over, in portions. Until `done` a list, dict or set refuses to be changed. */
export interface Loop {
  /** The first values; nobody changes them before `done`. */
  readonly items: readonly Value[];
  /** The values that follow those that were answered before; none at the end. */
  more(): readonly Value[];
  done(): void;
}

/** What a file sees of its surroundings: the second argument of the emitted function. */
export interface ModuleScope {
  /** A predeclared or universal name; the compiler let only those through that exist. Look each one up once, at the beginning. */
  get(name: string): Value;
  /** `load(path, …)`: the values of these names of another file, in this order. */
  load(path: string, names: readonly string[]): Value[];
}

/** What the compiler makes of a file (interpreter/starlark/compile.ts), as the interpreter needs it. */
export interface CompiledFile {
  readonly code: string;
  /** Names of all global variables, in the order of their first binding. Those of `load` are not among them. */
  readonly globals: readonly string[];
  /**
   * The place in the Starlark file of a line of the emitted text, and the Starlark function that it belongs to; nothing for a line that
   * is no place. Lines and columns count from 1, columns in characters.
   */
  locate(line: number): Place | undefined;
}

export interface Place {
  readonly line: number;
  readonly column: number;
  /** The name of a `def`, `lambda` or `<toplevel>`. */
  readonly functionName: string;
}

export type CompileResult =
  | { readonly ok: true; readonly file: CompiledFile }
  | {
      readonly ok: false;
      /** In Go's words, without position; the first is the one that is shown (Tilt prints all of a resolver's). Columns count characters. */
      readonly errors: readonly { readonly message: string; readonly line: number; readonly column: number }[];
    };

/** `compile(text, file, isPredeclared, isUniversal)`: pure. `text` are the file's bytes as UTF-8, decoded by the compiler. */
export type Compile = (
  bytes: Uint8Array,
  file: string,
  /** Names that a file finds without defining them: those of the library, and those of `universe.ts`. */
  known: { readonly predeclared: ReadonlySet<string>; readonly universal: ReadonlySet<string> },
) => CompileResult;
