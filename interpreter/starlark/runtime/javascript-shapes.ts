import type { JavaScriptRealm } from './bridge.ts';
import type { Interop } from './interop.ts';
import { Visit } from './javascript-visit.ts';
import { StarlarkObject, type Value } from './value.ts';

/** Values of JavaScript as Starlark's functions for JavaScript handle them. */
export class JavaScriptShapes {
  readonly realm: JavaScriptRealm;
  readonly #interop: Interop;

  constructor(realm: JavaScriptRealm, interop: Interop) {
    this.realm = realm;
    this.#interop = interop;
  }

  /** One passage of values through Starlark. */
  visit(): Visit {
    return new Visit(this.#interop, this.realm);
  }

  /** Does something with values of Starlark. */
  with(args: readonly unknown[], run: (...values: Value[]) => Value): unknown {
    const visit = this.visit();
    return visit.out(run(...args.map((arg) => visit.in(arg))));
  }

  isPlain(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !isOurs(value) && this.realm.shapeOf(value) === 'object';
  }

  shapeOf(value: unknown): string {
    if (typeof value === 'function') return 'function';
    if (typeof value !== 'object' || value === null || isOurs(value)) return '';
    return this.realm.shapeOf(value);
  }

  array(items: Iterable<unknown>): unknown[] {
    const array = this.realm.makeArray();
    for (const item of items) array.push(item);
    return array;
  }
}

export function isOurs(value: object): boolean {
  return value instanceof StarlarkObject;
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

export function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

export function orNull(value: unknown): unknown {
  return value === undefined ? null : value;
}
