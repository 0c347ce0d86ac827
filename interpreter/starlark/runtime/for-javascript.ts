import { attribute, invoke as invokeMethod, method } from './attribute.ts';
import type { JavaScriptRealm } from './bridge.ts';
import { compare, equal } from './compare.ts';
import { format as formatText } from './format.ts';
import { Builtin, type Keyword } from './function.ts';
import type { Interop } from './interop.ts';
import { Calling } from './javascript-calling.ts';
import { Containers } from './javascript-containers.ts';
import { isPrimitive, JavaScriptShapes, orNull } from './javascript-shapes.ts';
import { Float } from './number.ts';
import * as operators from './operators.ts';
import { slice, unpack } from './parts.ts';
import { markTuple } from './sequence-marks.ts';
import { Module } from './struct.ts';
import { type Comparison, StarlarkError, StarlarkObject, truth, type Value } from './value.ts';

type Run = (args: readonly unknown[]) => unknown;

/**
 * What Starlark does and JavaScript does not, for values of JavaScript: the functions by which a Tiltfile in JavaScript that once was
 * Starlark says what has no short form of its own. Lists and tuples are arrays, dicts are plain objects or Maps; floats that are whole
 * numbers, ranges and bytes stay objects of Starlark. What goes in comes out as the same object.
 */
export class ForJavaScript {
  readonly #shapes: JavaScriptShapes;
  readonly #containers: Containers;
  readonly #calling: Calling;
  readonly #interop: Interop;
  readonly #universe: ReadonlyMap<string, Value>;
  readonly #functions = new Map<string, Run>();

