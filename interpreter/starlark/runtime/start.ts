import { attribute, invoke, invoke0, invoke1, invoke2, invoke3, method, setAttribute } from './attribute.ts';
import { Border } from './border.ts';
import type { Bridge, LibraryLayout } from './bridge.ts';
import { Bytes } from './bytes.ts';
import { pairsOf, spreadArguments, spreadKeywords } from './calls.ts';
import { compare, equal } from './compare.ts';
import { Dict } from './dict.ts';
import { ForJavaScript } from './for-javascript.ts';
import {
  Builtin,
  type BuiltinCode,
  Callable,
  call,
  call0,
  call1,
  call2,
  call3,
  type FunctionCode,
  StarlarkFunction,
} from './function.ts';
import { List, Tuple } from './list.ts';
import { Loading } from './loading.ts';
import { iterate } from './loop.ts';
import { Float } from './number.ts';
import type { Operations } from './operations.ts';
import {
  add,
  addInPlace,
  and,
  divide,
  floorDivide,
  invert,
  isIn,
  multiply,
  negative,
  or,
  orInPlace,
  positive,
  remainder,
  shiftLeft,
  shiftRight,
  subtract,
  xor,
} from './operators.ts';
import { index, setIndex, slice, unpack } from './parts.ts';
import { repr } from './show.ts';
import { Module } from './struct.ts';
import { makeUniverse } from './universe.ts';
import { freeze, StarlarkError, StarlarkObject, truth, type Value } from './value.ts';

/** What emitted code can do, but for what depends on its file. */
const OPERATIONS: Omit<Operations, 'def'> = {
  float: (value) => new Float(value),
  bytes: (values) => new Bytes(values),
  tuple: (items) => new Tuple(items),
  list: (items) => new List(items),
  dict(flat) {
    const dict = new Dict();
    for (let i = 0; i < flat.length; i += 2) dict.store(flat[i] as Value, flat[i + 1] as Value);
    return dict;
  },
  insert(dict, key, value) {
    const { table } = dict as Dict;
    if (table.get(key) !== undefined) throw new StarlarkError(`duplicate key: ${repr(key)}`);
    table.set(key, value);
    return dict;
  },
  put: (dict, key, value) => (dict as Dict).store(key, value),
  local(value, name) {
    if (value !== undefined) return value;
    throw new StarlarkError(`local variable ${name} referenced before assignment`);
  },
  global(value, name) {
    if (value !== undefined) return value;
    throw new StarlarkError(`global variable ${name} referenced before assignment`);
  },
  truth,
  equal: (x, y) => equal(x, y),
  less: (x, y) => (typeof x === 'number' && typeof y === 'number' ? x < y : compare('<', x, y)),
  lessOrEqual: (x, y) => (typeof x === 'number' && typeof y === 'number' ? x <= y : compare('<=', x, y)),
  greater: (x, y) => (typeof x === 'number' && typeof y === 'number' ? x > y : compare('>', x, y)),
  greaterOrEqual: (x, y) => (typeof x === 'number' && typeof y === 'number' ? x >= y : compare('>=', x, y)),
  isIn,
  add,
  subtract,
  multiply,
  divide,
  floorDivide,
  remainder,
  and,
  or,
  xor,
  shiftLeft,
  shiftRight,
  negative,
  positive,
  invert,
  addInPlace,
  orInPlace,
  index,
  setIndex,
  slice,
  attribute,
  setAttribute,
  unpack,
  iterate,
  call0,
  call1,
  call2,
  call3,
  call: (f, args) => call(f, args),
  callKeywords: (f, args, names, values) => call(f, args, pairsOf(names, values)),
  callSpread: (f, args, names, values, star, starStar) =>
    call(f, spreadArguments(args, star), spreadKeywords(names, values, starStar)),
  method,
  invoke0,
  invoke1,
  invoke2,
  invoke3,
  invoke: (m, x, args) => invoke(m, x, args),
  invokeKeywords: (m, x, args, names, values) => invoke(m, x, args, pairsOf(names, values)),
  invokeSpread: (m, x, args, names, values, star, starStar) =>
    invoke(m, x, spreadArguments(args, star), spreadKeywords(names, values, starStar)),
};

export function operationsFor(file: string): Operations {
  return {
    ...OPERATIONS,
    def: (signature, defaults, code, captured) =>
      new StarlarkFunction(signature, defaults, code as unknown as FunctionCode, captured, file),
  };
}

