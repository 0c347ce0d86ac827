import type { LogLine } from '../state/log-line.ts';
import type { ApiObject, Catalogue, Change } from './catalogue.ts';
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

/** The whole view. */
export function completeView(catalogue: Catalogue, lines: readonly LogLine[], startedAt: number): View {
  const [uiSession] = objects<UISession>(catalogue, SESSIONS);
  return {
    logList: logList(lines, 0),
    tiltStartTime: microTime(startedAt),
    ...(uiSession === undefined ? {} : { uiSession }),
    uiResources: [...objects<UIResource>(catalogue, RESOURCES)].sort(
      (one, other) => (one.status?.order ?? 0) - (other.status?.order ?? 0),
    ),
    uiButtons: objects<UIButton>(catalogue, BUTTONS),
    clusters: objects<Cluster>(catalogue, CLUSTERS),
    isComplete: true,
  };
}

// The projections of these kinds make what the types say.
function objects<T>(catalogue: Catalogue, of: ApiKind): readonly T[] {
  return catalogue.list(of).map(({ object }) => object as unknown as T);
}

/** What changed since the last message to a page. */
export class ViewDelta {
  readonly #startedAt: number;
  readonly #changed = new Map<ApiKind, Map<string, ApiObject>>();
  #checkpoint: number;

  /** `checkpoint`: the last line that the page has. */
  constructor(startedAt: number, checkpoint: number) {
    this.#startedAt = startedAt;
    this.#checkpoint = checkpoint;
  }

  /** The last line that the page has. */
  get checkpoint(): number {
    return this.#checkpoint;
  }

  /** Whether no object changed. */
  get isEmpty(): boolean {
    return this.#changed.size === 0;
  }

  changes(of: ApiKind, changes: readonly Change[], now: number): void {
    const objects = this.#changed.get(of) ?? new Map<string, ApiObject>();
    this.#changed.set(of, objects);
    for (const { type, stored } of changes) {
      const { object } = stored;
      const { name } = object.metadata;
      objects.set(name, type === 'DELETED' ? gone(object, now) : object);
    }
  }

  /** The message with these lines, the next ones of the log; nothing is left to tell then. */
  take(lines: readonly LogLine[]): View {
    const lists = Object.fromEntries(
      [...this.#changed].map(([of, objects]) => {
        const sorted = [...objects.values()].sort((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1));
        return of === SESSIONS ? ['uiSession', sorted.at(-1)] : [FIELDS.get(of), sorted];
      }),
    ) as Partial<View>;
    const logs = lines.length === 0 ? {} : { logList: logList(lines, this.#checkpoint) };
    this.#checkpoint = lines.at(-1)?.sequence ?? this.#checkpoint;
    this.#changed.clear();
    return { ...logs, tiltStartTime: microTime(this.#startedAt), ...lists };
  }
}

const FIELDS: ReadonlyMap<ApiKind, keyof View> = new Map([
  [RESOURCES, 'uiResources'],
  [BUTTONS, 'uiButtons'],
  [CLUSTERS, 'clusters'],
]);

function gone({ apiVersion, kind: name, metadata }: ApiObject, now: number): ApiObject {
  return { apiVersion, kind: name, metadata: { ...metadata, deletionTimestamp: seconds(now) } };
}
