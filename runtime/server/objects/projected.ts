import type { Resource } from '../../../stdlib/model/resource.ts';
import type { Hold } from '../../engine/hold.ts';
import { schedule } from '../../engine/schedule.ts';
import type { ResourceState, State } from '../../state/state.ts';
import type { ManagedFields } from '../field-managers.ts';

// How objects of the API are made of the state of a session.

/** What a session is, beside its state. */
export interface About {
  readonly mode: 'ci' | 'up';
  readonly version: string;
  readonly pid: number;
  /** Absolute path of the Tiltfile. */
  readonly tiltfilePath: string;
}

/** All that projections look at. */
export interface World {
  readonly state: State;
  readonly about: About;
  /** Of each resource that is due and does not start, why not. */
  readonly holds: ReadonlyMap<string, Hold>;
}

export function worldOf(state: State, about: About): World {
  let holds: ReadonlyMap<string, Hold> | undefined;
  return {
    state,
    about,
    get holds() {
      holds ??= schedule(state).holds;
      return holds;
    },
  };
}

/** An object of the API without what the catalogue adds to it (uid, version). The same one again means: nothing changed. */
export interface Projected {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether the Tiltfile made it. */
  readonly owned?: boolean;
  /** Who set which fields; of objects that clients can write. */
  readonly managedFields?: readonly ManagedFields[];
  /** What stands beside the metadata: `spec`, `status`, `data`. */
  readonly body: object;
}

/** Makes all objects of one kind. */
export type Projector = (world: World) => Iterable<Projected>;

/** A resource of the graph; without a row when it is disabled. */
export interface Entry {
  readonly resource: Resource;
  readonly row: ResourceState | undefined;
  /** Its place in the list of all resources, from 2: the Tiltfile is the first. */
  readonly order: number;
}

export function* entries({ state }: World): Generator<Entry> {
  let order = 2;
  for (const resource of state.graph?.resources ?? []) {
    const row = state.resources.get(resource.name);
    yield { resource: row?.resource ?? resource, row, order: order++ };
  }
}

/** Remembers what was made of each row, for as long as the row and the text of what else it depends on stay the same. */
export function perEntry(
  make: (entry: Entry, world: World) => readonly Projected[],
  dependsOn: (entry: Entry, world: World) => string = () => '',
): Projector {
  const known = new WeakMap<object, { readonly key: string; readonly objects: readonly Projected[] }>();
  return function* (world) {
    for (const entry of entries(world)) {
      const key = `${entry.order} ${dependsOn(entry, world)}`;
      const place = entry.row ?? entry.resource;
      let made = known.get(place);
      if (made?.key !== key) {
        made = { key, objects: make(entry, world) };
        known.set(place, made);
      }
      yield* made.objects;
    }
  };
}

/** When the Tiltfile that declares everything was loaded. */
export function declaredAt({ state }: World): number {
  const { load } = state.tiltfile;
  return load.kind === 'loaded' || load.kind === 'failed' ? load.endedAt : state.startedAt;
}

export function resourceAnnotations(resource: string, more: Readonly<Record<string, string>> = {}) {
  return { 'tilt.dev/resource': resource, ...more };
}