/** A run-time with its library: what a prelude adds to. */
export interface Runtime {
  readonly border: Border;
  readonly loading: Loading;
  /** The library's names, and what the prelude puts in their place. */
  readonly predeclared: Map<string, Value>;
  print(text: string): void;
}

/** What the sandbox asks of the run-time. */
export interface StarlarkApi {
  /** Whether a value of the realm is one of Starlark's objects. */
  owns(value: unknown): boolean;
  /** The name of an error of Starlark's realm; nothing for anything else. */
  errorKind(value: unknown): string | undefined;
  toJavaScript(value: unknown): unknown;
  /** A value of Starlark's as text for the host, as border.ts writes it. */
  write(value: unknown): string;
  /** A tagged value as JavaScript sees it, by the host's number. */
  tagged(id: number): unknown;
  /** Calls a function of Starlark for the host; texts as border.ts writes and reads them. */
  invoke(fn: unknown, args: string): string;
  /** Does for JavaScript what Starlark does: one of the functions of for-javascript.ts. */
  help(name: string, args: readonly unknown[]): unknown;
  /** Runs a file, once, and answers what its globals are to JavaScript. */
  run(file: string): (name: string) => unknown;
}

/** Starts the run-time in its realm. `prelude` gives the library what must live here. */
export function startStarlark(bridge: Bridge, layout: LibraryLayout, prelude: (runtime: Runtime) => void): StarlarkApi {
  const border = new Border(bridge);
  const universe = makeUniverse((text) => bridge.print(text));
  const predeclared = new Map<string, Value>();
  const loading = new Loading(bridge, {
    interop: border.interop,
    operationsFor,
    lookUp: (name, file) => lookUp(name, file, bridge.mainFile, predeclared, universe),
  });
  const runtime: Runtime = { border, loading, predeclared, print: (text) => bridge.print(text) };
  layout.functions.forEach(({ path, name }, number) => {
    place(predeclared, path, name, hostBuiltin([...path, name].join('.'), number, bridge, border));
  });
  prelude(runtime);
  for (const { path, name, value } of layout.constants) place(predeclared, path, name, border.revive(value));
  for (const value of predeclared.values()) freeze(value);
  const helpers = new ForJavaScript(bridge.javascript, border.interop, universe);
  return {
    owns: (value) => value instanceof StarlarkObject,
    errorKind: (value) => (value instanceof Error ? value.name : undefined),
    toJavaScript: (value) => border.interop.toJavaScript(value as Value),
    tagged(id) {
      const value = border.hostValue(id);
      return value && border.interop.toJavaScript(value);
    },
    invoke(fn, args) {
      if (!(fn instanceof Callable)) throw new StarlarkError('the host called what is no function');
      return border.writeOne(fn.call(border.readList(args), []));
    },
    write: (value) => border.writeOne(value as Value),
    help: (name, args) => helpers.run(name, args),
    run(file) {
      const globals = loading.load(file);
      return (name) => border.interop.toJavaScript(globals.get(name));
    },
  };
}

function hostBuiltin(name: string, number: number, bridge: Bridge, border: Border): Builtin {
  // The function's name tells a stack that its frame is one of a builtin.
  const code: Record<string, BuiltinCode> = {
    [`$${name}`](args, keywords) {
      return border.read(bridge.call(number, border.writeCall(args, keywords), new Error('').stack ?? ''));
    },
  };
  return new Builtin(name, code[`$${name}`] as BuiltinCode);
}

function place(predeclared: Map<string, Value>, path: readonly string[], name: string, value: Value): void {
  membersOf(predeclared, path).set(name, value);
}

/** The members of a module of the library, made where it is not there yet. */
function membersOf(predeclared: Map<string, Value>, path: readonly string[]): Map<string, Value> {
  let members = predeclared;
  path.forEach((part, depth) => {
    let module = members.get(part);
    if (!(module instanceof Module)) {
      module = new Module([], `[module: ${path.slice(0, depth + 1).join('.')}]`, 'unhashable type: module');
      members.set(part, module);
    }
    members = (module as Module).members;
  });
  return members;
}

function lookUp(
  name: string,
  file: string,
  mainFile: string,
  predeclared: ReadonlyMap<string, Value>,
  universe: ReadonlyMap<string, Value>,
): Value {
  if (name === '__file__') return file;
  if (name === '__name__') return file === mainFile ? '__main__' : file.slice(file.lastIndexOf('/') + 1);
  const value = predeclared.get(name) ?? universe.get(name);
  if (value !== undefined || name === 'None') return value ?? null;
  throw new StarlarkError(`internal error: predeclared variable ${name} is uninitialized`);
}
