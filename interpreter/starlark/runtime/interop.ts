import type { JavaScriptRealm } from './bridge.ts';
import { Bytes } from './bytes.ts';
import { Dict, StarlarkSet } from './dict.ts';
import { Callable, type Keyword, StarlarkFunction } from './function.ts';
import { HostDict, HostValue } from './host-value.ts';
import { JavaScriptFunction, JavaScriptValue } from './javascript-value.ts';
import { List, Tuple } from './list.ts';
import { Float, normal } from './number.ts';
import { Range } from './range.ts';
import { isTuple, markTuple } from './sequence-marks.ts';
import { Module, Struct } from './struct.ts';
import { StarlarkObject, type Value } from './value.ts';

/** What is being converted has what it becomes here already, for values that contain themselves. */
export type Begun<From extends object, To> = Map<From, To>;

/** Values between Starlark and JavaScript: docs/starlark.md says the rules. */
export class Interop {
  readonly #realm: JavaScriptRealm;
  readonly #tagged: (id: number, tag: string, fields: () => ReadonlyMap<string, Value>) => HostValue | HostDict;
  /** Functions and structs are the same object each time, and come back as themselves. */
  readonly #toJavaScript = new WeakMap<StarlarkObject, object>();
  readonly #toStarlark = new WeakMap<object, StarlarkObject>();

  constructor(
    realm: JavaScriptRealm,
    tagged: (id: number, tag: string, fields: () => ReadonlyMap<string, Value>) => HostValue | HostDict,
  ) {
    this.#realm = realm;
    this.#tagged = tagged;
  }

  fromJavaScript(value: unknown, begun: Begun<object, Value> = new Map()): Value {
    switch (typeof value) {
      case 'undefined':
        return null;
      case 'boolean':
      case 'string':
        return value;
      case 'bigint':
        return normal(value);
      case 'number':
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : new Float(value);
      case 'symbol':
        return new JavaScriptValue(Object(value) as object, 'symbol');
    }
    if (value === null) return null;
    const object = value as object;
    if (object instanceof StarlarkObject) return object;
    return this.#toStarlark.get(object) ?? begun.get(object) ?? this.#fromObject(object, begun);
  }

