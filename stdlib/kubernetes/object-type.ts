import { KINDS, TYPES } from './type-table.ts';

/** The type of a field of a built-in Kubernetes kind. */
export type FieldType =
  | { readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'any' }
  /** A port or a share: a whole number or a string. */
  | { readonly kind: 'integer-or-string' }
  /** Such as `500m` of a processor. */
  | { readonly kind: 'quantity' }
  | { readonly kind: 'base64' }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType }
  | { readonly kind: 'object'; readonly name: string };

export type Fields = ReadonlyMap<string, FieldType>;

const LETTERS: Readonly<Record<string, FieldType>> = {
  s: { kind: 'string' },
  n: { kind: 'integer' },
  d: { kind: 'number' },
  b: { kind: 'boolean' },
  a: { kind: 'any' },
  i: { kind: 'integer-or-string' },
  q: { kind: 'quantity' },
  y: { kind: 'base64' },
};

/** The table is taken apart as it is needed: most Tiltfiles use a dozen of its types. */
let kinds: ReadonlyMap<string, string> | undefined;
let lines: ReadonlyMap<string, string> | undefined;
const fields = new Map<string, Fields>();

/** The name of a kind's type, or nothing for kinds that Kubernetes itself does not know. */
export function typeOfKind(apiVersion: string, kind: string): string | undefined {
  kinds ??= new Map(KINDS.split('\n').map((line) => splitAt(line, line.lastIndexOf(' '))));
  return kinds.get(`${apiVersion} ${kind}`);
}

/** The fields of a type. */
export function fieldsOf(name: string): Fields {
  const known = fields.get(name);
  if (known) return known;
  lines ??= new Map(TYPES.split('\n').map((line) => splitAt(line, line.indexOf(' '))));
  const made = new Map<string, FieldType>();
  for (const field of (lines.get(name) ?? '').split(' ')) {
    const [key, code] = splitAt(field, field.indexOf(':'));
    if (key !== '') made.set(key, typeOf(code));
  }
  fields.set(name, made);
  return made;
}

function typeOf(code: string): FieldType {
  if (code.startsWith('[')) return { kind: 'list', of: typeOf(code.slice(1)) };
  if (code.startsWith('{')) return { kind: 'map', of: typeOf(code.slice(1)) };
  return LETTERS[code] ?? { kind: 'object', name: code };
}

function splitAt(text: string, place: number): readonly [string, string] {
  return [text.slice(0, Math.max(place, 0)), text.slice(place + 1)];
}
