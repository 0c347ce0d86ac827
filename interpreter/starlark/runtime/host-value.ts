import { repr } from './show.ts';
import { quote } from './text.ts';
import { freeze, type HashKey, StarlarkError, StarlarkObject, type Value } from './value.ts';

/** How values with one tag look to Starlark. */
export interface TagManner {
  /** What `type(x)` answers, if not the tag. */
  readonly type?: string;
  /** The name of a kind of structs. */
  readonly brand?: string;
  /** Missing for the usual `brand(a = 1, b = 2)`. */
  readonly show?: (value: HostValue) => string;
  /** Whether it has attributes: its fields. */
  readonly attributes: boolean;
  readonly truth?: (value: HostValue) => boolean;
  /** Why it has no hash. */
  readonly unhashable?: string;
}

const USUAL: TagManner = { attributes: true };

/** A value that the host made and knows by a number. */
export class HostValue extends StarlarkObject {
  readonly id: number;
  readonly tag: string;
  readonly fields: ReadonlyMap<string, Value>;
  readonly #manner: TagManner;

  constructor(id: number, tag: string, fields: ReadonlyMap<string, Value>, manner: TagManner = USUAL) {
    super();
    this.id = id;
    this.tag = tag;
    this.fields = fields;
    this.#manner = manner;
    for (const value of fields.values()) freeze(value);
  }
  override get type(): string {
    return this.#manner.type ?? this.tag;
  }
  override show(): string {
    if (this.#manner.show) return this.#manner.show(this);
    const names = [...this.fields.keys()].sort();
    return `${this.#manner.brand ?? this.tag}(${names.map((name) => `${name} = ${repr(this.fields.get(name) as Value)}`).join(', ')})`;
  }
  override truth(): boolean {
    return this.#manner.truth?.(this) ?? true;
  }
  override hash(): HashKey {
    if (this.#manner.unhashable !== undefined) throw new StarlarkError(this.#manner.unhashable);
    return this;
  }
  override attribute(name: string): Value | undefined {
    return this.#manner.attributes ? this.fields.get(name) : undefined;
  }
  override attributeNames(): readonly string[] | undefined {
    return this.#manner.attributes ? [...this.fields.keys()].sort() : undefined;
  }
  override missingAttribute(name: string): string {
    const { brand } = this.#manner;
    return brand === undefined ? super.missingAttribute(name) : `${quote(brand)} struct has no .${name} attribute`;
  }
}