  constructor(realm: JavaScriptRealm, interop: Interop, universe: ReadonlyMap<string, Value>) {
    this.#shapes = new JavaScriptShapes(realm, interop);
    this.#containers = new Containers(this.#shapes, (value) => String(this.#universal('repr', [value])));
    this.#calling = new Calling(this.#shapes);
    this.#interop = interop;
    this.#universe = universe;
    this.#giveManners();
    for (const [name, run] of Object.entries(this.#own())) this.#functions.set(name.slice(1), run);
  }

  /** What loops, text and arithmetic of JavaScript ask of an object of Starlark. */
  #giveManners(): void {
    const iterate = (values: StarlarkObject) => this.#containers.iterate(values);
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

  /** A function that every file of Starlark finds; a plain object behind its arguments gives keywords. */
  #universal(name: string, args: readonly unknown[]): unknown {
    const found = this.#universe.get(name);
    if (!(found instanceof Builtin)) throw new StarlarkError(`there is no function ${name}`);
    const visit = this.#shapes.visit();
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
    if (args.length <= least || !this.#shapes.isPlain(last)) return [args, {}];
    return [args.slice(0, -1), last];
  }

  // ---- the functions

  #own(): Readonly<Record<`$${string}`, Run>> {
    const binary =
      (operation: (x: Value, y: Value) => Value): Run =>
      ([x, y]) =>
        this.#shapes.with([x, y], operation);
    return {
      $truth: ([x]) => this.#truth(x),
      $equal: ([x, y]) =>
        isPrimitive(x) && isPrimitive(y) && !Number.isNaN(x)
          ? orNull(x) === orNull(y)
          : this.#shapes.with([x, y], (a, b) => equal(a, b)),
      $compare: ([x, operator, y]) => this.#shapes.with([x, y], (a, b) => compare(operator as Comparison, a, b)),
      $add: ([x, y]) => {
        if (typeof x === 'string' && typeof y === 'string') return x + y;
        return this.#shapes.with([x, y], operators.add);
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
      $negate: ([x]) => this.#shapes.with([x], operators.negative),
      $invert: ([x]) => this.#shapes.with([x], operators.invert),
      $extend: ([x, y]) => this.#containers.changing(x, (target, visit) => operators.addInPlace(target, visit.in(y))),
      $merge: ([x, y]) => this.#containers.changing(x, (target, visit) => operators.orInPlace(target, visit.in(y))),
      $contains: ([container, x]) => this.#contains(container, x),
      $item: ([container, ...keys]) => keys.reduce((value, key) => this.#containers.item(value, key), container),
      $setItem: ([container, key, value]) => {
        this.#containers.setItem(container, key, value);
        return value;
      },
      $slice: ([x, from, to, step]) => this.#shapes.with([x, from, to, step], (a, b, c, d) => slice(a, b, c, d)),
      $iterate: ([values]) => this.#containers.iterate(values),
      $unpack: ([values, count]) => this.#unpack(values, Number(count)),
      $defined: ([value, name, kind]) => {
        if (value !== undefined) return value;
        throw new StarlarkError(`${String(kind ?? 'local')} variable ${String(name)} referenced before assignment`);
      },
      $format: ([text, args = [], keywords = {}]) => {
        const visit = this.#shapes.visit();
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
      $call: ([fn, args = [], keywords = {}]) =>
        this.#calling.call(fn, args as unknown[], keywords as Record<string, unknown>),
      $signature: ([text, fn]) => this.#calling.signature(String(text), fn),
      $tuple: (args) => {
        if (args.length === 0) return markTuple(this.#shapes.realm.makeArray());
        return markTuple(this.#shapes.array(this.#containers.iterate(args[0])));
      },
      $module: ([name, members = {}]) => {
        const visit = this.#shapes.visit();
        const pairs = Object.entries(members as object).map(([key, value]): Keyword => [key, visit.in(value)]);
        return this.#interop.toJavaScript(new Module(pairs, `<module "${String(name)}">`, 'unhashable: module'));
      },
      $type: (args) => {
        const [x] = args;
        if (typeof x === 'function' && this.#shapes.realm.isBuiltin(x)) return 'builtin_function_or_method';
        const tag: unknown =
          this.#shapes.shapeOf(x) === 'object' ? Reflect.get(x as object, Symbol.toStringTag) : undefined;
        return typeof tag === 'string' ? tag : this.#universal('type', args);
      },
      $dir: (args) => {
        const [x] = args;
        const isModule = this.#shapes.shapeOf(x) === 'other' && this.#shapes.realm.kindOf(x as object) === 'module';
        return isModule ? this.#shapes.array(Object.keys(x as object).sort()) : this.#universal('dir', args);
      },
      $hasattr: ([x, name]) => {
        if (this.#shapes.shapeOf(x) !== 'other') return this.#universal('hasattr', [x, name]);
        return this.#member(x as object, String(name)) !== undefined;
      },
      $getattr: ([x, name, ...absent]) => {
        const value = this.#shapes.shapeOf(x) === 'other' ? this.#member(x as object, String(name)) : undefined;
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
    switch (this.#shapes.shapeOf(x)) {
      case 'object':
        return Object.keys(x as object).length > 0;
      case 'map':
      case 'set':
        return (x as Map<unknown, unknown>).size > 0;
      case 'function':
        return true;
    }
    return truth(this.#shapes.visit().in(x));
  }

  #contains(container: unknown, x: unknown): unknown {
    const shape = this.#shapes.shapeOf(container);
    if (typeof x === 'string' && typeof container === 'string') return container.includes(x);
    if (shape === 'array' && typeof x === 'string') return (container as unknown[]).includes(x);
    if (shape === 'object' && typeof x === 'string') return Object.hasOwn(container as object, x);
    if (shape === 'other' && typeof x === 'string') return x in (container as object);
    return this.#shapes.with([x, container], operators.isIn);
  }

  #unpack(values: unknown, count: number): unknown {
    if (Array.isArray(values) && values.length === count) return values;
    const visit = this.#shapes.visit();
    return this.#shapes.array(unpack(visit.in(values), count).map((value) => visit.out(value)));
  }

  #attribute(x: unknown, name: string): unknown {
    if (this.#shapes.shapeOf(x) === 'other') {
      const value = (x as Record<string, unknown>)[name];
      if (value !== undefined) return value;
    }
    return this.#shapes.with([x], (value) => attribute(value, name));
  }

  #invoke(x: unknown, name: string, args: readonly unknown[]): unknown {
    if (this.#shapes.shapeOf(x) === 'other') {
      const fn = (x as Record<string, unknown>)[name];
      if (typeof fn === 'function') return Reflect.apply(fn, x, args);
    }
    return this.#containers.changing(x, (target, visit) =>
      invokeMethod(
        method(target, name),
        target,
        args.map((arg) => visit.in(arg)),
      ),
    );
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
