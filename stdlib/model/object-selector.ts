import { compileGoRegexp } from './go-regexp.ts';
import type { KubernetesObject } from './kubernetes.ts';

/**
 * Which objects are meant: patterns in Go's language that are looked for anywhere in their fields, in large and small letters
 * alike. Empty ones fit everything.
 */
export interface ObjectSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** What tells objects apart. */
export type ObjectIdentity = Pick<KubernetesObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>;

export type CompiledSelector =
  | { readonly ok: true; readonly matches: (object: ObjectIdentity) => boolean }
  | { readonly ok: false; readonly message: string };

/** An object without a namespace counts as in `default`. */
export function compileSelector(selector: ObjectSelector): CompiledSelector {
  const tests: ((object: ObjectIdentity) => boolean)[] = [];
  for (const field of ['apiVersion', 'kind', 'name', 'namespace'] as const) {
    if (selector[field] === '') continue;
    const compiled = compileGoRegexp(ignoringCase(selector[field]));
    if (!compiled.ok) return { ok: false, message: `error parsing ${field} regexp: ${compiled.message}` };
    const empty = field === 'namespace' ? 'default' : '';
    tests.push((object) => compiled.regexp.test(object[field] || empty));
  }
  return { ok: true, matches: (object) => tests.every((test) => test(object)) };
}

/** The same for a selector that is known to be good; others match nothing. */
export function selectorMatcher(selector: ObjectSelector): (object: ObjectIdentity) => boolean {
  const compiled = compileSelector(selector);
  return compiled.ok ? compiled.matches : () => false;
}

/** A pattern of a selector in Go's notation. */
export function ignoringCase(pattern: string): string {
  return pattern === '' ? '' : `(?i)${pattern}`;
}
