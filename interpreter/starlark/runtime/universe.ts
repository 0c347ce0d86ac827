import {
  aBool,
  aCallable,
  anInt,
  anIterable,
  anything,
  aString,
  type IterableValue,
  isIterable,
  named,
  positional,
} from './arguments.ts';
import { attributeNames, findAttribute, missingAttribute } from './attribute.ts';
import { Bytes } from './bytes.ts';
import { compare } from './compare.ts';
import { characterOf, convertToBytes, convertToFloat, convertToInt } from './convert.ts';
import { Dict, eachOf, StarlarkSet } from './dict.ts';
import { updateAs } from './dict-methods.ts';
import { Builtin, type BuiltinCode, call1, type Keyword } from './function.ts';
import { List, Tuple } from './list.ts';
import { inside } from './list-methods.ts';
import { Float, isInt, isNegative } from './number.ts';
import { negative } from './operators.ts';
import { lengthOf } from './parts.ts';
import { Range } from './range.ts';
import { display, repr } from './show.ts';
import { sortedIndexes } from './sort.ts';
import { codePoints, fromBytes, wellFormed } from './text.ts';
import { StarlarkError, truth, typeOf, type Value } from './value.ts';

type Args = readonly Value[];
type Keywords = readonly Keyword[];

function itemsOf(values: IterableValue): Value[] {
  if (values instanceof List || values instanceof Tuple) return [...values.items];
  const items: Value[] = [];
  eachOf(values.iterate(), (item) => void items.push(item));
  return items;
}

/** The one argument of a function that counts as older ones of go.starlark.net do. */
function single(name: string, args: Args, keywords: Keywords, want = 'want 1'): Value {
  if (keywords.length > 0) throw new StarlarkError(`${name} does not accept keyword arguments`);
  if (args.length !== 1) throw new StarlarkError(`${name}: got ${args.length} arguments, ${want}`);
  return args[0] as Value;
}

/** Whether one of the values counts as true, or as false. */
function anyOf(name: string, args: Args, keywords: Keywords, wanted: boolean): boolean {
  const [values] = positional(name, args, keywords, 1, anIterable);
  let found = false;
  eachOf((values as IterableValue).iterate(), (item) => {
    found = truth(item) === wanted;
    return !found;
  });
  return found;
}

function extreme(name: 'min' | 'max', args: Args, keywords: Keywords): Value {
  if (args.length === 0) throw new StarlarkError(`${name} requires at least one positional argument`);
  const [key] = named(name, [], keywords, ['key?', aCallable]);
  const values = args.length === 1 ? (args[0] as Value) : new Tuple(args);
  if (!isIterable(values)) throw new StarlarkError(`${name}: ${typeOf(values)} value is not iterable`);
  const keyOf = (item: Value) => (key === undefined ? item : call1(key, item));
  let best: Value | undefined;
  let bestKey: Value | undefined;
  eachOf(values.iterate(), (item) => {
    const itemKey = keyOf(item);
    const better =
      bestKey === undefined || inside(name, () => compare(name === 'min' ? '<' : '>', itemKey, bestKey as Value));
    if (better) [best, bestKey] = [item, itemKey];
    return undefined;
  });
  if (best === undefined) throw new StarlarkError(`${name}: argument is an empty sequence`);
  return best;
}

function javaHash(text: string): number {
  let hash = 0;
  for (const code of codePoints(text)) hash = (Math.imul(31, hash) + code) | 0;
  return hash;
}

function fnvHash(values: readonly number[]): number {
  let hash = 2166136261;
  for (const byte of values) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash;
}

function zip(args: Args): Value {
  const columns = args.map((values, index) => {
    if (isIterable(values)) return itemsOf(values);
    throw new StarlarkError(`zip: argument #${index + 1} is not iterable: ${typeOf(values)}`);
  });
  const rows = columns.length === 0 ? 0 : Math.min(...columns.map((column) => column.length));
  return new List(Array.from({ length: rows }, (_, row) => new Tuple(columns.map((column) => column[row] as Value))));
}

/** A line of text from values, as `print` and `fail` make it. */
function sentence(name: string, args: Args, keywords: Keywords, show: (value: Value) => string): string {
  const [separator = ' '] = named(name, [], keywords, ['sep?', aString]);
  return args.map(show).join(separator);
}

