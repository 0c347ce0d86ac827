import { attribute, invoke as invokeMethod, method } from './attribute.ts';
import type { JavaScriptRealm } from './bridge.ts';
import { compare, equal } from './compare.ts';
import { Dict, eachOf, StarlarkSet } from './dict.ts';
import { format as formatText } from './format.ts';
import { Builtin, Callable, call, type Keyword } from './function.ts';
import type { Begun, Interop } from './interop.ts';
import { List, Tuple } from './list.ts';
import { Float } from './number.ts';
import * as operators from './operators.ts';
import { index, slice, unpack } from './parts.ts';
import { Range } from './range.ts';
import { markTuple } from './sequence-marks.ts';
import { withHint } from './spell.ts';
import { Module } from './struct.ts';
import { type Comparison, StarlarkError, StarlarkObject, truth, typeOf, type Value } from './value.ts';

type Run = (args: readonly unknown[]) => unknown;

/**
 * What Starlark does and JavaScript does not, for values of JavaScript: the functions by which a Tiltfile in JavaScript that once was
 * Starlark says what has no short form of its own. Lists and tuples are arrays, dicts are plain objects or Maps; floats that are whole
 * numbers, ranges and bytes stay objects of Starlark. What goes in comes out as the same object.
 */
export class ForJavaScript {
  readonly #realm: JavaScriptRealm;
  readonly #interop: Interop;
  readonly #universe: ReadonlyMap<string, Value>;
  readonly #functions = new Map<string, Run>();
  /** Functions that say how keywords reach their parameters. */
  readonly #signatures = new WeakMap<object, readonly string[]>();

  constructor(realm: JavaScriptRealm, interop: Interop, universe: ReadonlyMap<string, Value>) {
    this.#realm = realm;
    this.#interop = interop;
    this.#universe = universe;
    this.#giveManners();
    for (const [name, run] of Object.entries(this.#own())) this.#functions.set(name.slice(1), run);
  }

  /** What loops, text and arithmetic of JavaScript ask of an object of Starlark. */
  #giveManners(): void {
    const iterate = (values: StarlarkObject) => this.#iterate(values);
    const define = (name: PropertyKey, value: unknown) =>
      Object.defineProperty(StarlarkObject.prototype, name, { value, configurable: true });
    define(Symbol.iterator, function (this: StarlarkObject) {
      return iterate(this)[Symbol.iterator]();
    });
    define('toString', function (this: StarlarkObject) {
      return this.show([]);
    });
    define('valueOf', function (this: StarlarkObject) {
      return this instanceof Float ? this.value : this;
    });
  }

  run(name: string, args: readonly unknown[]): unknown {
    const own = this.#functions.get(name);
    return own ? own(args) : this.#universal(name, args);
  }

  // ---- values that go in and come out again

  #visit(): Visit {
    return new Visit(this.#interop, this.#realm);
  }

  /** Does something with values of Starlark. */
  #with(args: readonly unknown[], run: (...values: Value[]) => Value): unknown {
    const visit = this.#visit();
    return visit.out(run(...args.map((arg) => visit.in(arg))));
  }

