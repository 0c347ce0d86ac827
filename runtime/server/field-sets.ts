import { isRecord } from '../state/fields.ts';

// Sets of fields, and how Kubernetes writes them down (`FieldsV1`). Records are taken apart; lists and plain values belong to one owner as a whole.

/** The names on the way to a field, as JSON: `["data","a"]`. */
export type FieldPath = string;

/** What owners are kept of. */
export interface Content {
  readonly metadata?: unknown;
  readonly spec?: unknown;
  readonly data?: unknown;
}

/** All fields of an object that somebody can own. */
export function fieldsOf({ metadata, spec, data }: Content): ReadonlyMap<FieldPath, unknown> {
  const fields = new Map<FieldPath, unknown>();
  const { labels, annotations } = isRecord(metadata) ? metadata : {};
  const visit = (value: unknown, path: readonly string[]): void => {
    if (value === undefined) return;
    const entries = isRecord(value) ? Object.entries(value) : [];
    if (entries.length > 0) for (const [key, item] of entries) visit(item, [...path, key]);
    // What is empty as a whole says nothing.
    else if (path.length > 1 && !(isRecord(value) && path[0] === 'metadata')) fields.set(JSON.stringify(path), value);
  };
  visit(labels ?? undefined, ['metadata', 'labels']);
  visit(annotations ?? undefined, ['metadata', 'annotations']);
  visit(spec ?? undefined, ['spec']);
  visit(data ?? undefined, ['data']);
  return fields;
}

/** The same object with a field set. */
export function withField(object: Content, path: FieldPath, value: unknown): Content {
  return changed(object, namesOf(path), value) as Content;
}

/** The same object without a field, and without what is empty then around it. */
export function withoutField(object: Content, path: FieldPath): Content {
  return removed(object, namesOf(path)) as Content;
}

export function fieldsV1(paths: readonly FieldPath[]): object {
  const root: Record<string, object> = {};
  for (const path of paths) {
    let here = root;
    for (const name of namesOf(path)) {
      const next = (here[`f:${name}`] ?? {}) as Record<string, object>;
      here[`f:${name}`] = next;
      here = next;
    }
  }
  return root;
}

/** The paths in such a set. Other keys than those of fields (`.`, `k:…`, `v:…`) are not kept apart here. */
export function pathsOf(set: unknown): readonly FieldPath[] {
  const paths: FieldPath[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    const fields = isRecord(value) ? Object.entries(value).filter(([key]) => key.startsWith('f:')) : [];
    if (fields.length === 0 && path.length > 0) paths.push(JSON.stringify(path));
    for (const [key, item] of fields) visit(item, [...path, key.slice(2)]);
  };
  visit(set, []);
  return paths;
}

/** As people read it: `.data.a`. */
export function fieldText(path: FieldPath): string {
  return namesOf(path)
    .map((name) => (/^[\w-]+$/.test(name) ? `.${name}` : `.${JSON.stringify(name).slice(1, -1)}`))
    .join('');
}

function namesOf(path: FieldPath): readonly string[] {
  return JSON.parse(path) as readonly string[];
}

function changed(value: unknown, [name, ...rest]: readonly string[], leaf: unknown): unknown {
  if (name === undefined) return leaf;
  const record = isRecord(value) ? value : {};
  const entries = Object.entries(record).filter(([key]) => key !== name);
  // As an own field whatever its name is.
  return Object.fromEntries([...entries, [name, changed(ownField(record, name), rest, leaf)]]);
}

function removed(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined || !isRecord(value) || !Object.hasOwn(value, name)) return value;
  const item = rest.length === 0 ? undefined : removed(value[name], rest);
  const isEmpty = item === undefined || (isRecord(item) && Object.keys(item).length === 0);
  const entries = Object.entries(value).filter(([key]) => key !== name);
  return Object.fromEntries(isEmpty ? entries : [...entries, [name, item]]);
}

function ownField(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
