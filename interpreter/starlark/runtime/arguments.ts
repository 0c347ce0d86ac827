import { Callable, type Keyword } from './function.ts';
import { isInt } from './number.ts';
import { nearest } from './spell.ts';
import { quote } from './text.ts';
import { type Iteration, StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** Reads a value as what a parameter wants; throws with "got …, want …". */
export type Reader<T> = (value: Value) => T;

function wants<T extends Value>(want: string, fits: (value: Value) => value is T): Reader<T> {
  return (value) => {
    if (fits(value)) return value;
    throw new StarlarkError(`got ${typeOf(value)}, want ${want}`);
  };
}

export const anything: Reader<Value> = (value) => value;
export const aString = wants('string', (value): value is string => typeof value === 'string');
export const aBool = wants('bool', (value): value is boolean => typeof value === 'boolean');
export const aCallable = wants('callable', (value): value is Callable => value instanceof Callable);

/** An int of Go's type `int`. */
export const anInt: Reader<number> = (value) => {
  if (!isInt(value)) throw new StarlarkError(`got ${typeOf(value)}, want int`);
  if (typeof value === 'number' || (value >= -(2n ** 63n) && value < 2n ** 63n)) return Number(value);
  throw new StarlarkError(`${value} out of range (want value in signed 64-bit range)`);
};

export interface IterableValue extends StarlarkObject {
  iterate(): Iteration;
}

/** Whether a value can be gone over. */
export function isIterable(value: Value): value is IterableValue {
  if (!(value instanceof StarlarkObject)) return false;
  const iteration = value.iterate();
  iteration?.done();
  return iteration !== undefined;
}

export const anIterable = wants('iterable', isIterable);

type Values<R extends readonly Reader<unknown>[]> = {
  [K in keyof R]: R[K] extends Reader<infer T> ? T | undefined : never;
};

/** Arguments by position only, of which the first `least` must be there. */
export function positional<const R extends readonly Reader<unknown>[]>(
  name: string,
  args: readonly Value[],
  keywords: readonly Keyword[],
  least: number,
  ...readers: R
): Values<R> {
  if (keywords.length > 0) throw new StarlarkError(`${name}: unexpected keyword arguments`);
  const most = readers.length;
  if (args.length < least) {
    throw new StarlarkError(`${name}: got ${args.length} arguments, want ${least < most ? 'at least ' : ''}${least}`);
  }
  if (args.length > most) {
    throw new StarlarkError(`${name}: got ${args.length} arguments, want ${most > least ? 'at most ' : ''}${most}`);
  }
  // This is on the way of every call: an array method and a text per parameter would take half of its time.
  const values: unknown[] = [];
  for (let index = 0; index < most; index++) {
    const value = args[index];
    const read = readers[index] as Reader<unknown>;
    if (value === undefined || read === anything) values[index] = value;
    else values[index] = readPositional(read, value, name, index);
  }
  return values as unknown as Values<R>;
}

function readPositional(read: Reader<unknown>, value: Value, name: string, index: number): unknown {
  try {
    return read(value);
  } catch (error) {
    throw new StarlarkError(`${name}: for parameter ${index + 1}: ${(error as Error).message}`);
  }
}

function readAs(read: Reader<unknown>, value: Value, place: string): unknown {
  try {
    return read(value);
  } catch (error) {
    throw new StarlarkError(`${place}: ${(error as Error).message}`);
  }
}

/** A name, with a question mark behind it for one that may be left out, and how to read its value. */
export type Parameter<T> = readonly [name: string, read: Reader<T>];

type Named<P extends readonly Parameter<unknown>[]> = {
  [K in keyof P]: P[K] extends Parameter<infer T> ? T | undefined : never;
};

/** Arguments by position or by name. */
export function named<const P extends readonly Parameter<unknown>[]>(
  name: string,
  args: readonly Value[],
  keywords: readonly Keyword[],
  ...parameters: P
): Named<P> {
  const names = parameters.map(([parameter]) => parameter.replace(/\?$/, ''));
  if (args.length > parameters.length) {
    throw new StarlarkError(`${name}: got ${args.length} arguments, want at most ${parameters.length}`);
  }
  const values: unknown[] = new Array(parameters.length).fill(undefined);
  const reader = (index: number) => (parameters[index] as Parameter<unknown>)[1];
  args.forEach((value, index) => {
    values[index] = readAs(reader(index), value, `${name}: for parameter ${names[index]}`);
  });
  for (const [keyword, value] of keywords) {
    const index = names.indexOf(keyword);
    if (index < 0) throw new StarlarkError(unexpected(name, keyword, names));
    if (values[index] !== undefined) {
      throw new StarlarkError(`${name}: got multiple values for keyword argument ${quote(keyword)}`);
    }
    values[index] = readAs(reader(index), value, `${name}: for parameter ${quote(keyword)}`);
  }
  parameters.forEach(([parameter], index) => {
    if (values[index] !== undefined || parameter.endsWith('?')) return;
    throw new StarlarkError(`${name}: missing argument for ${parameter}`);
  });
  return values as unknown as Named<P>;
}

/** go.starlark.net looks for what was meant among the first half of the names only. */
function unexpected(name: string, keyword: string, names: readonly string[]): string {
  const message = `${name}: unexpected keyword argument ${quote(keyword)}`;
  const near = nearest(keyword, names.slice(0, Math.ceil(names.length / 2)));
  return near === undefined ? message : `${message} (did you mean ${near}?)`;
}
