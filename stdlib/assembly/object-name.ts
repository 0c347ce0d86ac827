import type { KubernetesObject } from '../model/kubernetes.ts';

/** What stands for the namespace of an object that gives none, wherever objects are named. */
const DEFAULT_NAMESPACE = 'default';

export function namespaceOf(object: KubernetesObject): string {
  return object.namespace || DEFAULT_NAMESPACE;
}

/** The API group; empty for the core. */
export function groupOf(object: KubernetesObject): string {
  const slash = object.apiVersion.indexOf('/');
  return slash < 0 ? '' : object.apiVersion.slice(0, slash);
}

/** `name:Kind:namespace`, for people. Colons in the parts are escaped. */
export function fullName(object: KubernetesObject): string {
  return joined([object.name, object.kind, namespaceOf(object)]);
}

/** `name:kind:namespace:group` in small letters, unescaped, as messages about workloads name them. */
export function workloadId(object: KubernetesObject): string {
  return `${object.name}:${object.kind}:${namespaceOf(object)}:${groupOf(object)}`.toLowerCase();
}

const MOST_PARTS = 4;

/** An object's name of so many parts in small letters: `web`, `web:deployment`, … */
function nameOfParts(object: KubernetesObject, count: number): string {
  let name = escaped(object.name);
  if (count > 1) name += `:${escaped(object.kind)}`;
  if (count > 2) name += `:${escaped(namespaceOf(object))}`;
  if (count > 3) name += `:${escaped(groupOf(object) || 'core')}`;
  return name.toLowerCase();
}

/** The names by which an object can be called, shortest first. */
export function possibleNames(object: KubernetesObject): readonly string[] {
  return Array.from({ length: MOST_PARTS }, (_, place) => nameOfParts(object, place + 1));
}

/** A name for each object: the shortest that no other wants. The same object twice gets its place as a suffix. */
export function uniqueNames(objects: readonly KubernetesObject[], fewestParts = 1): readonly string[] {
  const names: string[] = [];
  // Names of different lengths never meet, so each length is asked only for those that share all the shorter ones.
  let open: readonly (readonly [place: number, object: KubernetesObject])[] = [...objects.entries()];
  for (let count = fewestParts; count <= MOST_PARTS && open.length > 0; count++) {
    const wanted = new Map<string, number>();
    for (const [place, object] of open) {
      const name = nameOfParts(object, count);
      names[place] = name;
      wanted.set(name, (wanted.get(name) ?? 0) + 1);
    }
    open = open.filter(([place]) => (wanted.get(names[place] ?? '') ?? 0) > 1);
  }
  for (const [place] of open) names[place] += `:${place}`;
  return names;
}

export type ParsedFragment =
  | { readonly ok: true; readonly matches: (object: KubernetesObject) => boolean }
  | { readonly ok: false; readonly message: string };

/** Reads `name`, `name:kind` or `name:kind:namespace`; letters may be large or small. */
export function parseFragment(fragment: string): ParsedFragment {
  if (fragment === '') return { ok: false, message: "selector can't be empty" };
  const wrong = wrongEscape(fragment);
  if (wrong !== undefined) return { ok: false, message: wrong };
  const parts = split(fragment);
  if (parts.length > 3) {
    const rule = 'Selectors must contain between 1 and 3 parts (colon separated)';
    return { ok: false, message: `Too many parts in selector. ${rule}, found ${parts.length} parts in ${fragment}` };
  }
  const [name = '', kind = '', namespace = ''] = parts.map((part) => part.toLowerCase());
  const fits = (wanted: string, value: string) => wanted === '' || value.toLowerCase() === wanted;
  return {
    ok: true,
    matches: (object) => fits(name, object.name) && fits(kind, object.kind) && fits(namespace, namespaceOf(object)),
  };
}

function joined(parts: readonly string[]): string {
  return parts.map(escaped).join(':');
}

function escaped(part: string): string {
  return !part.includes(':') && !part.includes('\\') ? part : part.replace(/[\\:]/g, '\\$&');
}

/** What is wrong with the escapes: only colons and backslashes have one. A backslash at the end counts for nothing. */
function wrongEscape(text: string): string | undefined {
  for (const { index, 1: character = '' } of text.matchAll(/\\(.)/gsu)) {
    if (character === ':' || character === '\\') continue;
    const around = text.slice(Math.max(index - 2, 0), index + 4);
    return `invalid escape sequence '\\${character}' in '${around}'`;
  }
  return undefined;
}

function split(text: string): readonly string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    let character = text.charAt(at);
    if (character === ':') {
      parts.push('');
      continue;
    }
    if (character === '\\') character = text.charAt(++at);
    parts.push((parts.pop() ?? '') + character);
  }
  return parts;
}
