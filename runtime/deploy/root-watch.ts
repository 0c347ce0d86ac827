import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { Collection } from '../clients/kubernetes/collection.ts';
import { objectPath } from '../clients/kubernetes/discovery.ts';
import { isRefusal } from '../clients/kubernetes/errors.ts';
import type { Workload } from '../clients/kubernetes/objects.ts';
import type { DeployedObject } from '../engine/ports.ts';
import { hasConditions } from './custom-verdict.ts';

export interface SeenObject {
  /** As it was last; `undefined` when it was gone before it was seen. */
  readonly object: Workload | undefined;
  /** When it was found to be gone, by the cluster's clock. */
  readonly goneAt: number | undefined;
}

/** Kinds whose own status says how they do. */
const TELLING = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'Pod',
]);
const RETRY_MS = 1_000;

/** Follows the applied objects themselves. */
export class RootWatch {
  readonly #seen = new Map<string, SeenObject>();
  readonly #collections = new Set<Collection<Workload>>();
  readonly #ends: (() => void)[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #client: KubernetesClient;
  readonly #query: string;
  readonly #changed: () => void;
  readonly #hidden = new Set<string>();
  #stopped = false;

  /** `labels`: a selector, as the API takes it, that all of the objects answer to; empty when they have no labels in common. */
  constructor(client: KubernetesClient, objects: readonly DeployedObject[], labels: string, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
    this.#query = labels === '' ? '' : `?labelSelector=${encodeURIComponent(labels)}`;
    const telling = objects.filter(({ kind, apiVersion }) => TELLING.has(kind) || hasConditions(apiVersion));
    for (const group of groupBy(telling, ({ apiVersion, kind, namespace }) => `${apiVersion} ${kind} ${namespace}`)) {
      void this.#follow(group);
    }
  }

  /** As last seen; `undefined` while it was not. */
  get(uid: string): SeenObject | undefined {
    return this.#seen.get(uid);
  }

  /** Whether the cluster does not let it be read. */
  isHidden(uid: string): boolean {
    return this.#hidden.has(uid);
  }

  get problem(): Error | undefined {
    return [...this.#collections].find(({ problem }) => problem !== undefined)?.problem;
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends) end();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #follow(group: readonly DeployedObject[]): Promise<void> {
    const [{ apiVersion = '', kind = '', namespace = '' } = {}] = group;
    let path: string;
    try {
      const found = await this.#client.discovery.find(apiVersion, kind);
      if (this.#stopped) return;
      if (!found) return this.#hide(group);
      path = objectPath(found, namespace);
    } catch {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        if (!this.#stopped) void this.#follow(group);
      }, RETRY_MS);
      this.#timers.add(timer);
      return;
    }
    const collection = this.#client.collection<Workload>(path + this.#query);
    const uids = new Set(group.map(({ uid }) => uid));
    this.#collections.add(collection);
    this.#ends.push(
      collection.subscribe((change) => {
        if (!change) this.#readAll(collection, uids, true);
        else if (uids.has(change.object.metadata.uid)) {
          this.#seen.set(change.object.metadata.uid, {
            object: change.object,
            goneAt: change.deleted ? this.#client.now() : undefined,
          });
          this.#changed();
        }
      }),
    );
    this.#readAll(collection, uids, false);
  }

  #hide(group: readonly DeployedObject[]): void {
    for (const { uid } of group) this.#hidden.add(uid);
    this.#changed();
  }

  #readAll(collection: Collection<Workload>, uids: ReadonlySet<string>, complete: boolean): void {
    for (const uid of uids) {
      if (isRefusal(collection.problem)) this.#hidden.add(uid);
      else this.#hidden.delete(uid);
    }
    const missing = new Set(uids);
    for (const object of collection.items) {
      if (!missing.delete(object.metadata.uid)) continue;
      this.#seen.set(object.metadata.uid, { object, goneAt: undefined });
    }
    for (const uid of complete && !collection.problem ? missing : []) {
      const last = this.#seen.get(uid);
      this.#seen.set(uid, { object: last?.object, goneAt: last?.goneAt ?? this.#client.now() });
    }
    this.#changed();
  }
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}
