import { compileGoRegexp } from '../schema/go-regexp.ts';
import type { ObjectBody } from './object-bodies.ts';

/** Patterns that are looked for anywhere in their fields; empty ones fit everything. */
export interface ObjectPatterns {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export type ObjectSelector =
  | { readonly ok: true; readonly matches: (object: ObjectBody) => boolean }
  | { readonly ok: false; readonly message: string };

/** Large and small letters are the same to it. An object without a namespace is in `default`. */
export function objectSelector(patterns: ObjectPatterns): ObjectSelector {
  const tests: ((object: ObjectBody) => boolean)[] = [];
  for (const field of ['apiVersion', 'kind', 'name', 'namespace'] as const) {
    const pattern = patterns[field];
    if (pattern === '') continue;
    const compiled = compileGoRegexp(`(?i)${pattern}`);
    if (!compiled.ok) return { ok: false, message: `error parsing ${field} regexp: ${compiled.message}` };
    tests.push((object) => compiled.regexp.test(fieldOf(object, field)));
  }
  return { ok: true, matches: (object) => tests.every((test) => test(object)) };
}

function fieldOf(object: ObjectBody, field: keyof ObjectPatterns): string {
  if (field === 'apiVersion' || field === 'kind') return String(object[field] ?? '');
  const value = metadataOf(object)[field];
  return (typeof value === 'string' ? value : '') || (field === 'namespace' ? 'default' : '');
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
