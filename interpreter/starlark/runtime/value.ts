/** Any value of Starlark; `StarlarkObject` is the base of all that is no primitive of JavaScript. */
export type Value = null | boolean | number | bigint | string | StarlarkObject;

/** An error of the script: a value with a message in go.starlark.net's words and QuickJS's stack. */
export class StarlarkError extends Error {}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '|' | '&' | '^' | '<<' | '>>' | 'in';

/** What stands for a value in a JavaScript `Map`: equal values have the same. */
export type HashKey = unknown;

export interface Iteration {
  /** The next value, or `undefined` at the end. */
  next(): Value | undefined;
  /** Ends the iteration: until then a list, dict or set refuses to be changed. */
  done(): void;
}

/** A dict, or something like one. */
export interface Mapping {
  /** Nothing for a key that is not there. */
  lookup(key: Value): Value | undefined;
  store(key: Value, value: Value): void;
  /** A copy. */
  pairs(): [Value, Value][];
}

/** Something whose parts have numbers. `at` and `slice` get indexes that exist. */
export interface Indexable {
  length(): number;
  at(index: number): Value;
  slice(start: number, end: number, step: number): Value;
  /** Missing for what cannot be changed. */
  setAt?(index: number, value: Value): void;
}

export abstract class StarlarkObject {
  /** What `type(x)` answers. */
  abstract readonly type: string;

  /** The value as `repr` shows it; `above` are the lists and dicts that are being shown already. */
  abstract show(above: readonly StarlarkObject[]): string;

  truth(): boolean {
    return true;
  }

  freeze(): void {}

  /** Throws for what cannot be hashed. */
  hash(): HashKey {
    return this;
  }

  /** Nothing for what cannot be iterated. */
  iterate(): Iteration | undefined {
    return undefined;
  }

  /** What `len` answers; nothing for what has no length. */
  size(): number | undefined {
    return undefined;
  }

  mapping(): Mapping | undefined {
    return undefined;
  }

  indexable(): Indexable | undefined {
    return undefined;
  }

  attribute(_name: string): Value | undefined {
    return undefined;
  }

  /** Sorted; nothing for what cannot have attributes. */
  attributeNames(): readonly string[] | undefined {
    return undefined;
  }

  missingAttribute(name: string): string {
    return `${this.type} has no .${name} field or method`;
  }

  setAttribute(name: string, _value: Value): void {
    throw new StarlarkError(`can't assign to .${name} field of ${this.type}`);
  }

  /** Compares with a value of the same type. */
  compare(operator: Comparison, other: StarlarkObject, _depth: number): boolean {
    if (operator === '==') return this === other;
    if (operator === '!=') return this !== other;
    throw notImplemented(this.type, operator, other.type);
  }

  /** An operator that the type itself defines; nothing for others. `left` says on which side the value stands. */
  binary(_operator: BinaryOperator, _other: Value, _left: boolean): Value | undefined {
    return undefined;
  }
}

export function notImplemented(left: string, operator: string, right: string): StarlarkError {
  return new StarlarkError(`${left} ${operator} ${right} not implemented`);
}

export function typeOf(x: Value): string {
  switch (typeof x) {
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
  }
  return x === null ? 'NoneType' : x.type;
}

export function truth(x: Value): boolean {
  switch (typeof x) {
    case 'boolean':
      return x;
    case 'string':
      return x !== '';
    case 'number':
      return x !== 0;
    case 'bigint':
      return true;
  }
  return x === null ? false : x.truth();
}

export function freeze(x: Value): void {
  if (typeof x === 'object' && x !== null) x.freeze();
}

/** Turns a three-way comparison into the answer of an operator. */
export function threeWay(operator: Comparison, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
