import vm from 'node:vm';
import { compile } from '../../interpreter/starlark/compile.ts';
import { Builtin, type BuiltinCode } from '../../interpreter/starlark/runtime/function.ts';
import type { Place } from '../../interpreter/starlark/runtime/operations.ts';
import { operationsFor } from '../../interpreter/starlark/runtime/start.ts';
import { makeUniverse } from '../../interpreter/starlark/runtime/universe.ts';
import type { Value } from '../../interpreter/starlark/runtime/value.ts';
import { UNIVERSAL_NAMES } from '../../interpreter/starlark/universal-names.ts';

/** Functions of a test that a program can call by name. */
export type TestBuiltins = Readonly<Record<string, BuiltinCode>>;

/** Names of other files and their values, for `load`. */
export type TestFiles = Readonly<Record<string, Readonly<Record<string, Value>>>>;

export interface Ran {
  /** What the program printed, a line each. */
  readonly prints: readonly string[];
  readonly globals: Readonly<Record<string, Value | undefined>>;
  /** How it failed: the message, and the frames from the innermost one, `name line:column`. */
  readonly error: { readonly message: string; readonly frames: readonly string[] } | undefined;
}

/** The emitted text of a program that has no mistakes. */
export function compiled(text: string, known: Iterable<string> = []) {
  const result = compile(Buffer.from(text), { predeclared: new Set(known), universal: UNIVERSAL_NAMES });
  if (!result.ok)
    throw new Error(result.errors.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n'));
  return result.file;
}

/** What the compiler says of a program, `line:column: message` each. */
export function mistakes(text: string | Uint8Array, known: Iterable<string> = []): readonly string[] {
  const result = compile(Buffer.from(text), { predeclared: new Set(known), universal: UNIVERSAL_NAMES });
  return result.ok ? [] : result.errors.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

/** Compiles and runs a program in Node, with the run-time and without any sandbox. */
export function runStarlark(text: string, builtins: TestBuiltins = {}, files: TestFiles = {}): Ran {
  const file = compiled(text, Object.keys(builtins));
  const prints: string[] = [];
  const universe = makeUniverse((line) => prints.push(line));
  const scope = {
    get(name: string): Value {
      const code = builtins[name];
      return code ? new Builtin(name, code) : (universe.get(name) ?? null);
    },
    load(path: string, names: readonly string[]): Value[] {
      return names.map((name) => files[path]?.[name] ?? null);
    },
  };
  try {
    const run: unknown = new vm.Script(file.code, { filename: 'program.star.js' }).runInThisContext();
    const values = (run as (operations: unknown, scope: unknown) => (Value | undefined)[])(
      operationsFor('program'),
      scope,
    );
    const globals = Object.fromEntries(file.globals.map((name, index) => [name, values[index]]));
    return { prints, globals, error: undefined };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      prints,
      globals: {},
      error: { message: error.message, frames: framesOf(error, (line) => file.locate(line)) },
    };
  }
}

function framesOf({ stack = '' }: Error, locate: (line: number) => Place | undefined): string[] {
  return [...stack.matchAll(/program\.star\.js:(\d+):\d+/g)].flatMap(([, line]) => {
    const place = locate(Number(line));
    return place ? [`${place.functionName} ${place.line}:${place.column}`] : [];
  });
}
