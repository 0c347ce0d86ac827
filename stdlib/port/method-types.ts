import type { Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { LIST_OF_STR } from './foreign-types.ts';
import type { Knowledge } from './knowledge.ts';
import {
  BOOL,
  COUNT,
  type DictSite,
  elementOf,
  intType,
  join,
  Kind,
  NONE,
  type SequenceSite,
  STR,
  siteType,
  type Type,
  UNKNOWN,
  valuesOf,
} from './type.ts';

const TEXT = new Set([
  'capitalize',
  'format',
  'join',
  'lower',
  'lstrip',
  'removeprefix',
  'removesuffix',
  'replace',
  'rstrip',
  'strip',
  'title',
  'upper',
]);
const TEXTS = new Set(['split', 'rsplit', 'splitlines']);
const TESTS = /^(is[a-z]+|startswith|endswith)$/;
const COUNTS = new Set(['find', 'rfind', 'index', 'rindex', 'count']);

/** The type by whose methods a name is one, for a value of unknown type; nothing for names that several types have. */
export function ownerOf(method: string): number | undefined {
  if (TEXT.has(method) || TEXTS.has(method) || TESTS.test(method)) return Kind.str;
  if (['append', 'extend', 'insert'].includes(method)) return Kind.list;
  if (['get', 'items', 'keys', 'setdefault', 'update', 'values', 'popitem'].includes(method)) return Kind.dict;
  return undefined;
}

/** What a method answers, and what it does to the contents of its object. */
export function typeOfMethod(
  known: Knowledge,
  node: object,
  receiver: Type,
  name: string,
  args: readonly Type[],
  argNodes: readonly Expression[],
): Type {
  const lists = receiver.sites.filter((site): site is SequenceSite => site.kind === 'list' || site.kind === 'set');
  const dicts = receiver.sites.filter((site): site is DictSite => site.kind === 'dict');
  const [first = NONE, second = NONE] = args;
  if (['pop', 'clear', 'remove'].includes(name) && receiver.bits & (Kind.list | Kind.unknown)) known.losesItems = true;
  const addAll = (type: Type) => {
    for (const site of lists) known.addToElement(site, type);
  };
  if (receiver.bits & Kind.unknown) {
    for (const arg of args) known.see(arg);
    if (['pop', 'popitem', 'clear'].includes(name)) known.losesKeys = true;
  }
  if (['append', 'extend', 'insert', 'setdefault', 'update'].includes(name))
    for (const site of [...lists, ...dicts]) site.grows = true;
  if (lists.length > 0) {
    if (name === 'append' || name === 'add') addAll(first);
    else if (name === 'extend') addAll(elementOf(first));
    else if (name === 'insert') addAll(second);
  }
  if (dicts.length > 0) {
    if (['pop', 'popitem', 'clear'].includes(name)) known.losesKeys = true;
    if (name === 'setdefault') for (const site of dicts) known.addToDict(site, first, args[1] ?? NONE);
    if (name === 'update') updateDicts(known, dicts, args);
  }
  return answerOf(known, node, receiver, name, args, argNodes);
}

function updateDicts(known: Knowledge, dicts: readonly DictSite[], args: readonly Type[]): void {
  for (const site of dicts) {
    for (const arg of args)
      known.addToDict(site, isDict(arg) ? elementOf(arg) : STR, isDict(arg) ? valuesOf(arg) : UNKNOWN);
  }
}

const isDict = (type: Type) => type.bits === Kind.dict;

function answerOf(
  known: Knowledge,
  node: object,
  receiver: Type,
  name: string,
  args: readonly Type[],
  argNodes: readonly Expression[],
): Type {
  if (TEXT.has(name)) return STR;
  if (TEXTS.has(name)) return siteOfTexts(known, node);
  if (TESTS.test(name)) return BOOL;
  if (COUNTS.has(name)) return intType(-1, 2 ** 31);
  const [, absent = NONE] = args;
  switch (name) {
    case 'append':
    case 'extend':
    case 'insert':
    case 'remove':
    case 'clear':
    case 'add':
    case 'discard':
    case 'update':
      return NONE;
    case 'get':
      return join(entryType(receiver, argNodes[0]), absent);
    case 'setdefault':
      return join(valuesOf(receiver), absent);
    case 'pop':
      if (receiver.bits & Kind.unknown) return UNKNOWN;
      if (receiver.bits === Kind.list || receiver.bits === Kind.set) return elementOf(receiver);
      return args.length > 1 ? join(valuesOf(receiver), absent) : valuesOf(receiver);
    case 'keys': {
      const site = known.sequence(node, 'list');
      known.addToElement(site, elementOf(receiver));
      return siteType(site);
    }
    case 'values': {
      const site = known.sequence(node, 'list');
      known.addToElement(site, valuesOf(receiver));
      return siteType(site);
    }
    case 'items': {
      const list = known.sequence(node, 'list');
      const pair = known.sequence(list, 'tuple', 2);
      known.addToItem(pair, 0, elementOf(receiver));
      known.addToItem(pair, 1, valuesOf(receiver));
      known.addToElement(list, siteType(pair));
      return siteType(list);
    }
    case 'partition':
    case 'rpartition': {
      const site = known.sequence(node, 'tuple', 3);
      for (let i = 0; i < 3; i++) known.addToItem(site, i, STR);
      site.isSeen = true;
      return siteType(site);
    }
    case 'elems':
    case 'codepoints':
      return UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function siteOfTexts(known: Knowledge, node: object): Type {
  const site = known.sequence(node, 'list');
  known.addToElement(site, STR);
  return site.element.bits === Kind.str ? siteType(site) : join(siteType(site), LIST_OF_STR);
}

/** The value under a key, as well as it is known. */
export function entryType(container: Type, key: Expression | undefined): Type {
  if (container.bits & Kind.unknown || container.sites.length === 0) return UNKNOWN;
  if (key?.kind !== 'string') return valuesOf(container);
  return container.sites
    .map((site) => (site.kind === 'dict' ? (site.entries.get(key.value) ?? site.value) : valuesOf(siteType(site))))
    .reduce(join);
}

/** What `len` answers and its like. */
export const LENGTH = COUNT;
