import type { DefStatement, LambdaExpression } from '../../interpreter/starlark/syntax/ast.ts';

/** Kinds of values, as bits: a type may be several of them. */
export const Kind = {
  none: 1,
  bool: 2,
  int: 4,
  float: 8,
  str: 16,
  list: 32,
  tuple: 64,
  dict: 128,
  set: 256,
  range: 512,
  blob: 1024,
  struct: 2048,
  function: 4096,
  /** `os`, `config` and their like. */
  module: 8192,
  /** A value that a builtin made, such as a probe. */
  other: 16384,
  bytes: 32768,
  /** The variable has no value yet. */
  unset: 65536,
  /** What JavaScript says for None where nothing was said. */
  nothing: 131072,
  /** Anything of the above but `unset`. */
  unknown: 262144,
} as const;

/** What is known of a value before the script runs. */
export interface Type {
  readonly bits: number;
  /** Where its lists, dicts, tuples, structs and functions come from. */
  readonly sites: readonly Site[];
  /** Bounds of an int. */
  readonly low: number;
  readonly high: number;
}

/** A place in the script that makes values; what becomes of their contents is collected here. */
export type Site = SequenceSite | DictSite | StructSite | FunctionSite;

export interface SequenceSite {
  readonly kind: 'list' | 'tuple' | 'set';
  element: Type;
  /** Types by position and so the length, of a tuple that was written down. */
  readonly items: Type[] | undefined;
  /** Somebody can tell it from a list: such a tuple must be one in JavaScript, too. */
  isSeen: boolean;
  /** It gets more items later. */
  grows?: boolean;
  /** Items that are there from the beginning. */
  least?: number;
  /** For what no expression of the script makes. */
  readonly isForeign: boolean;
}

export interface DictSite {
  readonly kind: 'dict';
  key: Type;
  value: Type;
  /** Keys that are there from the beginning, with the types of their values. */
  readonly entries: Map<string, Type>;
  /** It gets more keys later. */
  grows?: boolean;
}

export interface StructSite {
  readonly kind: 'struct';
  readonly fields: Map<string, Type>;
}

export interface FunctionSite {
  readonly kind: 'function';
  readonly node: DefStatement | LambdaExpression;
}

const EXACT = Number.MAX_SAFE_INTEGER;
/** Numbers that grow by steps get no larger while a script runs. */
const COUNTED = 2 ** 52;
const STEP = 2 ** 33;

export function kindType(bits: number, sites: readonly Site[] = []): Type {
  return { bits, sites, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}

export function intType(low: number, high: number): Type {
  return { bits: Kind.int, sites: [], low, high };
}

export function siteType(site: Site): Type {
  return kindType(Kind[site.kind], [site]);
}

export const NEVER: Type = { bits: 0, sites: [], low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
export const NONE = kindType(Kind.none);
export const NOTHING = kindType(Kind.none | Kind.nothing);
export const BOOL = kindType(Kind.bool);
export const INT = kindType(Kind.int);
/** A length, an index, a port: never too large for JavaScript. */
export const COUNT = intType(0, 2 ** 31);
export const FLOAT = kindType(Kind.float);
export const STR = kindType(Kind.str);
export const BYTES = kindType(Kind.bytes);
export const BLOB = kindType(Kind.blob);
export const RANGE = kindType(Kind.range);
export const MODULE = kindType(Kind.module);
export const OTHER = kindType(Kind.other);
export const FUNCTION = kindType(Kind.function);
export const UNSET = kindType(Kind.unset);
export const UNKNOWN = kindType(Kind.unknown | Kind.nothing);

export function join(a: Type, b: Type): Type {
  if (a === b || b.bits === 0) return a;
  if (a.bits === 0) return b;
  const bits = a.bits | b.bits;
  const sites = joinSites(a.sites, b.sites);
  const hasInt = [a, b].filter((type) => type.bits & (Kind.int | Kind.range | Kind.unknown));
  const low = Math.min(...hasInt.map((type) => type.low), Number.POSITIVE_INFINITY);
  const high = Math.max(...hasInt.map((type) => type.high), Number.NEGATIVE_INFINITY);
  if (bits === a.bits && sites === a.sites && low === a.low && high === a.high) return a;
  return hasInt.length > 0 ? { bits, sites, low, high } : kindType(bits, sites);
}

export function joinAll(types: readonly Type[]): Type {
  return types.reduce(join, NEVER);
}

function joinSites(a: readonly Site[], b: readonly Site[]): readonly Site[] {
  const more = b.filter((site) => !a.includes(site));
  return more.length === 0 ? a : [...a, ...more];
}

/** Joins what a round of a loop adds, so that after some rounds nothing changes any more. */
export function widen(before: Type, after: Type): Type {
  const joined = join(before, after);
  if (joined === before || before.bits === 0 || !(before.bits & Kind.int)) return joined;
  const low = joined.low < before.low ? grown(before.low, joined.low, -1) : joined.low;
  const high = joined.high > before.high ? grown(before.high, joined.high, 1) : joined.high;
  return { ...joined, low, high };
}

function grown(from: number, to: number, sign: 1 | -1): number {
  return Math.abs(to - from) <= STEP && Math.abs(to) <= COUNTED ? sign * COUNTED : sign * Number.POSITIVE_INFINITY;
}

/** The sum of two bounds: what grows by steps stays what it is. */
export function sum(a: number, b: number): number {
  const total = a + b;
  if (Math.abs(total) <= COUNTED) return total;
  if (Number.isFinite(total) && Math.max(Math.abs(a), Math.abs(b)) > COUNTED) return total;
  if (Math.min(Math.abs(a), Math.abs(b)) <= STEP) return Math.sign(total) * COUNTED;
  return Number.isNaN(total) || total < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Whether a type is one of these kinds and no other. */
export function isOnly(type: Type, bits: number): boolean {
  return type.bits !== 0 && (type.bits & ~bits) === 0;
}

export function mayBe(type: Type, bits: number): boolean {
  return (type.bits & (bits | Kind.unknown)) !== 0;
}

/** Ints that JavaScript's numbers hold exactly. */
export function isSafeInt(type: Type): boolean {
  return isOnly(type, Kind.int) && type.low >= -EXACT && type.high <= EXACT;
}

/** Values that are the same in JavaScript when they are equal: no floats, no containers. */
export const PLAIN = Kind.none | Kind.bool | Kind.int | Kind.str | Kind.nothing;

export function without(type: Type, bits: number): Type {
  return { ...type, bits: type.bits & ~bits };
}

export function elementOf(type: Type): Type {
  if (type.bits & Kind.unknown) return UNKNOWN;
  let result = NEVER;
  if (type.bits & (Kind.list | Kind.tuple | Kind.set | Kind.dict)) {
    for (const site of type.sites) {
      if (site.kind === 'dict') result = join(result, site.key);
      else if (site.kind !== 'struct' && site.kind !== 'function') result = join(result, site.element);
    }
  }
  if (type.bits & Kind.range)
    result = join(result, intType(Math.max(type.low, -(2 ** 31)), Math.min(type.high, 2 ** 31)));
  return result;
}

export function valuesOf(type: Type): Type {
  if (type.bits & Kind.unknown) return UNKNOWN;
  return joinAll(type.sites.map((site) => (site.kind === 'dict' ? site.value : NEVER)));
}
