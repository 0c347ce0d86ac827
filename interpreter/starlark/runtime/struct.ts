import { equal } from './compare.ts';
import { combinedKey } from './hash.ts';
import { repr } from './show.ts';
import { quote } from './text.ts';
import {
  type BinaryOperator,
  type Comparison,
  freeze,
  type HashKey,
  notImplemented,
  StarlarkError,
  StarlarkObject,
  type Value,
} from './value.ts';

/** Named values that cannot be changed. Fields are in the order of their names. */
export class Struct extends StarlarkObject {
  override readonly type: string = 'struct';
  /** How the struct names itself: `struct`, or a kind of structs. */
  readonly brand: string;
  readonly fields: ReadonlyMap<string, Value>;

  constructor(fields: Iterable<readonly [string, Value]>, brand = 'struct') {
    super();
    this.fields = new Map([...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    this.brand = brand;
  }
  override show(above: readonly StarlarkObject[]): string {
    const parts = Array.from(this.fields, ([name, value]) => `${name} = ${repr(value, above)}`);
    return `${this.brand}(${parts.join(', ')})`;
  }
  override freeze(): void {
    for (const value of this.fields.values()) freeze(value);
  }
  override hash(): HashKey {
    const parts: Value[] = [this.brand];
    for (const [name, value] of this.fields) parts.push(name, value);
    return combinedKey('struct ', parts);
  }
  override attribute(name: string): Value | undefined {
    return this.fields.get(name);
  }
  override attributeNames(): readonly string[] {
    return [...this.fields.keys()];
  }
  override missingAttribute(name: string): string {
    return `${this.brand === 'struct' ? '' : `${this.brand} `}struct has no .${name} attribute`;
  }
  override compare(operator: Comparison, other: StarlarkObject, depth: number): boolean {
    if (operator !== '==' && operator !== '!=') throw notImplemented(this.type, operator, other.type);
    return (other instanceof Struct && this.#equals(other, depth)) === (operator === '==');
  }
  #equals(other: Struct, depth: number): boolean {
    if (this.fields.size !== other.fields.size || this.brand !== other.brand) return false;
    for (const [name, value] of this.fields) {
      const theirs = other.fields.get(name);
      if (theirs === undefined || !equal(value, theirs, depth - 1)) return false;
    }
    return true;
  }
  override binary(operator: BinaryOperator, other: Value, left: boolean): Value | undefined {
    if (operator !== '+' || !left || !(other instanceof Struct)) return undefined;
    if (this.brand !== other.brand) {
      const [a, b] = [this.brand, other.brand].map((brand) => (brand === 'struct' ? quote(brand) : brand));
      throw new StarlarkError(`cannot add structs of different constructors: ${a} + ${b}`);
    }
    return new Struct(new Map([...this.fields, ...other.fields]), this.brand);
  }
}

/** A named collection of values: one of the library's (`os`), or one that `module()` made. */
export class Module extends StarlarkObject {
  override readonly type = 'module';
  readonly members: Map<string, Value>;
  readonly #shown: string;
  readonly #unhashable: string;

  constructor(members: Iterable<readonly [string, Value]>, shown: string, unhashable = 'unhashable: module') {
    super();
    this.members = new Map(members);
    this.#shown = shown;
    this.#unhashable = unhashable;
  }
  override show(): string {
    return this.#shown;
  }
  override freeze(): void {
    for (const value of this.members.values()) freeze(value);
  }
  override hash(): HashKey {
    throw new StarlarkError(this.#unhashable);
  }
  override attribute(name: string): Value | undefined {
    return this.members.get(name);
  }
  override attributeNames(): readonly string[] {
    return [...this.members.keys()].sort();
  }
}
