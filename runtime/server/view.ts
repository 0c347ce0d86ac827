import type { LogLine } from '../state/log-line.ts';
import type { ApiObject, Catalogue } from './catalogue.ts';
import { type ApiKind, KINDS } from './kinds.ts';
import { logList } from './log-list.ts';
import { microTime, seconds } from './time.ts';
import type { Cluster, UIButton, UIResource, UISession, View } from './wire.ts';

function kind(plural: string): ApiKind {
  const found = KINDS.get(plural);
  if (found === undefined) throw new Error(`no kind is called ${plural}`);
  return found;
}

const RESOURCES = kind('uiresources');
const BUTTONS = kind('uibuttons');
const SESSIONS = kind('uisessions');
const CLUSTERS = kind('clusters');
export const VIEWED_KINDS = [RESOURCES, BUTTONS, SESSIONS, CLUSTERS];

/** Up to where a page knows the session. */
export interface Position {
  /** Of the catalogue. */
  readonly version: number;
  /** The last line of the log that it has. */
  readonly checkpoint: number;
}

/** The whole view. */
export function completeView(catalogue: Catalogue, lines: readonly LogLine[], startedAt: number): View {
  const lists = allObjects(catalogue);
  return {
    logList: logList(lines, 0),
    tiltStartTime: microTime(startedAt),
    version: catalogue.version,
    ...lists,
    isComplete: true,
  };
}

/**
 * What is new since a position, with `lines`, the next ones of the log; nothing when nothing is. When too much changed to tell what, all
 * objects, and still only these lines.
 */
export function viewSince(
  catalogue: Catalogue,
  { version, checkpoint }: Position,
  lines: readonly LogLine[],
  startedAt: number,
  now: number,
): View | undefined {
  const lists = changedObjects(catalogue, version, now) ?? { ...allObjects(catalogue), isComplete: true };
  if (lines.length === 0 && Object.keys(lists).length === 0) return undefined;
  return {
    ...(lines.length === 0 ? {} : { logList: logList(lines, checkpoint) }),
    tiltStartTime: microTime(startedAt),
    version: catalogue.version,
    ...lists,
  };
}

type Lists = Pick<View, 'uiSession' | 'uiResources' | 'uiButtons' | 'clusters'>;

function allObjects(catalogue: Catalogue): Lists {
  const [uiSession] = objects<UISession>(catalogue, SESSIONS);
  return {
    ...(uiSession === undefined ? {} : { uiSession }),
    uiResources: [...objects<UIResource>(catalogue, RESOURCES)].sort(
      (one, other) => (one.status?.order ?? 0) - (other.status?.order ?? 0),
    ),
    uiButtons: objects<UIButton>(catalogue, BUTTONS),
    clusters: objects<Cluster>(catalogue, CLUSTERS),
  };
}

// The projections of these kinds make what the types say.
function objects<T>(catalogue: Catalogue, of: ApiKind): readonly T[] {
  return catalogue.list(of).map(({ object }) => object as unknown as T);
}

/** Those that changed since a version; nothing when that is too long ago to know. */
function changedObjects(catalogue: Catalogue, version: number, now: number): Lists | undefined {
  const lists: Partial<Record<keyof Lists, unknown>> = {};
  for (const of of VIEWED_KINDS) {
    const changes = catalogue.changesSince(of, version);
    if (changes === undefined) return undefined;
    if (changes.length === 0) continue;
    const newest = new Map<string, ApiObject>();
    for (const { type, stored } of changes) {
      const { object } = stored;
      newest.set(object.metadata.name, type === 'DELETED' ? gone(object, now) : object);
    }
    const sorted = [...newest.values()].sort((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1));
    const field = FIELDS.get(of);
    if (field === undefined) lists.uiSession = sorted.at(-1);
    else lists[field] = sorted;
  }
  return lists as Lists;
}

const FIELDS: ReadonlyMap<ApiKind, keyof Lists> = new Map([
  [RESOURCES, 'uiResources'],
  [BUTTONS, 'uiButtons'],
  [CLUSTERS, 'clusters'],
]);

function gone({ apiVersion, kind: name, metadata }: ApiObject, now: number): ApiObject {
  return { apiVersion, kind: name, metadata: { ...metadata, deletionTimestamp: seconds(now) } };
}
