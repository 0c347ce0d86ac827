import { Foreign, ScriptFunction, type ScriptObject, type ScriptValue, Tagged } from './value.ts';

/**
 * The host's side of the wire format: JSON, where an object with the key "\0" stands for what JSON cannot say:
 * `u` undefined, `n` an odd number, `b` a bigint, `f` a function, `x` a foreign value, `t` a tagged value and, to the sandbox only,
 * `k` a value that the sandbox keeps. Keys of the script's own that begin with "\0" have one more of it.
 */
export class Codec {
  readonly #tagged: Tagged[] = [];
  readonly #tagIds = new WeakMap<Tagged, number>();
  readonly #functions = new Map<number, ScriptFunction>();
  readonly #foreignIds = new WeakMap<Foreign, number>();

  decodeList(text: string): ScriptValue[] {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) throw new Error('the sandbox sent something that is not a list');
    return list.map((item) => this.#decode(item));
  }

  decode(text: string): ScriptValue {
    return this.#decode(JSON.parse(text));
  }

  #decode(wire: unknown): ScriptValue {
    if (typeof wire !== 'object' || wire === null) return wire as null | boolean | number | string;
    if (Array.isArray(wire)) return wire.map((item) => this.#decode(item));
    const object = wire as Readonly<Record<string, unknown>>;
    if (object['\0'] !== undefined) return this.#decodeSpecial(object);
    const result: ScriptObject = Object.create(null);
    for (const key of Object.keys(object))
      result[key.startsWith('\0') ? key.slice(1) : key] = this.#decode(object[key]);
    return result;
  }

  #decodeSpecial(wire: Readonly<Record<string, unknown>>): ScriptValue {
    const id = Number(wire.i);
    switch (wire['\0']) {
      case 'u':
        return undefined;
      case 'n':
        return Number(wire.v);
      case 'b':
        return BigInt(String(wire.v));
      case 'f': {
        const known = this.#functions.get(id) ?? new ScriptFunction(id, String(wire.k));
        this.#functions.set(id, known);
        return known;
      }
      case 'x': {
        const foreign = new Foreign(String(wire.k));
        this.#foreignIds.set(foreign, id);
        return foreign;
      }
      case 't': {
        const tagged = this.#tagged[id];
        if (tagged) return tagged;
      }
    }
    throw new Error(`the sandbox sent a value of the unknown kind ${JSON.stringify(wire)}`);
  }

  /** Text for the sandbox with its mark: `=` for plain JSON, `~` for JSON with something special in it. */
  encode(value: ScriptValue): string {
    const wire = this.toWire(value);
    return (wire.special ? '~' : '=') + JSON.stringify(wire.value);
  }

  /** The value as plain data for JSON. */
  toWire(value: ScriptValue): { readonly value: unknown; readonly special: boolean } {
    let special = false;
    const seen = new Set<object>();
    const mark = (kind: string, rest: Readonly<Record<string, unknown>>) => {
      special = true;
      return { '\0': kind, ...rest };
    };
    const walk = (item: ScriptValue): unknown => {
      switch (typeof item) {
        case 'string':
        case 'boolean':
          return item;
        case 'undefined':
          return mark('u', {});
        case 'bigint':
          return mark('b', { v: String(item) });
        case 'number':
          if (Number.isFinite(item) && !Object.is(item, -0)) return item;
          return mark('n', { v: Object.is(item, -0) ? '-0' : String(item) });
      }
      if (item === null) return null;
      if (item instanceof ScriptFunction) return mark('k', { i: item.id });
      if (item instanceof Foreign) return mark('k', { i: this.#foreignId(item) });
      const above = seen.has(item);
      if (above) throw new Error('a builtin answered a value that contains itself');
      seen.add(item);
      const result = item instanceof Tagged ? this.#wireTagged(item, walk, mark) : walkContainer(item, walk, mark);
      seen.delete(item);
      return result;
    };
    const wire = walk(value);
    return { value: wire, special };
  }

  #wireTagged(tagged: Tagged, walk: (item: ScriptValue) => unknown, mark: Mark): unknown {
    const known = this.#tagIds.get(tagged);
    if (known !== undefined) return mark('t', { i: known });
    const fields: Record<string, unknown> = Object.create(null);
    for (const key of Object.keys(tagged.fields)) fields[key] = walk(tagged.fields[key]);
    const id = this.#tagged.push(tagged) - 1;
    this.#tagIds.set(tagged, id);
    return mark('t', { i: id, k: tagged.tag, f: fields });
  }

  #foreignId(foreign: Foreign): number {
    const id = this.#foreignIds.get(foreign);
    if (id === undefined) throw new Error(`a builtin answered a ${foreign.kind} that does not come from the script`);
    return id;
  }
}

type Mark = (kind: string, rest: Readonly<Record<string, unknown>>) => unknown;

function walkContainer(item: ScriptValue[] | ScriptObject, walk: (item: ScriptValue) => unknown, mark: Mark): unknown {
  if (Array.isArray(item)) return Array.from(item, walk);
  const result: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(item)) {
    if (key.startsWith('\0')) mark('', {});
    result[key.startsWith('\0') ? `\0${key}` : key] = walk(item[key]);
  }
  return result;
}