  /** A function that every file of Starlark finds; a plain object behind its arguments gives keywords. */
  #universal(name: string, args: readonly unknown[]): unknown {
    const found = this.#universe.get(name);
    if (!(found instanceof Builtin)) throw new StarlarkError(`there is no function ${name}`);
    const visit = this.#visit();
    const [given, keywords] = TAKE_KEYWORDS.has(name) ? this.#apart(args, TAKE_KEYWORDS.get(name) ?? 0) : [args, {}];
    const pairs = Object.entries(keywords).map(([key, value]): Keyword => [key, visit.in(value)]);
    return visit.out(
      found.call(
        given.map((arg) => visit.in(arg)),
        pairs,
      ),
    );
  }

  /** A last argument that is a plain object gives keywords, if it stands behind the first `least` ones. */
  #apart(args: readonly unknown[], least: number): [readonly unknown[], object] {
    const last = args.at(-1);
    if (args.length <= least || !this.#isPlain(last)) return [args, {}];
    return [args.slice(0, -1), last];
  }

  #isPlain(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !isOurs(value) && this.#realm.shapeOf(value) === 'object';
  }

  #shapeOf(value: unknown): string {
    if (typeof value === 'function') return 'function';
    if (typeof value !== 'object' || value === null || isOurs(value)) return '';
    return this.#realm.shapeOf(value);
  }

  #array(items: Iterable<unknown>): unknown[] {
    const array = this.#realm.makeArray();
    for (const item of items) array.push(item);
    return array;
  }

  // ---- parts

  /** The value that belongs to a key of a dict; nothing if there is none. */
  #lookUp(container: object, shape: string, key: unknown): { readonly value: unknown } | undefined {
    if (shape === 'object') {
      const found = typeof key === 'string' && Object.hasOwn(container, key);
      return found ? { value: (container as Record<string, unknown>)[key] } : undefined;
    }
    const map = container as Map<unknown, unknown>;
    const own = this.#keyOf(map, key);
    return own === undefined ? undefined : { value: Map.prototype.get.call(map, own.key) };
  }

  /** The key of a Map that is equal to another one. */
  #keyOf(map: Map<unknown, unknown>, key: unknown): { readonly key: unknown } | undefined {
    if (Map.prototype.has.call(map, key)) return { key };
    if (typeof key !== 'object' && typeof key !== 'number') return undefined;
    const visit = this.#visit();
    const wanted = visit.in(key);
    // Refuses what has no hash.
    new Dict().store(wanted, null);
    for (const own of Map.prototype.keys.call(map)) {
      if ((isObject(own) || isObject(key)) && equal(visit.in(own), wanted)) return { key: own };
    }
    return undefined;
  }

  #item(container: unknown, key: unknown): unknown {
    const shape = this.#shapeOf(container);
    if (shape === 'array' && typeof key === 'number' && Number.isInteger(key)) {
      const array = container as unknown[];
      const at = key < 0 ? key + array.length : key;
      if (at >= 0 && at < array.length) return orNull(array[at]);
    }
    if (shape === 'object' || shape === 'map') {
      const found = this.#lookUp(container as object, shape, key);
      if (found !== undefined) return orNull(found.value);
    }
    return this.#with([container, key], index);
  }

  #setItem(container: unknown, key: unknown, value: unknown): void {
    const shape = this.#shapeOf(container);
    if (shape === 'array' && typeof key === 'number' && Number.isInteger(key) && !Object.isFrozen(container)) {
      const array = container as unknown[];
      const at = key < 0 ? key + array.length : key;
      if (at >= 0 && at < array.length) {
        array[at] = value;
        return;
      }
    }
    if (shape === 'object' && !Object.isFrozen(container)) {
      if (typeof key !== 'string')
        throw new StarlarkError(
          `a plain object has keys that are strings: this one needs a Map for the key ${this.#spell(key)}`,
        );
      this.#realm.put(container as object, key, value);
      return;
    }
    if (shape === 'map') {
      const map = container as Map<unknown, unknown>;
      Map.prototype.set.call(map, (this.#keyOf(map, key) ?? { key }).key, value);
      return;
    }
    if (shape === 'other' || shape === 'tagged') {
      (container as Record<string, unknown>)[String(key)] = value;
      return;
    }
    // Says why not.
    const visit = this.#visit();
    const target = visit.in(container);
    if (target instanceof List) target.mustChange('assign to element of');
    if (target instanceof Dict) target.store(visit.in(key), null);
    index(target, visit.in(key));
    throw new StarlarkError(`${typeOf(target)} value does not support item assignment`);
  }

  #spell(value: unknown): string {
    return String(this.#universal('repr', [value]));
  }

  // ---- going over values

  #iterate(values: unknown): Iterable<unknown> {
    const shape = this.#shapeOf(values);
    if (shape === 'array')
      return this.#watched(
        values as unknown[],
        () => [...(values as unknown[])],
        'append: cannot append to list during iteration',
      );
    if (shape === 'object' || shape === 'map') {
      const state = () =>
        shape === 'map' ? entriesOf(values as Map<unknown, unknown>).flat() : Object.entries(values as object).flat();
      const keys =
        shape === 'map' ? [...Map.prototype.keys.call(values as Map<unknown, unknown>)] : Object.keys(values as object);
      return this.#watched(this.#array(keys), state, 'cannot insert into hash table during iteration');
    }
    const visit = this.#visit();
    const value = visit.in(values);
    const iteration = value instanceof StarlarkObject ? value.iterate() : undefined;
    if (iteration === undefined) throw new StarlarkError(`${typeOf(value)} value is not iterable`);
    const items: unknown[] = this.#realm.makeArray();
    eachOf(iteration, (item) => void items.push(visit.out(item)));
    return items;
  }

  /** Goes over the items and refuses that what they come from is changed meanwhile. */
  *#watched(items: readonly unknown[], state: () => unknown[], problem: string): Iterable<unknown> {
    let before = state();
    const check = () => {
      const now = state();
      if (now.length !== before.length || now.some((value, at) => !Object.is(value, before[at]))) {
        throw new StarlarkError(problem);
      }
      before = now;
    };
    try {
      for (const item of [...items]) {
        yield orNull(item);
        check();
      }
    } finally {
      // The loop may have been left behind a change.
      check();
    }
  }

  // ---- the functions

  #own(): Readonly<Record<`$${string}`, Run>> {
    const binary =
      (operation: (x: Value, y: Value) => Value): Run =>
      ([x, y]) =>
        this.#with([x, y], operation);
    return {
      $truth: ([x]) => this.#truth(x),
      $equal: ([x, y]) =>
        isPrimitive(x) && isPrimitive(y) && !Number.isNaN(x)
          ? orNull(x) === orNull(y)
          : this.#with([x, y], (a, b) => equal(a, b)),
      $compare: ([x, operator, y]) => this.#with([x, y], (a, b) => compare(operator as Comparison, a, b)),
      $add: ([x, y]) => {
        if (typeof x === 'string' && typeof y === 'string') return x + y;
        return this.#with([x, y], operators.add);
      },
      $subtract: binary(operators.subtract),
      $multiply: binary(operators.multiply),
      $divide: binary(operators.divide),
      $floorDivide: binary(operators.floorDivide),
      $remainder: binary(operators.remainder),
      $union: binary(operators.or),
      $intersection: binary(operators.and),
      $exclusive: binary(operators.xor),
      $shiftLeft: binary(operators.shiftLeft),
      $shiftRight: binary(operators.shiftRight),
      $negate: ([x]) => this.#with([x], operators.negative),
      $invert: ([x]) => this.#with([x], operators.invert),
      $extend: ([x, y]) => this.#changing(x, (target, visit) => operators.addInPlace(target, visit.in(y))),
      $merge: ([x, y]) => this.#changing(x, (target, visit) => operators.orInPlace(target, visit.in(y))),
      $contains: ([container, x]) => this.#contains(container, x),
      $item: ([container, ...keys]) => keys.reduce((value, key) => this.#item(value, key), container),
      $setItem: ([container, key, value]) => {
        this.#setItem(container, key, value);
        return value;
      },
      $slice: ([x, from, to, step]) => this.#with([x, from, to, step], (a, b, c, d) => slice(a, b, c, d)),
      $iterate: ([values]) => this.#iterate(values),
      $unpack: ([values, count]) => this.#unpack(values, Number(count)),
      $defined: ([value, name, kind]) => {
        if (value !== undefined) return value;
        throw new StarlarkError(`${String(kind ?? 'local')} variable ${String(name)} referenced before assignment`);
      },
      $format: ([text, args = [], keywords = {}]) => {
        const visit = this.#visit();
        const pairs = Object.entries(keywords as object).map(([name, value]): Keyword => [name, visit.in(value)]);
        return formatText(
          String(text),
          (args as unknown[]).map((arg) => visit.in(arg)),
          pairs,
        );
      },
      $attribute: ([x, name]) => this.#attribute(x, String(name)),
      $method: ([x, name, ...args]) => this.#invoke(x, String(name), args),
      $get: ([x, ...args]) => this.#invoke(x, 'get', args),
      $items: ([x]) => this.#invoke(x, 'items', []),
      $keys: ([x]) => this.#invoke(x, 'keys', []),
      $values: ([x]) => this.#invoke(x, 'values', []),
      $call: ([fn, args = [], keywords = {}]) => this.#call(fn, args as unknown[], keywords as Record<string, unknown>),
      $signature: ([text, fn]) => this.#signature(String(text), fn),
      $tuple: (args) => {
        if (args.length === 0) return markTuple(this.#realm.makeArray());
        return markTuple(this.#array(this.#iterate(args[0])));
      },
      $module: ([name, members = {}]) => {
        const visit = this.#visit();
        const pairs = Object.entries(members as object).map(([key, value]): Keyword => [key, visit.in(value)]);
        return this.#interop.toJavaScript(new Module(pairs, `<module "${String(name)}">`, 'unhashable: module'));
      },
      $type: (args) => {
        const [x] = args;
        if (typeof x === 'function' && this.#realm.isBuiltin(x)) return 'builtin_function_or_method';
        const tag: unknown = this.#shapeOf(x) === 'object' ? Reflect.get(x as object, Symbol.toStringTag) : undefined;
        return typeof tag === 'string' ? tag : this.#universal('type', args);
      },
      $dir: (args) => {
        const [x] = args;
        const isModule = this.#shapeOf(x) === 'other' && this.#realm.kindOf(x as object) === 'module';
        return isModule ? this.#array(Object.keys(x as object).sort()) : this.#universal('dir', args);
      },
      $hasattr: ([x, name]) => {
        if (this.#shapeOf(x) !== 'other') return this.#universal('hasattr', [x, name]);
        return this.#member(x as object, String(name)) !== undefined;
      },
      $getattr: ([x, name, ...absent]) => {
        const value = this.#shapeOf(x) === 'other' ? this.#member(x as object, String(name)) : undefined;
        return value === undefined ? this.#universal('getattr', [x, name, ...absent]) : value;
      },
      $len: (args) => (args.length === 1 && Array.isArray(args[0]) ? args[0].length : this.#universal('len', args)),
      $str: (args) => (args.length === 1 && typeof args[0] === 'string' ? args[0] : this.#universal('str', args)),
    };
  }

  /** A field of a struct or a member of a module; nothing if there is none. */
  #member(object: object, name: string): unknown {
    try {
      return (object as Record<string, unknown>)[name];
    } catch {
      return undefined;
    }
  }

  #truth(x: unknown): boolean {
    if (isPrimitive(x)) return Number.isNaN(x) || Boolean(x);
    if (Array.isArray(x)) return x.length > 0;
    switch (this.#shapeOf(x)) {
      case 'object':
        return Object.keys(x as object).length > 0;
      case 'map':
      case 'set':
        return (x as Map<unknown, unknown>).size > 0;
      case 'function':
        return true;
    }
    return truth(this.#visit().in(x));
  }

  #contains(container: unknown, x: unknown): unknown {
    const shape = this.#shapeOf(container);
    if (typeof x === 'string' && typeof container === 'string') return container.includes(x);
    if (shape === 'array' && typeof x === 'string') return (container as unknown[]).includes(x);
    if (shape === 'object' && typeof x === 'string') return Object.hasOwn(container as object, x);
    if (shape === 'other' && typeof x === 'string') return x in (container as object);
    return this.#with([x, container], operators.isIn);
  }

  #unpack(values: unknown, count: number): unknown {
    if (Array.isArray(values) && values.length === count) return values;
    const visit = this.#visit();
    return this.#array(unpack(visit.in(values), count).map((value) => visit.out(value)));
  }

  #attribute(x: unknown, name: string): unknown {
    if (this.#shapeOf(x) === 'other') {
      const value = (x as Record<string, unknown>)[name];
      if (value !== undefined) return value;
    }
    return this.#with([x], (value) => attribute(value, name));
  }

  #invoke(x: unknown, name: string, args: readonly unknown[]): unknown {
    if (this.#shapeOf(x) === 'other') {
      const fn = (x as Record<string, unknown>)[name];
      if (typeof fn === 'function') return Reflect.apply(fn, x, args);
    }
    return this.#changing(x, (target, visit) =>
      invokeMethod(
        method(target, name),
        target,
        args.map((arg) => visit.in(arg)),
      ),
    );
  }

  /** Does something to a value that may change it, and brings the change to where it came from. */
  #changing(x: unknown, run: (value: Value, visit: Visit) => Value): unknown {
    const visit = this.#visit();
    const value = visit.in(x);
    const result = run(value, visit);
    const shape = this.#shapeOf(x);
    if (value instanceof List && shape === 'array' && !value.frozen) {
      const array = x as unknown[];
      if (array.length !== value.items.length || value.items.some((item, at) => visit.out(item) !== array[at])) {
        array.length = 0;
        for (const item of value.items) array.push(visit.out(item));
      }
    } else if (value instanceof StarlarkSet && shape === 'set') {
      const set = x as Set<unknown>;
      Set.prototype.clear.call(set);
      for (const { key } of value.table.entries.values()) Set.prototype.add.call(set, visit.out(key));
    } else if (value instanceof Dict) this.#writeDict(x, value, visit);
    return visit.out(result);
  }

  #writeDict(x: unknown, dict: Dict, visit: Visit): void {
    const pairs = dict.pairs().map(([key, value]) => [visit.out(key), visit.out(value)] as const);
    if (this.#shapeOf(x) === 'map') {
      const map = x as Map<unknown, unknown>;
      Map.prototype.clear.call(map);
      for (const [key, value] of pairs) Map.prototype.set.call(map, key, value);
      return;
    }
    if (this.#shapeOf(x) !== 'object' || Object.isFrozen(x)) return;
    const object = x as Record<string, unknown>;
    const now = Object.entries(object);
    if (
      now.length === pairs.length &&
      now.every(([key, value], at) => key === pairs[at]?.[0] && value === pairs[at]?.[1])
    ) {
      return;
    }
    for (const key of Object.keys(object)) delete object[key];
    for (const [key, value] of pairs) this.#setItem(object, key, value);
  }

  // ---- calls

  /** `a, b?, *c, **d`: how keywords reach the parameters of a function. */
  #signature(text: string, fn: unknown): unknown {
    const parameters = text.split(', ').filter((word) => word !== '');
    const run = fn as (...args: unknown[]) => unknown;
    const name = String(run.name || 'lambda');
    const bind = (args: readonly unknown[], keywords: Record<string, unknown>) =>
      this.#bind(name, parameters, args, keywords);
    const bound = this.#realm.makeFunction(name, (args) => Reflect.apply(run, undefined, bind(args, {})));
    this.#signatures.set(bound, parameters);
    this.#runs.set(bound, (args, keywords) => Reflect.apply(run, undefined, bind(args, keywords)));
    return bound;
  }

  readonly #runs = new WeakMap<object, (args: readonly unknown[], keywords: Record<string, unknown>) => unknown>();

  #call(fn: unknown, args: readonly unknown[], keywords: Record<string, unknown>): unknown {
    if (typeof fn !== 'function') {
      if (fn instanceof Callable) {
        return this.#with(args, (...values) =>
          call(
            fn,
            values,
            Object.entries(keywords).map(([name, value]): Keyword => [name, this.#visit().in(value)]),
          ),
        );
      }
      throw new StarlarkError(`invalid call of non-function (${typeOf(this.#visit().in(fn))})`);
    }
    const known = this.#runs.get(fn);
    if (known) return known(args, keywords);
    return Reflect.apply(fn, undefined, Object.keys(keywords).length > 0 ? [...args, keywords] : args);
  }

  #bind(
    name: string,
    parameters: readonly string[],
    args: readonly unknown[],
    keywords: Record<string, unknown>,
  ): unknown[] {
    const star = parameters.findIndex((word) => /^\*(?!\*)/.test(word));
    const rest = parameters.at(-1)?.startsWith('**') ? parameters.length - 1 : -1;
    const isNamed = (word: string) => !word.startsWith('*');
    const front = parameters.slice(0, star < 0 ? undefined : star).filter(isNamed);
    const names = parameters.filter(isNamed).map((word) => word.replace('?', ''));
    const values = new Map<string, unknown>();
    front.forEach((word, at) => {
      if (at < args.length) values.set(word.replace('?', ''), args[at]);
    });
    const hasStar = star >= 0 && parameters[star] !== '*';
    if (args.length > front.length && !hasStar) {
      const most = front.length;
      throw new StarlarkError(
        `function ${name} accepts ${front.some((word) => word.endsWith('?')) ? 'at most ' : ''}${most === 0 ? 'no' : most} positional argument${most === 1 ? '' : 's'} (${args.length} given)`,
      );
    }
    const others = this.#realm.makeObject();
    for (const [key, value] of Object.entries(keywords)) {
      if (names.includes(key)) {
        if (values.has(key)) throw new StarlarkError(`function ${name} got multiple values for parameter "${key}"`);
        values.set(key, value);
      } else if (rest >= 0) this.#realm.put(others, key, value);
      else
        throw new StarlarkError(withHint(`function ${name} got an unexpected keyword argument "${key}"`, key, names));
    }
    const missing = parameters.filter((word) => isNamed(word) && !word.endsWith('?') && !values.has(word));
    if (missing.length > 0) {
      throw new StarlarkError(
        `function ${name} missing ${missing.length} argument${missing.length === 1 ? '' : 's'} (${missing.join(', ')})`,
      );
    }
    return parameters
      .filter((word) => word !== '*')
      .map((word) => {
        if (word.startsWith('**')) return others;
        if (word.startsWith('*')) return markTuple(this.#array(args.slice(front.length)));
        return values.get(word.replace('?', ''));
      });
  }
}

