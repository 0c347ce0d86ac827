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
    const out: unknown[] = [];
    for (let i = 0; i < args.length; i++) this.#write(out, args[i] as Value, undefined);
    out.push(null, 13, keywords.length);
    for (let i = 0; i < keywords.length; i++) {
      const [name, value] = keywords[i] as Keyword;
      out.push(name);
      this.#write(out, value, undefined);
    }
    return JSON.stringify(out);
  }

  writeOne(value: Value): string {
    const out: unknown[] = [];
    this.#write(out, value, undefined);
    return JSON.stringify(out);
  }

  #write(out: unknown[], value: Value, above: Above | undefined): void {
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
    else if (value instanceof List) this.#writeItems(out, value, value.items, above);
    else if (value instanceof Dict && !(value instanceof HostDict)) this.#writeDict(out, value, above);
    else this.#writeOther(out, value, above);
  }

  #writeOther(out: unknown[], value: StarlarkObject, above: Above | undefined): void {
    const items = itemsOf(value);
    if (items !== undefined) {
      out.push(null, 12, value.type);
      this.#writeItems(out, value, items, above);
    } else if (value instanceof Float) writeFloat(out, value.value);
    else if (value instanceof HostValue || value instanceof HostDict) out.push(null, 10, value.id);
    else if (value instanceof JavaScriptFunction) out.push(null, 8, this.#bridge.keep(value.value), value.name);
    else if (value instanceof JavaScriptValue) out.push(null, 9, this.#bridge.keep(value.value), value.type);
    else if (value instanceof StarlarkFunction) out.push(null, 8, this.#bridge.keep(value), value.name);
    else if (value instanceof Callable) out.push(null, 15, this.#bridge.keep(value), value.name);
    else if (value.mapping() === undefined) out.push(null, 9, this.#bridge.keep(value), value.type);
    else this.#writePairs(out, value.mapping()?.pairs() ?? [], enter(value, above));
  }

  #writeItems(out: unknown[], value: StarlarkObject, items: readonly Value[], above: Above | undefined): void {
    const here = enter(value, above);
    out.push(null, 3, items.length);
    for (let i = 0; i < items.length; i++) this.#write(out, items[i] as Value, here);
  }

  #writeDict(out: unknown[], dict: Dict, above: Above | undefined): void {
    const here = enter(dict, above);
    const from = out.length;
    out.push(null, 4, dict.table.entries.size);
    for (const { key, value } of dict.table.entries.values()) {
      if (typeof key !== 'string') {
        out.length = from;
        this.#writePairs(out, dict.pairs(), here);
        return;
      }
      out.push(key);
      this.#write(out, value, here);
    }
  }

  #writePairs(out: unknown[], pairs: readonly (readonly [Value, Value])[], here: Above): void {
    const plain = pairs.every(([key]) => typeof key === 'string');
    out.push(null, plain ? 4 : 14, pairs.length);
    for (const [key, item] of pairs) {
      if (plain) out.push(key);
      else this.#write(out, key, here);
      this.#write(out, item, here);
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

/** A container that is being written, and those that it is in. */
interface Above {
  readonly value: StarlarkObject;
  readonly depth: number;
  readonly up: Above | undefined;
}

function enter(value: StarlarkObject, above: Above | undefined): Above {
  for (let outer = above; outer !== undefined; outer = outer.up) {
    if (outer.value === value) throw new StarlarkError('a value that contains itself cannot be given to a builtin');
  }
  const depth = above === undefined ? 1 : above.depth + 1;
  if (depth <= DEEPEST) return { value, depth, up: above };
  throw new StarlarkError(`a value that is nested more than ${DEEPEST} levels deep cannot be given to a builtin`);
}

function writeFloat(out: unknown[], value: number): void {
  if (Number.isInteger(value)) out.push(null, 11, Object.is(value, -0) ? '-0' : String(value));
  else if (Number.isFinite(value)) out.push(value);
  else out.push(null, 6, String(value));
}

/** The parts of what the host takes for an array, though it is no list. */
function itemsOf(value: StarlarkObject): readonly Value[] | undefined {
  if (value instanceof Tuple) return value.items;
  if (value instanceof StarlarkSet) return Array.from(value.table.entries.values(), ({ key }) => key);
  if (value instanceof Range) return Array.from({ length: value.length() }, (_, index) => value.at(index));
  return undefined;
}
