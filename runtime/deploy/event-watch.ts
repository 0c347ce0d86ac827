import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { ClusterEvent } from '../clients/kubernetes/objects.ts';
import { trimEvent } from '../clients/kubernetes/trim.ts';
import { eventLine, eventTime, isTelling } from './cluster-events.ts';
import type { WatchMemory } from './watch-memory.ts';

export interface EventListener {
  note(text: string): void;
  /** Of each event, also when the same was told of before. */
  seen(event: ClusterEvent): void;
}

/** Tells of the cluster's events about some objects: each once, and none from before the deploy. */
export class EventWatch {
  readonly #client: KubernetesClient;
  readonly #memory: WatchMemory;
  readonly #ours: (uid: string) => boolean;
  readonly #rootUids: ReadonlySet<string>;
  readonly #listener: EventListener;
  readonly #collections;
  readonly #ends: readonly (() => void)[];
  readonly #since: number;
  #stopped = false;

  /** `isPod` says whether a uid is one of the resource's pods. */
  constructor(
    client: KubernetesClient,
    namespaces: readonly string[],
    rootUids: ReadonlySet<string>,
    isPod: (uid: string) => boolean,
    memory: WatchMemory,
    listener: EventListener,
  ) {
    this.#client = client;
    this.#memory = memory;
    this.#rootUids = rootUids;
    this.#ours = (uid) => rootUids.has(uid) || isPod(uid);
    this.#listener = listener;
    // Events hold whole seconds.
    this.#since = Math.floor(Date.parse(memory.since) / 1000) * 1000;
    this.#collections = namespaces.map((name) =>
      client.collection<ClusterEvent>(`/api/v1/namespaces/${encodeURIComponent(name)}/events`, (event) =>
        isTelling(event) ? trimEvent(event) : undefined,
      ),
    );
    this.#ends = this.#collections.map((collection) =>
      collection.subscribe((change) => {
        if (!change) for (const event of collection.items) void this.#take(event);
        else if (!change.deleted) void this.#take(change.object);
      }),
    );
    for (const collection of this.#collections) for (const event of collection.items) void this.#take(event);
  }

  /** A pod turned out to be the resource's: tell of what has happened to it already. */
  podFound(uid: string): void {
    for (const collection of this.#collections) {
      for (const event of collection.items) if (event.involvedObject.uid === uid) void this.#take(event);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends) end();
  }

  async #take(event: ClusterEvent): Promise<void> {
    if (eventTime(event) < this.#since || !(await this.#concerns(event)) || this.#stopped) return;
    this.#listener.seen(event);
    // The cluster tells of the same again and again, as one event that it counts or as several.
    const line = eventLine(event);
    const key = `${event.involvedObject.uid} ${line}`;
    if (this.#memory.events.has(key)) return;
    this.#memory.events.add(key);
    this.#listener.note(line);
  }

  /** Also what the workloads made on their way to pods, such as a ReplicaSet that may not create any. */
  async #concerns({ involvedObject }: ClusterEvent): Promise<boolean> {
    const { uid, kind = '', name = '', namespace = '', apiVersion = '' } = involvedObject;
    if (uid === undefined) return false;
    if (this.#ours(uid)) return true;
    if (kind !== 'ReplicaSet' && kind !== 'Job') return false;
    const owner = { apiVersion, kind, name, uid };
    const meta = { name: '', namespace, uid: '', resourceVersion: '', ownerReferences: [owner] };
    try {
      const ancestors = await this.#client.owners.ancestors(meta);
      return ancestors.some((ancestor) => this.#rootUids.has(ancestor));
    } catch {
      return false;
    }
  }
}