const functions: Readonly<Record<`$${string}`, BuiltinCode>> = {
  $abs(args, keywords) {
    const [x = null] = positional('abs', args, keywords, 1, anything);
    if (x instanceof Float) return new Float(Math.abs(x.value));
    if (!isInt(x)) throw new StarlarkError(`got ${typeOf(x)}, want int or float`);
    return isNegative(x) ? negative(x) : x;
  },
  $all: (args, keywords) => !anyOf('all', args, keywords, false),
  $any: (args, keywords) => anyOf('any', args, keywords, true),
  $bool(args, keywords) {
    const [x = false] = positional('bool', args, keywords, 0, anything);
    return truth(x);
  },
  $bytes: (args, keywords) => convertToBytes(args, keywords),
  $chr: (args, keywords) => characterOf(single('chr', args, keywords)),
  $dict(args, keywords) {
    const dict = new Dict();
    updateAs('dict', dict, args, keywords);
    return dict;
  },
  $dir: (args, keywords) => new List([...(attributeNames(single('dir', args, keywords)) ?? [])]),
  $enumerate(args, keywords) {
    const [values, start = 0] = positional('enumerate', args, keywords, 1, anIterable, anInt);
    return new List(itemsOf(values as IterableValue).map((item, index) => new Tuple([start + index, item])));
  },
  $fail(args, keywords) {
    throw new StarlarkError(`fail: ${sentence('fail', args, keywords, display)}`);
  },
  $float: (args, keywords) => convertToFloat(args, keywords),
  $getattr(args, keywords) {
    const [object = null, name = '', absent] = positional('getattr', args, keywords, 2, anything, aString, anything);
    const value = findAttribute(object, name);
    if (value !== undefined) return value;
    if (absent !== undefined) return absent;
    throw new StarlarkError(`getattr: ${missingAttribute(object, name)}`);
  },
  $hasattr(args, keywords) {
    const [object = null, name = ''] = positional('hasattr', args, keywords, 2, anything, aString);
    return findAttribute(object, name) !== undefined;
  },
  $hash(args, keywords) {
    const [x = null] = positional('hash', args, keywords, 1, anything);
    if (typeof x === 'string') return javaHash(x);
    if (x instanceof Bytes) return fnvHash(x.values);
    throw new StarlarkError(`hash: got ${typeOf(x)}, want string or bytes`);
  },
  $int: (args, keywords) => convertToInt(args, keywords),
  $len(args, keywords) {
    const [x = null] = positional('len', args, keywords, 1, anything);
    const length = lengthOf(x);
    if (length === undefined) throw new StarlarkError(`len: value of type ${typeOf(x)} has no len`);
    return length;
  },
  $list(args, keywords) {
    const [values] = positional('list', args, keywords, 0, anIterable);
    return new List(values === undefined ? [] : itemsOf(values));
  },
  $max: (args, keywords) => extreme('max', args, keywords),
  $min: (args, keywords) => extreme('min', args, keywords),
  $ord(args, keywords) {
    const x = single('ord', args, keywords);
    if (x instanceof Bytes) {
      if (x.values.length !== 1) throw new StarlarkError(`ord: bytes has length ${x.values.length}, want 1`);
      return x.values[0] as number;
    }
    if (typeof x !== 'string') throw new StarlarkError(`ord: got ${typeOf(x)}, want string or bytes`);
    const codes = codePoints(x);
    if (codes.length !== 1) throw new StarlarkError(`ord: string encodes ${codes.length} Unicode code points, want 1`);
    return codes[0] as number;
  },
  $range(args, keywords) {
    const [first = 0, second, step = 1] = positional('range', args, keywords, 1, anInt, anInt, anInt);
    if (step === 0) throw new StarlarkError('range: step argument must not be zero');
    return second === undefined ? new Range(0, first, step) : new Range(first, second, step);
  },
  $repr(args, keywords) {
    const [x = null] = positional('repr', args, keywords, 1, anything);
    return repr(x);
  },
  $reversed(args, keywords) {
    const [values] = positional('reversed', args, keywords, 1, anIterable);
    return new List(itemsOf(values as IterableValue).reverse());
  },
  $set(args, keywords) {
    const [values] = positional('set', args, keywords, 0, anIterable);
    const set = new StarlarkSet();
    if (values !== undefined) inside('set', () => eachOf(values.iterate(), (item) => void set.add(item)));
    return set;
  },
  $sorted(args, keywords) {
    const parameters = [
      ['iterable', anIterable],
      ['key?', aCallable],
      ['reverse?', aBool],
    ] as const;
    const [values, key, reverse = false] = named('sorted', args, keywords, ...parameters);
    const items = itemsOf(values as IterableValue);
    if (key === undefined) return new List(sortedIndexes(items, reverse).map((index) => items[index] as Value));
    const held = (values as IterableValue).iterate();
    try {
      const keys = items.map((item) => call1(key, item));
      return new List(sortedIndexes(keys, reverse).map((index) => items[index] as Value));
    } finally {
      held.done();
    }
  },
  $str(args, keywords) {
    const x = single('str', args, keywords, 'want exactly 1');
    return x instanceof Bytes ? wellFormed(fromBytes(x.values)) : display(x);
  },
  $tuple(args, keywords) {
    const [values] = positional('tuple', args, keywords, 0, anIterable);
    if (values instanceof Tuple) return values;
    return new Tuple(values === undefined ? [] : itemsOf(values));
  },
  $type: (args, keywords) => typeOf(single('type', args, keywords, 'want exactly 1')),
  $zip(args, keywords) {
    if (keywords.length > 0) throw new StarlarkError('zip does not accept keyword arguments');
    return zip(args);
  },
};

/** The names that every file finds; `write` gets the text of each `print`. */
export function makeUniverse(write: (text: string) => void): ReadonlyMap<string, Value> {
  const universe = new Map<string, Value>([
    ['None', null],
    ['True', true],
    ['False', false],
  ]);
  for (const [name, code] of Object.entries(functions)) universe.set(name.slice(1), new Builtin(name.slice(1), code));
  const show = (value: Value) => (value instanceof Bytes ? fromBytes(value.values) : display(value));
  const print: Readonly<Record<`$${string}`, BuiltinCode>> = {
    $print(args, keywords) {
      write(sentence('print', args, keywords, show));
      return null;
    },
  };
  universe.set('print', new Builtin('print', print.$print as BuiltinCode));
  return universe;
}
