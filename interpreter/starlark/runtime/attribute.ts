import { Bytes } from './bytes.ts';
import { bytesMethods } from './bytes-methods.ts';
import { Dict, StarlarkSet } from './dict.ts';
import { dictMethods } from './dict-methods.ts';
import {
  call,
  call0,
  call1,
  call2,
  call3,
  type Keyword,
  type MethodCode,
  type MethodTable,
  NO_KEYWORDS,
} from './function.ts';
import { List } from './list.ts';
import { listMethods } from './list-methods.ts';
import type { BoundLater } from './operations.ts';
import { setMethods } from './set-methods.ts';
import { withHint } from './spell.ts';
import { stringMethods } from './string-methods.ts';
import { StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** The methods of a built-in type. */
function methodsOf(x: Value): MethodTable<Value> | undefined {
  let table: unknown;
  if (typeof x === 'string') table = stringMethods;
  else if (x instanceof List) table = listMethods;
  else if (x instanceof Dict) table = dictMethods;
  else if (x instanceof StarlarkSet) table = setMethods;
  else if (x instanceof Bytes) table = bytesMethods;
  // Each table gets values of its own type only.
  return table as MethodTable<Value> | undefined;
}

/** The attribute, or nothing if there is none of that name. */
export function findAttribute(x: Value, name: string): Value | undefined {
  const methods = methodsOf(x);
  if (methods !== undefined) return methods.get(x, name);
  return x instanceof StarlarkObject ? x.attribute(name) : undefined;
}

/** Sorted; nothing for what cannot have attributes. */
export function attributeNames(x: Value): readonly string[] | undefined {
  return methodsOf(x)?.names ?? (x instanceof StarlarkObject ? x.attributeNames() : undefined);
}

export function missingAttribute(x: Value, name: string): string {
  return x instanceof StarlarkObject ? x.missingAttribute(name) : `${typeOf(x)} has no .${name} field or method`;
}

/** `x.name` */
export function attribute(x: Value, name: string): Value {
  const value = findAttribute(x, name);
  if (value !== undefined) return value;
  throw missing(x, name);
}

function missing(x: Value, name: string): StarlarkError {
  return new StarlarkError(withHint(missingAttribute(x, name), name, attributeNames(x) ?? [], '.'));
}

/** `x.name = value` */
export function setAttribute(x: Value, name: string, value: Value): void {
  if (x instanceof StarlarkObject) x.setAttribute(name, value);
  else throw new StarlarkError(`can't assign to .${name} field of ${typeOf(x)}`);
}

/** The method for a call that follows at once. */
export function method(x: Value, name: string): BoundLater {
  const found = methodsOf(x)?.code(name) ?? (x instanceof StarlarkObject ? x.attribute(name) : undefined);
  if (found !== undefined) return found;
  throw missing(x, name);
}

export function invoke0(m: BoundLater, x: Value): Value {
  return typeof m === 'function' ? m(x, [], NO_KEYWORDS) : call0(m);
}

export function invoke1(m: BoundLater, x: Value, a: Value): Value {
  return typeof m === 'function' ? m(x, [a], NO_KEYWORDS) : call1(m, a);
}

export function invoke2(m: BoundLater, x: Value, a: Value, b: Value): Value {
  return typeof m === 'function' ? m(x, [a, b], NO_KEYWORDS) : call2(m, a, b);
}

export function invoke3(m: BoundLater, x: Value, a: Value, b: Value, c: Value): Value {
  return typeof m === 'function' ? m(x, [a, b, c], NO_KEYWORDS) : call3(m, a, b, c);
}

export function invoke(
  m: BoundLater,
  x: Value,
  args: readonly Value[],
  keywords: readonly Keyword[] = NO_KEYWORDS,
): Value {
  return typeof m === 'function' ? (m as MethodCode)(x, args, keywords) : call(m, args, keywords);
}
