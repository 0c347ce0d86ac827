import { randomUUID } from 'node:crypto';
import type { ManagedFields } from './field-managers.ts';
import { type ApiKind, GROUP_VERSION } from './kinds.ts';
import type { Projected, World } from './objects/projected.ts';
import { seconds } from './time.ts';
import { type ObjectMeta, TILTFILE_RESOURCE } from './wire.ts';

/** An object of the API as clients get it. */
export interface ApiObject {
  readonly apiVersion: typeof GROUP_VERSION;
  readonly kind: string;
  readonly metadata: ObjectMeta & { readonly managedFields?: readonly ManagedFields[] };
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly data?: unknown;
}

export interface Stored {
  readonly object: ApiObject;
  /** The object as text. */
  readonly json: string;
  readonly version: number;
}

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly stored: Stored;
  /** What it was before. */
  readonly before: Stored | undefined;
}

interface Known {
  readonly projected: Projected;
  /** Everything of it but its version, as text. */
  readonly content: string;
  readonly stored: Stored;
}

/** How many changes of each kind are remembered for watches that begin in the past. */
const REMEMBERED = 1000;

class Shelf {
  known = new Map<string, Known>();
  changes: Change[] = [];
  /** Watches that begin before this version have missed something. */
  since = 0;
  readonly listeners = new Set<(changes: readonly Change[]) => void>();
}

/**
 * The objects of a session with their versions: made of the state whenever somebody asks, and compared with what they were. Versions
 * count all changes of the session, so that lists and watches of clients fit together.
 */
export class Catalogue {
  readonly #world: () => World;
  readonly #kinds: ReadonlyMap<string, ApiKind>;
  readonly #shelves = new Map<ApiKind, Shelf>();
  #version = 1;

  constructor(world: () => World, kinds: ReadonlyMap<string, ApiKind>) {
    this.#world = world;
    this.#kinds = kinds;
  }

  /** The version of the newest change. */
  get version(): number {
    return this.#version;
  }

  /** All objects of a kind, by name. */
  list(kind: ApiKind): readonly Stored[] {
    return [...this.#refresh(kind).known.values()]
      .map(({ stored }) => stored)
      .sort((one, other) => (one.object.metadata.name < other.object.metadata.name ? -1 : 1));
  }

  get(kind: ApiKind, name: string): Stored | undefined {
    return this.#refresh(kind).known.get(name)?.stored;
  }

  /** What changed since a version, oldest first; nothing when that is too long ago to know. */
  changesSince(kind: ApiKind, version: number): readonly Change[] | undefined {
    const shelf = this.#refresh(kind);
    if (version < shelf.since || version > this.#version) return undefined;
    return shelf.changes.filter(({ stored }) => stored.version > version);
  }

  /** Calls for every change of a kind from now on. Answers how to stop that. */
  watch(kind: ApiKind, listener: (changes: readonly Change[]) => void): () => void {
    const { listeners } = this.#refresh(kind);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Whether somebody waits for changes. */
  get isWatched(): boolean {
    for (const { listeners } of this.#shelves.values()) if (listeners.size > 0) return true;
    return false;
  }

  /** Tells those who watch what changed. */
  refresh(): void {
    for (const [kind, { listeners }] of this.#shelves) if (listeners.size > 0) this.#refresh(kind);
  }

  #refresh(kind: ApiKind): Shelf {
    let shelf = this.#shelves.get(kind);
    if (shelf === undefined) {
      shelf = new Shelf();
      shelf.since = this.#version;
      this.#shelves.set(kind, shelf);
    }
    const changes = this.#update(kind, shelf);
    if (changes.length === 0) return shelf;
    shelf.changes.push(...changes);
    if (shelf.changes.length > REMEMBERED) {
      const forgotten = shelf.changes.splice(0, shelf.changes.length - REMEMBERED);
      shelf.since = forgotten.at(-1)?.stored.version ?? shelf.since;
    }
    for (const listener of [...shelf.listeners]) listener(changes);
    return shelf;
  }

  #update(kind: ApiKind, shelf: Shelf): readonly Change[] {
    const changes: Change[] = [];
    const next = new Map<string, Known>();
    for (const projected of kind.project(this.#world())) {
      const { name } = projected;
      if (next.has(name)) continue;
      const before = shelf.known.get(name);
      if (before?.projected === projected) {
        next.set(name, before);
        continue;
      }
      const uid = before?.stored.object.metadata.uid ?? randomUUID();
      const content = JSON.stringify(objectOf(kind, projected, uid, '', this.#ownerUid(kind, projected)));
      if (before?.content === content) {
        next.set(name, { ...before, projected });
        continue;
      }
      const object = objectOf(kind, projected, uid, String(++this.#version), this.#ownerUid(kind, projected));
      const stored = { object, json: JSON.stringify(object), version: this.#version };
      next.set(name, { projected, content, stored });
      changes.push({ type: before === undefined ? 'ADDED' : 'MODIFIED', stored, before: before?.stored });
    }
    for (const [name, { stored }] of shelf.known) {
      if (next.has(name)) continue;
      const version = ++this.#version;
      const metadata = { ...stored.object.metadata, resourceVersion: String(version) };
      const object = { ...stored.object, metadata };
      changes.push({ type: 'DELETED', stored: { object, json: JSON.stringify(object), version }, before: stored });
    }
    shelf.known = next;
    return changes;
  }

  /** The uid of the Tiltfile, where it owns the object. */
  #ownerUid(kind: ApiKind, { owned }: Projected): string | undefined {
    const tiltfiles = this.#kinds.get('tiltfiles');
    if (owned !== true || tiltfiles === undefined || kind === tiltfiles) return undefined;
    const known = this.#shelves.get(tiltfiles)?.known.get(TILTFILE_RESOURCE)?.stored;
    return (known ?? this.get(tiltfiles, TILTFILE_RESOURCE))?.object.metadata.uid;
  }
}

function objectOf(
  kind: ApiKind,
  projected: Projected,
  uid: string,
  version: string,
  owner: string | undefined,
): ApiObject {
  const { name, createdAt, labels, annotations, managedFields, body } = projected;
  return {
    apiVersion: GROUP_VERSION,
    kind: kind.kind,
    metadata: {
      name,
      uid,
      resourceVersion: version,
      creationTimestamp: seconds(createdAt),
      ...(isEmpty(labels) ? {} : { labels }),
      ...(isEmpty(annotations) ? {} : { annotations }),
      ...(managedFields === undefined ? {} : { managedFields }),
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              {
                apiVersion: GROUP_VERSION,
                kind: 'Tiltfile',
                name: TILTFILE_RESOURCE,
                uid: owner,
                controller: true,
                blockOwnerDeletion: true,
              },
            ],
          }),
    },
    ...body,
  };
}

function isEmpty(record: Readonly<Record<string, string>> | undefined): boolean {
  return record === undefined || Object.keys(record).length === 0;
}
