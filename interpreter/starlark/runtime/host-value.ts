import { Dict } from './dict.ts';
import { repr } from './show.ts';
import { quote } from './text.ts';
import { freeze, type HashKey, StarlarkError, StarlarkObject, type Value } from './value.ts';

/** How values with one tag look to Starlark. */
export interface TagManner {
  /** They are dicts, which cannot be changed; nothing else counts then. */
  readonly dict?: boolean;
  /** What `type(x)` answers, if not the tag. */
  readonly type?: string;
  /** The name of a kind of structs. */
  readonly brand?: string;
  /** Missing for the usual `brand(a = 1, b = 2)`. */
  readonly show?: (value: HostValue) => string;
  /** The fields that are attributes; all where this is missing. */
  readonly attributes?: readonly string[];
  /** An attribute that is no field, such as a method. */
  readonly method?: (value: HostValue, name: string) => Value | undefined;
  /** The message for an attribute that is not there. */
  readonly missing?: (name: string) => string;
  readonly truth?: (value: HostValue) => boolean;
  /** Why it has no hash. */
  readonly unhashable?: string;
}

/** A value that the host made and knows by a number. */
export class HostValue extends StarlarkObject {
  readonly id: number;
  readonly tag: string;
  readonly fields: ReadonlyMap<string, Value>;
  readonly #manner: TagManner;

  constructor(id: number, tag: string, fields: ReadonlyMap<string, Value>, manner: TagManner) {
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
    const parts = names.map((name) => `${name} = ${repr(this.fields.get(name) as Value)}`);
    return `${this.#manner.brand ?? this.tag}(${parts.join(', ')})`;
  }
  override truth(): boolean {
    return this.#manner.truth?.(this) ?? true;
  }
  override hash(): HashKey {
    if (this.#manner.unhashable !== undefined) throw new StarlarkError(this.#manner.unhashable);
    return this;
  }
  override attribute(name: string): Value | undefined {
    if (!this.attributeNames()?.includes(name)) return undefined;
    return this.#manner.method?.(this, name) ?? this.fields.get(name);
  }
  override attributeNames(): readonly string[] | undefined {
    const { attributes } = this.#manner;
    if (attributes === undefined) return [...this.fields.keys()].sort();
    return attributes.length === 0 ? undefined : [...attributes].sort();
  }
  override missingAttribute(name: string): string {
    const { brand, missing } = this.#manner;
    if (missing) return missing(name);
    return brand === undefined ? super.missingAttribute(name) : `${quote(brand)} struct has no .${name} attribute`;
  }
}

/** The same as a dict. */
export class HostDict extends Dict {
  readonly id: number;
  readonly tag: string;

  constructor(id: number, tag: string, fields: ReadonlyMap<string, Value>) {
    super();
    this.id = id;
    this.tag = tag;
    for (const [name, value] of fields) this.store(name, value);
    this.freeze();
  }
}
