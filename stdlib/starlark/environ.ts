import { anything, positional } from '../../interpreter/starlark/runtime/arguments.ts';
import { Dict } from '../../interpreter/starlark/runtime/dict.ts';
import { updateAs } from '../../interpreter/starlark/runtime/dict-methods.ts';
import { call, MethodTable } from '../../interpreter/starlark/runtime/function.ts';
import { List, Tuple } from '../../interpreter/starlark/runtime/list.ts';
import { inside } from '../../interpreter/starlark/runtime/list-methods.ts';
import {
  type Comparison,
  type HashKey,
  type Iteration,
  type Mapping,
  StarlarkError,
  StarlarkObject,
  typeOf,
  type Value,
} from '../../interpreter/starlark/runtime/value.ts';

/** The host's functions for the environment. */
export interface EnvironBuiltins {
  readonly get: Value;
  readonly set: Value;
  readonly unset: Value;
  readonly keys: Value;
}

/** `os.environ`: like a dict, and always what the environment is now. */
export class Environ extends StarlarkObject implements Mapping {
  override readonly type = 'environ';
  readonly #host: EnvironBuiltins;

  constructor(host: EnvironBuiltins) {
    super();
    this.#host = host;
  }

  /** A text, or what counts as one. */
  #text(value: Value): string | undefined {
    if (typeof value === 'string') return value;
    return value instanceof StarlarkObject && value.type === 'blob' ? value.show([]) : undefined;
  }
  lookup(key: Value): Value | undefined {
    const name = this.#text(key);
    return name === undefined ? undefined : (call(this.#host.get, [name]) ?? undefined);
  }
  store(key: Value, value: Value): void {
    const [name, text] = [this.#text(key), this.#text(value)];
    if (name === undefined) throw new StarlarkError(`putenv() key must be a string, not ${typeOf(key)}`);
    if (text === undefined) throw new StarlarkError(`putenv() value must be a string, not ${typeOf(value)}`);
    call(this.#host.set, [name, text]);
  }
  remove(key: Value): Value | undefined {
    const value = this.lookup(key);
    if (value !== undefined) call(this.#host.unset, [this.#text(key) as string]);
    return value;
  }
  keys(): readonly Value[] {
    return (call(this.#host.keys, []) as List).items;
  }
  pairs(): [Value, Value][] {
    return this.keys().map((key) => [key, this.lookup(key) ?? '']);
  }
  #dict(): Dict {
    const dict = new Dict();
    for (const [key, value] of this.pairs()) dict.store(key, value);
    return dict;
  }

  override show(): string {
    return this.#dict().show([]);
  }
  override truth(): boolean {
    return this.keys().length > 0;
  }
  override hash(): HashKey {
    throw new StarlarkError('unhashable type: environ');
  }
  override iterate(): Iteration {
    return this.#dict().iterate();
  }
  override size(): number {
    return this.keys().length;
  }
  override mapping(): Mapping {
    return this;
  }
  override compare(operator: Comparison, other: StarlarkObject, depth: number): boolean {
    return this.#dict().compare(operator, other instanceof Environ ? other.#dict() : other, depth);
  }
  override attribute(name: string): Value | undefined {
    return methods.get(this, name);
  }
  override attributeNames(): readonly string[] {
    return methods.names;
  }
}

const methods = new MethodTable<Environ>({
  $clear(self, args, keywords) {
    positional('clear', args, keywords, 0);
    for (const key of self.keys()) self.remove(key);
    return null;
  },
  $get(self, args, keywords) {
    const [key = null, absent = null] = positional('get', args, keywords, 1, anything, anything);
    return self.lookup(key) ?? absent;
  },
  $items(self, args, keywords) {
    positional('items', args, keywords, 0);
    return new List(self.pairs().map((pair) => new Tuple(pair)));
  },
  $keys(self, args, keywords) {
    positional('keys', args, keywords, 0);
    return new List([...self.keys()]);
  },
  $pop(self, args, keywords) {
    const [key = null, absent] = positional('pop', args, keywords, 1, anything, anything);
    const value = self.remove(key) ?? absent;
    if (value === undefined) throw new StarlarkError('pop: missing key');
    return value;
  },
  $popitem(self, args, keywords) {
    positional('popitem', args, keywords, 0);
    const [key] = self.keys();
    if (key === undefined) throw new StarlarkError('popitem: empty environ');
    return new Tuple([key, self.remove(key) ?? null]);
  },
  $setdefault(self, args, keywords) {
    const [key = null, absent = null] = positional('setdefault', args, keywords, 1, anything, anything);
    const known = self.lookup(key);
    if (known !== undefined) return known;
    inside('setdefault', () => self.store(key, absent));
    return absent;
  },
  $update(self, args, keywords) {
    updateAs('update', self, args, keywords);
    return null;
  },
  $values(self, args, keywords) {
    positional('values', args, keywords, 0);
    return new List(self.pairs().map(([, value]) => value));
  },
});
