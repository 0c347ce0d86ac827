import {
  asBuiltin,
  asSequence,
  Foreign,
  HostPromise,
  MixedDict,
  ScriptFloat,
  ScriptFunction,
  type ScriptObject,
  type ScriptValue,
  sequenceKind,
  Tagged,
} from './value.ts';

/** What follows `null` in a list from the sandbox. */
const Op = {
  null: 0,
  true: 1,
  false: 2,
  /** A length and the elements. */
  array: 3,
  /** A count, and that many times a key and a value. */
  object: 4,
  undefined: 5,
  /** The text of a number that JSON cannot say. */
  number: 6,
  bigint: 7,
  /** Number and name. */
  function: 8,
  /** Number and kind. */
  foreign: 9,
  /** Number. */
  tagged: 10,
  /** The text of a whole number that is a float. */
  float: 11,
  /** What the array that follows is in Starlark. */
  sequence: 12,
  /** The last of a call: a count, and that many times a name and a value. */
  keywords: 13,
  /** As `object`, with keys that are values. */
  mixed: 14,
  /** As `function`. */
  builtin: 15,
} as const;

export interface Arguments {
  readonly args: ScriptValue[];
  /** Nothing where the caller does not tell keywords from other arguments. */
  readonly keywords: ScriptObject | undefined;
}

/**
 * The host's side of the two wire formats. From the sandbox come values as one flat JSON list, which is the cheapest for QuickJS to
 * make: strings and numbers stand for themselves, everything else is `null` and an `Op` with what belongs to it.
 * To the sandbox go values as JSON, in which an object with the key "\0" stands for what JSON cannot say: `u` undefined, `n` an
 * odd number, `b` a bigint, `f` a whole number that is a float, `s` a tuple, `t` a tagged value, `k` a value that the sandbox keeps, `p` a promise of the host. Keys that begin with "\0" have one more of it.
 */
export class Codec {
  readonly #tagged: Tagged[] = [];
  readonly #tagIds = new WeakMap<Tagged, number>();
  readonly #functions = new Map<number, ScriptFunction>();
  readonly #foreignIds = new WeakMap<Foreign, number>();

  /** All values of a list from the sandbox. */
  decodeList(text: string): ScriptValue[] {
    return this.decodeCall(text).args;
  }

  decodeCall(text: string): Arguments {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) throw new Error('the sandbox sent something that is not a list');
    let at = 0;
    const read = (): ScriptValue => {
      const item: unknown = list[at++];
      if (typeof item === 'string' || typeof item === 'number') return item;
      if (item !== null) throw new Error(`the sandbox sent a ${typeof item} where a value should be`);
      switch (list[at++]) {
        case Op.null:
          return null;
        case Op.true:
          return true;
        case Op.false:
          return false;
        case Op.undefined:
          return undefined;
        case Op.array: {
          const count = Number(list[at++]);
          const array: ScriptValue[] = [];
          for (let i = 0; i < count; i++) array.push(read());
          return array;
        }
        case Op.object: {
          const count = Number(list[at++]);
          const object: ScriptObject = Object.create(null);
          for (let i = 0; i < count; i++) {
            const key = String(list[at++]);
            object[key] = read();
          }
          return object;
        }
        case Op.number:
          return Number(list[at++]);
        case Op.bigint:
          return BigInt(String(list[at++]));
        case Op.function:
          return this.#function(Number(list[at++]), String(list[at++]));
        case Op.builtin:
          return asBuiltin(this.#function(Number(list[at++]), String(list[at++])));
        case Op.foreign:
          return this.#foreign(Number(list[at++]), String(list[at++]));
        case Op.tagged:
          return this.#tag(Number(list[at++]));
        case Op.float:
          return new ScriptFloat(Number(list[at++]));
        case Op.sequence: {
          const kind = String(list[at++]);
          return asSequence(kind, read() as ScriptValue[]);
        }
        case Op.mixed: {
          const count = Number(list[at++]);
          const entries: [ScriptValue, ScriptValue][] = [];
          for (let i = 0; i < count; i++) entries.push([read(), read()]);
          return new MixedDict(entries);
        }
      }
      throw new Error(`the sandbox sent the unknown code ${JSON.stringify(list[at - 1])}`);
    };
    const args: ScriptValue[] = [];
    while (at < list.length) {
      if (list[at] === null && list[at + 1] === Op.keywords) {
        // Such a list is like an object, but for its code.
        list[at + 1] = Op.object;
        return { args, keywords: read() as ScriptObject };
      }
      args.push(read());
    }
    return { args, keywords: undefined };
  }

  #function(id: number, name: string): ScriptFunction {
    const known = this.#functions.get(id) ?? new ScriptFunction(id, name);
    this.#functions.set(id, known);
    return known;
  }

  #foreign(id: number, kind: string): Foreign {
    const foreign = new Foreign(kind);
    this.#foreignIds.set(foreign, id);
    return foreign;
  }

  #tag(id: number): Tagged {
    const tagged = this.#tagged[id];
    if (!tagged) throw new Error(`the sandbox sent a tagged value that the host never made: ${id}`);
    return tagged;
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
      if (item instanceof HostPromise) return mark('p', { i: item.id });
      if (item instanceof ScriptFloat) return mark('f', { v: Object.is(item.value, -0) ? '-0' : String(item.value) });
      if (item instanceof Foreign) return mark('k', { i: this.#foreignId(item) });
      const above = seen.has(item);
      if (above) throw new Error('a builtin answered a value that contains itself');
      seen.add(item);
      const result =
        item instanceof Tagged
          ? this.#wireTagged(item, walk, mark)
          : item instanceof MixedDict
            ? mark('d', { v: item.entries.map(([key, value]) => [walk(key), walk(value)]) })
            : walkContainer(item, walk, mark);
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
  if (Array.isArray(item)) {
    const array = Array.from(item, walk);
    return sequenceKind(item) === 'tuple' ? mark('s', { v: array }) : array;
  }
  const result: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(item)) {
    if (key.startsWith('\0')) mark('', {});
    result[key.startsWith('\0') ? `\0${key}` : key] = walk(item[key]);
  }
  return result;
}