  #fromObject(object: object, begun: Begun<object, Value>): Value {
    const next = (item: unknown) => this.fromJavaScript(item, begun);
    const shape = this.#realm.shapeOf(object);
    switch (shape) {
      case 'array':
        return this.#sequence(object as unknown[], begun, next);
      case 'object':
        return this.#dict(object, Object.entries(object), begun, next);
      case 'map':
        return this.#dict(object, entriesOf(object as Map<unknown, unknown>), begun, next);
      case 'set': {
        const set = new StarlarkSet();
        begun.set(object, set);
        Set.prototype.forEach.call(object, (item) => set.add(next(item)));
        return set;
      }
      case 'bytes':
        return new Bytes(copyOf(object as Uint8Array));
      case 'tagged': {
        const { id, tag } = this.#realm.tagged(object) as { id: number; tag: string };
        const fields = () => new Map(Object.entries(object).map(([name, field]) => [name, next(field)]));
        return this.#tagged(id, tag, fields);
      }
      case 'function':
        return this.#join(this.#function(object), object);
      case 'other':
        return this.#other(object, begun, next);
    }
  }

  #sequence(array: unknown[], begun: Begun<object, Value>, next: (item: unknown) => Value): List | Tuple {
    if (isTuple(array)) {
      const tuple = new Tuple(Array.from(array, next));
      begun.set(array, tuple);
      return tuple;
    }
    const list = new List([]);
    begun.set(array, list);
    for (const item of copyOf(array)) list.items.push(next(item));
    list.frozen = Object.isFrozen(array);
    return list;
  }

  #dict(
    object: object,
    entries: Iterable<readonly [unknown, unknown]>,
    begun: Begun<object, Value>,
    next: (item: unknown) => Value,
  ): Dict {
    const dict = new Dict();
    begun.set(object, dict);
    for (const [key, value] of entries) dict.store(next(key), next(value));
    dict.table.frozen = Object.isFrozen(object);
    return dict;
  }

  /** An instance of a class called `struct` is one; anything else can only be handed on. */
  #other(object: object, begun: Begun<object, Value>, next: (item: unknown) => Value): StarlarkObject {
    const kind = this.#realm.kindOf(object);
    if (kind !== 'struct') return this.#join(new JavaScriptValue(object, kind), object);
    // Its fields may be lists that change.
    const struct = new Struct(Object.entries(object).map(([name, field]) => [name, next(field)]));
    begun.set(object, struct);
    return struct;
  }

  #join(ours: StarlarkObject, theirs: object): StarlarkObject {
    this.#toJavaScript.set(ours, theirs);
    this.#toStarlark.set(theirs, ours);
    return ours;
  }

  #function(fn: object): JavaScriptFunction {
    const run = (args: readonly Value[], keywords: readonly Keyword[]) => {
      const given: unknown[] = [];
      for (const arg of args) given.push(this.toJavaScript(arg));
      if (keywords.length > 0) {
        const options = this.#realm.makeObject();
        for (const [name, value] of keywords) this.#realm.put(options, name, this.toJavaScript(value));
        given.push(options);
      }
      return this.fromJavaScript(Reflect.apply(fn as (...args: unknown[]) => unknown, undefined, given));
    };
    return new JavaScriptFunction(fn, String((fn as { name?: unknown }).name ?? ''), run);
  }

  toJavaScript(value: Value | undefined, begun: Begun<StarlarkObject, object> = new Map()): unknown {
    if (!(value instanceof StarlarkObject)) return value;
    return this.#toJavaScript.get(value) ?? begun.get(value) ?? this.#toObject(value, begun);
  }

  #toObject(value: StarlarkObject, begun: Begun<StarlarkObject, object>): unknown {
    const realm = this.#realm;
    const next = (item: Value) => this.toJavaScript(item, begun);
    if (value instanceof Float) return value.value;
    if (value instanceof List || value instanceof Tuple) return this.#array(value, begun, next);
    if (value instanceof HostValue || value instanceof HostDict) return this.#taggedOut(value, next);
    if (value instanceof Dict) return this.#dictOut(value, begun, next);
    if (value instanceof StarlarkSet) {
      const set = realm.makeSet();
      for (const { key } of value.table.entries.values()) Set.prototype.add.call(set, next(key));
      return set;
    }
    if (value instanceof Range) {
      const array = realm.makeArray();
      for (let i = 0; i < value.length(); i++) realm.put(array, String(i), value.at(i));
      return array;
    }
    if (value instanceof Bytes) {
      const bytes = realm.makeBytes(value.values.length);
      value.values.forEach((byte, index) => {
        bytes[index] = byte;
      });
      return bytes;
    }
    if (value instanceof JavaScriptValue || value instanceof JavaScriptFunction) return value.value;
    if (value instanceof Callable) return this.#joined(value, this.#functionOut(value));
    const members = value instanceof Struct ? value.fields : value instanceof Module ? value.members : undefined;
    const object = realm.makeObject();
    for (const [name, member] of members ?? []) realm.put(object, name, next(member));
    return this.#joined(value, Object.freeze(object));
  }

  #joined(ours: StarlarkObject, theirs: object): object {
    this.#join(ours, theirs);
    return theirs;
  }

  #array(value: List | Tuple, begun: Begun<StarlarkObject, object>, next: (item: Value) => unknown): unknown[] {
    const array = this.#realm.makeArray();
    begun.set(value, array);
    value.items.forEach((item, index) => {
      this.#realm.put(array, String(index), next(item));
    });
    if (value instanceof Tuple) return markTuple(array);
    return value.frozen ? (Object.freeze(array) as unknown[]) : array;
  }

  #dictOut(dict: Dict, begun: Begun<StarlarkObject, object>, next: (item: Value) => unknown): object {
    const pairs = dict.pairs();
    if (pairs.some(([key]) => typeof key !== 'string')) {
      const map = this.#realm.makeMap();
      begun.set(dict, map);
      for (const [key, value] of pairs) Map.prototype.set.call(map, next(key), next(value));
      return map;
    }
    const object = this.#realm.makeObject();
    begun.set(dict, object);
    for (const [key, value] of pairs) this.#realm.put(object, key as string, next(value));
    return dict.table.frozen ? Object.freeze(object) : object;
  }

  #taggedOut(value: HostValue | HostDict, next: (item: Value) => unknown): object {
    const known = this.#realm.taggedObject(value.id);
    if (known !== undefined) return known;
    const fields = this.#realm.makeObject();
    const pairs = value instanceof HostDict ? value.pairs() : value.fields;
    for (const [name, field] of pairs) this.#realm.put(fields, String(name), next(field));
    return this.#realm.makeTagged(value.id, value.tag, fields);
  }

  /** Called from JavaScript, an object at the end of the arguments gives keywords. */
  #functionOut(fn: Callable): object {
    return this.#realm.makeFunction(fn.name, (theirs) => {
      const args = copyOf(theirs);
      const last = args.at(-1);
      const given = isKeywords(this.#realm, fn, args) ? args.slice(0, -1) : args;
      const keywords =
        given === args
          ? []
          : Object.entries(last as object).map(([name, value]): Keyword => [name, this.fromJavaScript(value)]);
      return this.toJavaScript(
        fn.call(
          given.map((arg) => this.fromJavaScript(arg)),
          keywords,
        ),
      );
    });
  }
}

/**
 * Whether the last argument of a call stands for keywords. Where a value of its own could stand (for a parameter that must be given, or
 * one of `*args`), it does only if it has a parameter's name.
 */
function isKeywords(realm: JavaScriptRealm, fn: Callable, args: readonly unknown[]): boolean {
  const last = args.at(-1);
  if (typeof last !== 'object' || last === null || realm.shapeOf(last) !== 'object') return false;
  const names = Object.keys(last);
  if (!(fn instanceof StarlarkFunction)) return names.length > 0;
  const { signature, defaults } = fn;
  const index = args.length - 1;
  const ownValue =
    index < signature.positional
      ? defaults[index] === undefined
      : signature.star !== undefined && signature.starStar === undefined;
  return !ownValue || names.some((name) => signature.names.includes(name));
}

/** An array of this realm: what a user's script did to the methods of its own does not matter. */
function copyOf<T>(array: ArrayLike<T>): T[] {
  const copy: T[] = [];
  for (let i = 0; i < array.length; i++) copy.push(array[i] as T);
  return copy;
}

function entriesOf(map: Map<unknown, unknown>): [unknown, unknown][] {
  const entries: [unknown, unknown][] = [];
  Map.prototype.forEach.call(map, (value, key) => entries.push([key, value]));
  return entries;
}
