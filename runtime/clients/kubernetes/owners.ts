import { type KindPath, objectPath } from './discovery.ts';
import { ApiError } from './errors.ts';
import type { ApiObject, ObjectMeta, OwnerReference } from './objects.ts';

/** What the search for owners needs of the client. */
interface Source {
  readonly discovery: { find(apiVersion: string, kind: string): Promise<KindPath | undefined> };
  json<T>(path: string): Promise<T>;
}

const DEEPEST = 6;

/** Follows owner references upwards. Owners do not change, so each is asked for once. */
export class Owners {
  readonly #source: Source;
  readonly #known = new Map<string, readonly OwnerReference[]>();
  readonly #createdAt = new Map<string, string>();
  readonly #asked = new Map<string, Promise<void>>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** When an owner that was asked for was made, as the cluster writes it. */
  createdAt(uid: string): string | undefined {
    return this.#createdAt.get(uid);
  }

  /** Uids of everything that owns it, directly or not; a promise when the cluster must be asked. */
  ancestors(meta: ObjectMeta): readonly string[] | Promise<readonly string[]> {
    const uids: string[] = [];
    const unknown: OwnerReference[] = [];
    this.#collect(meta.ownerReferences ?? [], uids, unknown, 0);
    if (unknown.length === 0) return uids;
    const namespace = meta.namespace ?? '';
    return Promise.all(unknown.map((owner) => this.#ask(owner, namespace))).then(() => this.ancestors(meta));
  }

  #collect(owners: readonly OwnerReference[], uids: string[], unknown: OwnerReference[], depth: number): void {
    if (depth >= DEEPEST) return;
    for (const owner of owners) {
      uids.push(owner.uid);
      const next = this.#known.get(owner.uid);
      if (next) this.#collect(next, uids, unknown, depth + 1);
      else unknown.push(owner);
    }
  }

  #ask(owner: OwnerReference, namespace: string): Promise<void> {
    let asked = this.#asked.get(owner.uid);
    if (!asked) {
      asked = this.#fetch(owner, namespace).finally(() => this.#asked.delete(owner.uid));
      this.#asked.set(owner.uid, asked);
    }
    return asked;
  }

  async #fetch(owner: OwnerReference, namespace: string): Promise<void> {
    try {
      const kind = await this.#source.discovery.find(owner.apiVersion, owner.kind);
      const object = kind && (await this.#source.json<ApiObject>(objectPath(kind, namespace, owner.name)));
      const same = object?.metadata.uid === owner.uid;
      this.#known.set(owner.uid, same ? (object.metadata.ownerReferences ?? []) : []);
      if (same) this.#createdAt.set(owner.uid, object.metadata.creationTimestamp ?? '');
    } catch (error) {
      // Gone, or not for this user's eyes: its own owners stay unknown.
      if (!(error instanceof ApiError)) throw error;
      this.#known.set(owner.uid, []);
    }
  }
}
