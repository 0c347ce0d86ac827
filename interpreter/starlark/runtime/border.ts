import type { Bridge } from './bridge.ts';
import { Dict, StarlarkSet } from './dict.ts';
import { Callable, type Keyword, StarlarkFunction } from './function.ts';
import { HostDict, HostValue, type TagManner } from './host-value.ts';
import { Interop } from './interop.ts';
import { JavaScriptFunction, JavaScriptValue } from './javascript-value.ts';
import { List, Tuple } from './list.ts';
import { Float, normal } from './number.ts';
import { Range } from './range.ts';
import { StarlarkError, type StarlarkObject, type Value } from './value.ts';

const DEEPEST = 400;

/**
 * Starlark's side of the border to the host: codec.ts has the other one, and says the wire formats. Beyond what JavaScript sends, a float
 * that is a whole number is marked as one, a sequence that is no list tells what it is, and keywords come apart from other arguments.
 */
export class Border {
  readonly interop: Interop;
  readonly #bridge: Bridge;
  #mannerOf: (tag: string) => TagManner | undefined = () => undefined;
  readonly #hostValues: (HostValue | HostDict)[] = [];

  #out: unknown[] = [];

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.interop = new Interop(
      bridge.javascript,
      (id, tag, fields) => this.#hostValues[id] ?? this.#hostValue(id, tag, fields()),
    );
  }

  /** Says how values with a tag look; nothing for those that look like structs. */
  defineTags(mannerOf: (tag: string) => TagManner | undefined): void {
    this.#mannerOf = mannerOf;
  }

  #hostValue(id: number, tag: string, fields: ReadonlyMap<string, Value>): HostValue | HostDict {
    const manner = this.#mannerOf(tag) ?? {};
    const made = manner.dict ? new HostDict(id, tag, fields) : new HostValue(id, tag, fields, manner);
    this.#hostValues[id] = made;
    return made;
  }

  hostValue(id: number): HostValue | HostDict | undefined {
    return this.#hostValues[id];
  }

  // ---- out

  /** The arguments of a call as text. */
  writeCall(args: readonly Value[], keywords: readonly Keyword[]): string {
    return this.#writing(() => {
      for (const arg of args) this.#write(arg, []);
      this.#out.push(null, 13, keywords.length);
      for (const [name, value] of keywords) {
        this.#out.push(name);
        this.#write(value, []);
      }
    });
  }

  writeOne(value: Value): string {
    return this.#writing(() => this.#write(value, []));
  }

  #writing(run: () => void): string {
    const outer = this.#out;
    this.#out = [];
    try {
      run();
      return JSON.stringify(this.#out);
    } finally {
      this.#out = outer;
    }
  }

  #write(value: Value, above: readonly StarlarkObject[]): void {
    const out = this.#out;
    switch (typeof value) {
      case 'string':
      case 'number':
        out.push(value);
        return;
      case 'boolean':
        out.push(null, value ? 1 : 2);
        return;
      case 'bigint':
        out.push(null, 7, String(value));
        return;
    }
    if (value === null) out.push(null, 0);
    else if (value instanceof Float) this.#writeFloat(value.value);
    else if (value instanceof HostValue || value instanceof HostDict) out.push(null, 10, value.id);
    else if (value instanceof JavaScriptFunction) out.push(null, 8, this.#bridge.keep(value.value), value.name);
    else if (value instanceof JavaScriptValue) out.push(null, 9, this.#bridge.keep(value.value), value.type);
    else if (value instanceof StarlarkFunction) out.push(null, 8, this.#bridge.keep(value), value.name);
    else if (value instanceof Callable) out.push(null, 15, this.#bridge.keep(value), value.name);
    else this.#writeContainer(value, above);
  }

  #writeFloat(value: number): void {
    if (Number.isInteger(value)) this.#out.push(null, 11, Object.is(value, -0) ? '-0' : String(value));
    else if (Number.isFinite(value)) this.#out.push(value);
    else this.#out.push(null, 6, String(value));
  }

  #writeContainer(value: StarlarkObject, above: readonly StarlarkObject[]): void {
    const items = itemsOf(value);
    if (items === undefined && value.mapping() === undefined) {
      this.#out.push(null, 9, this.#bridge.keep(value), value.type);
      return;
    }
    if (above.includes(value)) {
      throw new StarlarkError('a value that contains itself cannot be given to a builtin');
    }
    if (above.length > DEEPEST) {
      throw new StarlarkError(`a value that is nested more than ${DEEPEST} levels deep cannot be given to a builtin`);
    }
    const inside = [...above, value];
    if (items === undefined) {
      this.#writeMapping(value, inside);
      return;
    }
    if (!(value instanceof List)) this.#out.push(null, 12, value.type);
    this.#out.push(null, 3, items.length);
    for (const item of items) this.#write(item, inside);
  }

  #writeMapping(value: StarlarkObject, inside: readonly StarlarkObject[]): void {
    const pairs = value.mapping()?.pairs() ?? [];
    const plain = pairs.every(([key]) => typeof key === 'string');
    this.#out.push(null, plain ? 4 : 14, pairs.length);
    for (const [key, item] of pairs) {
      if (plain) this.#out.push(key);
      else this.#write(key, inside);
      this.#write(item, inside);
    }
  }

  // ---- in

  /** What a builtin answered: a value, or the error that it was refused with. */
  read(answer: string | undefined): Value {
    if (answer === undefined) return null;
    const text = answer.slice(1);
    switch (answer[0]) {
      case '=':
      case '~':
        return this.revive(JSON.parse(text));
      case '^':
        throw this.#bridge.kept(Number(text));
    }
    const { message, id } = JSON.parse(text) as { message: string; id: number };
    const error = new StarlarkError(message);
    this.#bridge.refuse(error, id);
    throw error;
  }

  /** Arguments of a call by the host. */
  readList(text: string): Value[] {
    return (JSON.parse(text) as unknown[]).map((item) => this.revive(item));
  }

  revive(wire: unknown): Value {
    if (typeof wire === 'string' || typeof wire === 'boolean') return wire;
    if (typeof wire === 'number') return Number.isSafeInteger(wire) ? wire : new Float(wire);
    if (typeof wire !== 'object' || wire === null) return null;
    if (Array.isArray(wire)) return new List(wire.map((item) => this.revive(item)));
    const object = wire as Readonly<Record<string, unknown>>;
    const dict = new Dict();
    for (const key of Object.keys(object)) {
      if (key === '\0' && dict.size() === 0) {
        const special = this.#special(object);
        if (special !== undefined) return special;
        continue;
      }
      dict.store(key.startsWith('\0') ? key.slice(1) : key, this.revive(object[key]));
    }
    return dict;
  }

  #special(wire: Readonly<Record<string, unknown>>): Value | undefined {
    switch (wire['\0']) {
      case 'u':
        return null;
      case 'n':
      case 'f':
        return new Float(wire.v === '-0' ? -0 : Number(wire.v));
      case 'b':
        return normal(BigInt(String(wire.v)));
      case 's':
        return new Tuple((wire.v as unknown[]).map((item) => this.revive(item)));
      case 'd': {
        const dict = new Dict();
        for (const [key, value] of wire.v as [unknown, unknown][]) dict.store(this.revive(key), this.revive(value));
        return dict;
      }
      case 'k':
        return this.interop.fromJavaScript(this.#bridge.kept(Number(wire.i)));
      case 't':
        return this.#reviveTagged(wire);
    }
    return undefined;
  }

  #reviveTagged(wire: Readonly<Record<string, unknown>>): Value {
    const id = Number(wire.i);
    const known = this.#hostValues[id];
    if (known !== undefined) return known;
    if (wire.f === undefined) return this.interop.fromJavaScript(this.#bridge.javascript.taggedObject(id));
    const fields = Object.entries(wire.f as object).map(([name, field]): [string, Value] => [name, this.revive(field)]);
    return this.#hostValue(id, String(wire.k), new Map(fields));
  }
}

/** The parts of what the host takes for an array. */
function itemsOf(value: StarlarkObject): readonly Value[] | undefined {
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (value instanceof StarlarkSet) return Array.from(value.table.entries.values(), ({ key }) => key);
  if (value instanceof Range) return Array.from({ length: value.length() }, (_, index) => value.at(index));
  return undefined;
}
