import { compileGoRegExp } from './go-regexp.ts';
import type { KubernetesObject } from './kubernetes.ts';

/** Which objects are meant. Each pattern is looked for anywhere in its field, in large and small letters alike; an empty one fits everything. */
export interface ObjectSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

type Identity = Pick<KubernetesObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>;

/** The patterns as Go writes them, or why one of them is none. */
export function selectorProblem(selector: ObjectSelector): string | undefined {
  for (const field of ['apiVersion', 'kind', 'name', 'namespace'] as const) {
    const compiled = compileGoRegExp(ignoringCase(selector[field]));
    if (!compiled.ok) return `error parsing ${field} regexp: ${compiled.message}`;
  }
  return undefined;
}

/** A pattern of a selector in Go's notation. */
export function ignoringCase(pattern: string): string {
  return pattern === '' ? '' : `(?i)${pattern}`;
}

/** Patterns that are none match nothing. */
export function selectorMatcher(selector: ObjectSelector): (object: Identity) => boolean {
  const [apiVersion, kind, name, namespace] = [
    selector.apiVersion,
    selector.kind,
    selector.name,
    selector.namespace,
  ].map((pattern) => {
    const compiled = compileGoRegExp(ignoringCase(pattern));
    return compiled.ok ? compiled.regexp : undefined;
  });
  return (object) =>
    apiVersion?.test(object.apiVersion) === true &&
    kind?.test(object.kind) === true &&
    name?.test(object.name) === true &&
    namespace?.test(object.namespace || 'default') === true;
}
