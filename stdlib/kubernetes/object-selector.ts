import { type CompiledSelector, compileSelector, type ObjectSelector } from '../model/object-selector.ts';
import type { ObjectBody } from './object-bodies.ts';

export type BodySelector =
  | { readonly ok: true; readonly matches: (object: ObjectBody) => boolean }
  | Extract<CompiledSelector, { readonly ok: false }>;

/** A selector for whole objects. */
export function objectSelector(selector: ObjectSelector): BodySelector {
  const compiled = compileSelector(selector);
  if (!compiled.ok) return compiled;
  return {
    ok: true,
    matches: (object) => {
      const { name, namespace } = metadataOf(object);
      return compiled.matches({
        apiVersion: textOf(object.apiVersion),
        kind: textOf(object.kind),
        name: textOf(name),
        namespace: textOf(namespace),
      });
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether an object has all of the labels. */
export function hasLabels(object: ObjectBody, labels: Readonly<Record<string, string>>): boolean {
  const own = metadataOf(object).labels;
  const given = isBody(own) ? own : {};
  return Object.entries(labels).every(([name, value]) => given[name] === value);
}

function metadataOf({ metadata }: ObjectBody): ObjectBody {
  return isBody(metadata) ? metadata : {};
}

function isBody(value: unknown): value is ObjectBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