/** Universal functions that take keywords, and how many of their arguments are none. */
const TAKE_KEYWORDS: ReadonlyMap<string, number> = new Map([
  ['sorted', 1],
  ['min', 1],
  ['max', 1],
  ['int', 1],
  ['dict', 1],
]);

/** Values on their way through Starlark: what went in comes out as itself. */
class Visit {
  readonly #interop: Interop;
  readonly #realm: JavaScriptRealm;
  readonly #in: Begun<object, Value> = new Map();
  readonly #out: Begun<StarlarkObject, object> = new Map();
  #known = 0;

  constructor(interop: Interop, realm: JavaScriptRealm) {
    this.#interop = interop;
    this.#realm = realm;
  }

  in(value: unknown): Value {
    return this.#interop.fromJavaScript(value, this.#in);
  }

  out(value: Value): unknown {
    if (value instanceof Float) return Number.isSafeInteger(value.value) ? value : value.value;
    if (!(value instanceof StarlarkObject)) return value;
    if (this.#known !== this.#in.size) {
      for (const [theirs, ours] of this.#in) if (ours instanceof StarlarkObject) this.#out.set(ours, theirs);
      this.#known = this.#in.size;
    }
    const known = this.#out.get(value);
    if (known !== undefined) return known;
    if (value instanceof List || value instanceof Tuple) {
      const array = this.#realm.makeArray();
      this.#out.set(value, array);
      for (const item of value.items) array.push(this.out(item));
      return value instanceof Tuple ? markTuple(array) : array;
    }
    if (value instanceof Dict) return this.#dict(value);
    if (value instanceof StarlarkSet) return this.#interop.toJavaScript(value, this.#out);
    if (value instanceof Range || value.iterate() !== undefined || value.type === 'bytes' || value instanceof Builtin)
      return value;
    return this.#interop.toJavaScript(value, this.#out);
  }

  #dict(dict: Dict): object {
    const pairs = dict.pairs();
    if (pairs.some(([key]) => typeof key !== 'string')) {
      const map = this.#realm.makeMap();
      this.#out.set(dict, map);
      for (const [key, value] of pairs) Map.prototype.set.call(map, this.out(key), this.out(value));
      return map;
    }
    const object = this.#realm.makeObject();
    this.#out.set(dict, object);
    for (const [key, value] of pairs) this.#realm.put(object, key as string, this.out(value));
    return object;
  }
}

function isOurs(value: object): boolean {
  return value instanceof StarlarkObject;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

function orNull(value: unknown): unknown {
  return value === undefined ? null : value;
}

function entriesOf(map: Map<unknown, unknown>): unknown[][] {
  return [...Map.prototype.entries.call(map)];
}
