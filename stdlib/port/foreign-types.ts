import {
  BLOB,
  BOOL,
  INT,
  join,
  Kind,
  kindType,
  NONE,
  NOTHING,
  OTHER,
  type SequenceSite,
  STR,
  siteType,
  type Type,
  UNKNOWN,
} from './type.ts';

/** A list or tuple that no expression of the script makes. */
export function foreignSequence(kind: SequenceSite['kind'], element: Type): Type {
  return siteType({ kind, element, items: undefined, isSeen: true, isForeign: true });
}

export const LIST_OF_STR = foreignSequence('list', STR);
export const LIST_OF_UNKNOWN = foreignSequence('list', UNKNOWN);
export const TUPLE_OF_UNKNOWN = foreignSequence('tuple', UNKNOWN);
export const DICT_OF_UNKNOWN: Type = siteType({ kind: 'dict', key: STR, value: UNKNOWN, entries: new Map() });
export const SET_OF_UNKNOWN = foreignSequence('set', UNKNOWN);

const BY_TYPESCRIPT: ReadonlyMap<string, Type> = new Map([
  ['string', STR],
  ['Blob', BLOB],
  ['boolean', BOOL],
  ['number', INT],
  ['void', NOTHING],
  ['never', NOTHING],
  ['null', NONE],
  ['undefined', NOTHING],
  ['string[]', LIST_OF_STR],
  ['readonly string[]', LIST_OF_STR],
  ['Readonly<Record<string, any>>', DICT_OF_UNKNOWN],
  ['Record<string, any>', DICT_OF_UNKNOWN],
]);

/** What a builtin answers, from how its schema says it in TypeScript. */
export function typeOfTypescript(text: string): Type {
  const parts = text.split(' | ').map((part) => {
    const known = BY_TYPESCRIPT.get(part);
    if (known) return known;
    // Such as `Probe`: a value with a name of its own.
    if (/^[A-Z]\w+$/.test(part)) return OTHER;
    return /^\w+\[\]$/.test(part) ? LIST_OF_UNKNOWN : UNKNOWN;
  });
  return parts.reduce(join);
}

/** The kinds that `type(x)` tells, by the text that it answers. */
export const KIND_OF_TYPE_NAME: ReadonlyMap<string, Type> = new Map([
  ['NoneType', NONE],
  ['bool', BOOL],
  ['int', INT],
  ['float', kindType(Kind.float)],
  ['string', STR],
  ['list', LIST_OF_UNKNOWN],
  ['tuple', TUPLE_OF_UNKNOWN],
  ['dict', kindType(Kind.dict, DICT_OF_UNKNOWN.sites)],
  ['set', SET_OF_UNKNOWN],
  ['blob', BLOB],
  ['function', kindType(Kind.function)],
]);
