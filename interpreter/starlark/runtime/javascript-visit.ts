import type { JavaScriptRealm } from './bridge.ts';
import { Dict, StarlarkSet } from './dict.ts';
import { Builtin } from './function.ts';
import type { Begun, Interop } from './interop.ts';
import { List, Tuple } from './list.ts';
import { Float } from './number.ts';
import { Range } from './range.ts';
import { markTuple } from './sequence-marks.ts';
import { StarlarkObject, type Value } from './value.ts';

/** Values on their way through Starlark: what went in comes out as itself. */
export class Visit {
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
