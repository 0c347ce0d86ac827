import { isIterable } from './arguments.ts';
import { eachOf } from './dict.ts';
import { sliceItems } from './list.ts';
import { toInt32 } from './number.ts';
import { repr } from './show.ts';
import { byteLength, byteSlice, fromBytes, isAscii, toBytes } from './text.ts';
import { type Indexable, StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** A string as something indexable: by bytes. */
function textParts(text: string): Indexable {
  return {
    length: () => byteLength(text),
    at: (index) => byteSlice(text, index, index + 1),
    slice(start, end, step) {
      if (step === 1) return byteSlice(text, start, end);
      return isAscii(text)
        ? sliceItems(text, start, end, step).join('')
        : fromBytes(sliceItems(toBytes(text), start, end, step));
    },
  };
}

function indexableOf(x: Value): Indexable | undefined {
  if (typeof x === 'string') return textParts(x);
  return x instanceof StarlarkObject ? x.indexable() : undefined;
}

/** `x[key]` */
export function index(x: Value, key: Value): Value {
  const mapping = x instanceof StarlarkObject ? x.mapping() : undefined;
  if (mapping !== undefined) {
    const value = mapping.lookup(key);
    if (value !== undefined) return value;
    throw new StarlarkError(`key ${repr(key)} not in ${typeOf(x)}`);
  }
  const indexable = indexableOf(x);
  if (indexable === undefined) throw new StarlarkError(`unhandled index operation ${typeOf(x)}[${typeOf(key)}]`);
  return indexable.at(indexOf(x, indexable, key, `${typeOf(x)} index: `));
}

/** `x[key] = value` */
export function setIndex(x: Value, key: Value, value: Value): void {
  const mapping = x instanceof StarlarkObject ? x.mapping() : undefined;
  if (mapping !== undefined) {
    mapping.store(key, value);
    return;
  }
  const indexable = indexableOf(x);
  if (indexable?.setAt === undefined) {
    throw new StarlarkError(`${typeOf(x)} value does not support item assignment`);
  }
  indexable.setAt(indexOf(x, indexable, key, ''), value);
}

/** An index that exists, from one that may count from the end. */
function indexOf(x: Value, indexable: Indexable, key: Value, prefix: string): number {
  const length = indexable.length();
  const given = explained(prefix, () => toInt32(key));
  const position = given < 0 ? given + length : given;
  if (position < 0 || position >= length) throw outOfRange(given, length, typeOf(x));
  return position;
}

export function outOfRange(index: number, length: number, type: string): StarlarkError {
  if (length === 0) return new StarlarkError(`index ${index} out of range: empty ${type}`);
  return new StarlarkError(`${type} index ${index} out of range [${-length}:${length - 1}]`);
}

function explained<T>(prefix: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new StarlarkError(prefix + (error as Error).message);
  }
}

/** `x[from:to:step]`; `undefined` and None both mean "left out". */
export function slice(x: Value, from: Value | undefined, to: Value | undefined, step: Value | undefined): Value {
  const indexable = indexableOf(x);
  if (indexable === undefined) throw new StarlarkError(`invalid slice operand ${typeOf(x)}`);
  const length = indexable.length();
  const stride = step === undefined || step === null ? 1 : explained('invalid slice step: ', () => toInt32(step));
  if (stride === 0) throw new StarlarkError('zero is not a valid slice step');
  if (stride > 0) {
    const [start, end] = bounds(from, to, length);
    return indexable.slice(start, Math.max(start, end), stride);
  }
  const start = Math.min(bound('start', from, length, length - 1), length - 1);
  const end = Math.max(bound('end', to, length, -1), -1);
  return indexable.slice(Math.max(start, end), end, stride);
}

/** The part of something that two optional indexes mean; the second may be smaller. */
export function bounds(from: Value | undefined, to: Value | undefined, length: number): [start: number, end: number] {
  const within = (position: number) => Math.max(0, Math.min(position, length));
  return [within(bound('start', from, length, 0)), within(bound('end', to, length, length))];
}

function bound(which: string, value: Value | undefined, length: number, absent: number): number {
  if (value === undefined || value === null) return absent;
  const position = explained(`invalid ${which} index: `, () => toInt32(value));
  return position < 0 ? position + length : position;
}

/** What `len` answers. */
export function lengthOf(x: Value): number | undefined {
  if (typeof x === 'string') return byteLength(x);
  return x instanceof StarlarkObject ? x.size() : undefined;
}

/** Exactly `count` values of an iterable. */
export function unpack(x: Value, count: number): Value[] {
  if (!isIterable(x)) throw new StarlarkError(`got ${typeOf(x)} in sequence assignment`);
  const values: Value[] = [];
  let more = false;
  eachOf(x.iterate(), (value) => {
    more = values.length === count;
    if (!more) values.push(value);
    return !more;
  });
  if (more) throw new StarlarkError(`too many values to unpack (got ${lengthOf(x) ?? -1}, want ${count})`);
  if (values.length < count) {
    throw new StarlarkError(`too few values to unpack (got ${values.length}, want ${count})`);
  }
  return values;
}
