import type { ApiObject, ObjectGroup } from '../../report/objects/api-object.ts';
import { CommandProblem } from '../running/session-address.ts';
import { GROUP, type KindInfo, type ObjectApi } from './object-api.ts';

/** What the words of a command line ask for: objects of one kind by their names, or all of them. */
export interface Asked {
  readonly kind: KindInfo;
  /** Empty for all. */
  readonly names: readonly string[];
}

export interface Selectors {
  /** `-l`, as the server reads it. */
  readonly selector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** Reads `TYPE`, `TYPE NAME…`, `TYPE/NAME…` and `TYPE,TYPE`, as kubectl does. */
export async function askedObjects(api: ObjectApi, words: readonly string[]): Promise<readonly Asked[]> {
  const kinds = await api.kinds();
  const [first, ...names] = words;
  if (first === undefined) {
    throw new CommandProblem(`Say which objects: a TYPE, TYPE NAME or TYPE/NAME. There are ${kindNames(kinds)}.`);
  }
  if (words.some((word) => word.includes('/'))) {
    const wrong = words.find((word) => !/^[^/,]+\/[^/]+$/.test(word));
    if (wrong !== undefined) throw new CommandProblem(`Cannot read "${wrong}": objects are named TYPE/NAME here`);
    const byKind = new Map<KindInfo, string[]>();
    for (const word of words) {
      const at = word.indexOf('/');
      const kind = findKind(kinds, word.slice(0, at));
      byKind.set(kind, [...(byKind.get(kind) ?? []), word.slice(at + 1)]);
    }
    return [...byKind].map(([kind, wanted]) => ({ kind, names: wanted }));
  }
  return first.split(',').map((word) => ({ kind: findKind(kinds, word), names }));
}

/** The kind of a word: its plural or singular, a short form, or one of these with the group behind it. */
export function findKind(kinds: readonly KindInfo[], word: string): KindInfo {
  const wanted = word.toLowerCase().replace(new RegExp(`(?:\\.[a-z\\d]+)?\\.${GROUP.replace('.', '\\.')}$`), '');
  const found = kinds.find(
    ({ name, singularName, kind, shortNames }) =>
      name === wanted || singularName === wanted || kind.toLowerCase() === wanted || shortNames.includes(wanted),
  );
  if (found !== undefined) return found;
  throw new CommandProblem(`The server has no objects of the type "${word}". There are ${kindNames(kinds)}.`);
}

function kindNames(kinds: readonly KindInfo[]): string {
  return kinds
    .map(({ name }) => name)
    .sort()
    .join(', ');
}

/** Asks the server for them; one that is named and not there is a refusal of the server's. */
export async function fetchAsked(
  api: ObjectApi,
  asked: readonly Asked[],
  selectors: Selectors = {},
): Promise<readonly ObjectGroup[]> {
  const query = new URLSearchParams();
  if (selectors.selector !== undefined) query.set('labelSelector', selectors.selector);
  if (selectors.fieldSelector !== undefined) query.set('fieldSelector', selectors.fieldSelector);
  return Promise.all(
    asked.map(async ({ kind, names }) => {
      const objects: readonly ApiObject[] =
        names.length === 0
          ? (await api.list(kind, query)).items
          : await Promise.all(names.map((name) => api.get(kind, name)));
      return groupOf(kind, objects);
    }),
  );
}

export function groupOf(kind: KindInfo, objects: readonly ApiObject[]): ObjectGroup {
  return { resource: kind.name, singular: kind.singularName, group: GROUP, objects };
}
