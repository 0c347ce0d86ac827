// How the fields of objects are written down: for checks of what clients send, and for OpenAPI.

export type Schema =
  | 'string'
  | 'boolean'
  | 'integer'
  /** RFC 3339, or null. */
  | 'time'
  /** Such as `30s`. */
  | 'duration'
  | { readonly list: Schema }
  | { readonly map: Schema }
  | { readonly fields: Fields };

export type Fields = { readonly [name: string]: Schema };

export function list(of: Schema): Schema {
  return { list: of };
}

export function map(of: Schema): Schema {
  return { map: of };
}

export function record(fields: Fields): Schema {
  return { fields };
}

export const strings = list('string');

export interface Misfits {
  /** `spec.foo`: fields that no such object has. */
  readonly unknown: readonly string[];
  /** What has another type than it should, in words. */
  readonly wrong: readonly string[];
}

/** What of a value does not fit. */
export function misfits(value: unknown, schema: Schema, at = ''): Misfits {
  const unknown: string[] = [];
  const wrong: string[] = [];
  const complain = (path: string, expected: string, got: unknown) => {
    wrong.push(`${path === '' ? 'the object' : path} must be ${expected}, got ${shown(got)}`);
  };
  const visit = (one: unknown, type: Schema, path: string): void => {
    if (one === null || one === undefined) return;
    if (typeof type === 'string') {
      if (!fits(one, type)) complain(path, EXPECTED[type], one);
      return;
    }
    if ('list' in type) {
      if (!Array.isArray(one)) complain(path, 'a list', one);
      else for (const [index, item] of one.entries()) visit(item, type.list, `${path}[${index}]`);
      return;
    }
    if (typeof one !== 'object' || Array.isArray(one)) {
      complain(path, 'an object', one);
      return;
    }
    for (const [key, item] of Object.entries(one)) {
      const inner = path === '' ? key : `${path}.${key}`;
      if ('map' in type) visit(item, type.map, inner);
      else if (Object.hasOwn(type.fields, key)) visit(item, type.fields[key] ?? 'string', inner);
      else unknown.push(inner);
    }
  };
  visit(value, schema, at);
  return { unknown, wrong };
}

const EXPECTED = {
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
  time: 'a time such as 2026-01-01T10:00:00Z',
  duration: 'a duration such as 30s',
};

function fits(value: unknown, type: keyof typeof EXPECTED): boolean {
  switch (type) {
    case 'string':
    case 'duration':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'time':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
