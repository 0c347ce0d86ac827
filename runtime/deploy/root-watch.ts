import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { Collection } from '../clients/kubernetes/collection.ts';
import { objectPath } from '../clients/kubernetes/discovery.ts';
import type { Workload } from '../clients/kubernetes/objects.ts';
import type { DeployedObject } from '../engine/ports.ts';

export interface SeenObject {
  readonly object: Workload;
  readonly gone: boolean;
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
  readonly #changed: () => void;
  #stopped = false;

  constructor(client: KubernetesClient, objects: readonly DeployedObject[], changed: () => void) {
    this.#changed = changed;
    const telling = objects.filter(({ kind }) => TELLING.has(kind));
    for (const group of groupBy(telling, ({ apiVersion, kind, namespace }) => `${apiVersion} ${kind} ${namespace}`)) {
      void this.#follow(client, group);
    }
  }

  /** As last seen; `undefined` while it was not. */
  get(uid: string): SeenObject | undefined {
    return this.#seen.get(uid);
  }

  get problem(): Error | undefined {
    return [...this.#collections].find(({ problem }) => problem !== undefined)?.problem;
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends) end();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #follow(client: KubernetesClient, group: readonly DeployedObject[]): Promise<void> {
    const [{ apiVersion = '', kind = '', namespace = '' } = {}] = group;
    let path: string;
    try {
      const found = await client.discovery.find(apiVersion, kind);
      if (!found || this.#stopped) return;
      path = objectPath(found, namespace);
    } catch {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        if (!this.#stopped) void this.#follow(client, group);
      }, RETRY_MS);
      this.#timers.add(timer);
      return;
    }
    const collection = client.collection<Workload>(path);
    const uids = new Set(group.map(({ uid }) => uid));
    this.#collections.add(collection);
    this.#ends.push(
      collection.subscribe((change) => {
        if (!change) this.#readAll(collection, uids, true);
        else if (uids.has(change.object.metadata.uid)) {
          this.#seen.set(change.object.metadata.uid, { object: change.object, gone: change.deleted });
          this.#changed();
        }
      }),
    );
    this.#readAll(collection, uids, false);
  }

  #readAll(collection: Collection<Workload>, uids: ReadonlySet<string>, complete: boolean): void {
    const missing = new Set(uids);
    for (const object of collection.items) {
      if (!missing.delete(object.metadata.uid)) continue;
      this.#seen.set(object.metadata.uid, { object, gone: false });
    }
    for (const uid of complete && !collection.problem ? missing : []) {
      const last = this.#seen.get(uid);
      if (last) this.#seen.set(uid, { object: last.object, gone: true });
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
