import type { LabelCondition, PodSelector } from '../../../stdlib/model/kubernetes.ts';
import type { KubernetesClient } from './client.ts';
import type { Collection, CollectionChange } from './collection.ts';
import type { Pod } from './objects.ts';
import { trimPod } from './trim.ts';

/** A pod, and to which of the roots it belongs. */
export interface TrackedPod {
  readonly pod: Pod;
  /** Empty when a selector found it. */
  readonly rootUid: string;
}

export interface PodRoots {
  readonly uids: ReadonlySet<string>;
  readonly namespaces: readonly string[];
  /** Labels of pods that belong to it without being owned. */
  readonly selectors: readonly PodSelector[];
  /** A selector, as the API takes it, that all of its pods answer to; empty when nothing is known of their labels. */
  readonly labels: string;
  /** The one pod that is meant, by its name in whichever of the namespaces. */
  readonly podName?: string;
}

// Pods that are gone are kept for a while: how they ended may be the answer.
const KEPT_GONE = 20;
const RETRY_MS = 1_000;

/** The pods that belong to some applied objects, through any chain of owners, as long as it is not stopped. */
export class PodTracker {
  readonly #client: KubernetesClient;
  readonly #roots: PodRoots;
  readonly #changed: (pod: TrackedPod | undefined) => void;
  readonly #pods = new Map<string, TrackedPod>();
  readonly #gone: string[] = [];
  readonly #collections: readonly Collection<Pod>[];
  readonly #ends: readonly (() => void)[];
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  /** `changed` is called with the pod that changed, or with `undefined` when all were read anew. */
  constructor(client: KubernetesClient, roots: PodRoots, changed: (pod: TrackedPod | undefined) => void) {
    this.#client = client;
    this.#roots = roots;
    this.#changed = changed;
    this.#collections = roots.namespaces.map((namespace) =>
      client.collection(podsPath(namespace, roots.labels), trimPod),
    );
    this.#ends = this.#collections.map((collection) =>
      collection.subscribe((change) => this.#take(collection, change)),
    );
    // What another subscriber has had read already comes without a change.
    for (const collection of this.#collections) for (const pod of collection.items) void this.#add(pod);
  }

  get pods(): readonly TrackedPod[] {
    return [...this.#pods.values()];
  }

  /** Whether the pod is still in the cluster. */
  isThere(uid: string): boolean {
    return this.#pods.has(uid) && !this.#gone.includes(uid);
  }

  /** Why pods cannot be read at the moment. */
  get problem(): Error | undefined {
    return this.#collections.find(({ problem }) => problem !== undefined)?.problem;
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends) end();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #take(collection: Collection<Pod>, change: CollectionChange<Pod>): void {
    if (change) {
      if (change.deleted) this.#remove(change.object);
      else void this.#add(change.object);
      return;
    }
    const listed = new Set([...collection.items].map(({ metadata }) => metadata.uid));
    for (const pod of collection.items) void this.#add(pod);
    const namespace = this.#roots.namespaces[this.#collections.indexOf(collection)];
    for (const { pod } of this.pods) {
      if (pod.metadata.namespace === namespace && !listed.has(pod.metadata.uid)) this.#remove(pod);
    }
    this.#changed(undefined);
  }

  async #add(pod: Pod): Promise<void> {
    const known = this.#pods.get(pod.metadata.uid);
    const rootUid = known?.rootUid ?? (await this.#rootOf(pod));
    if (rootUid === undefined || this.#stopped || this.#gone.includes(pod.metadata.uid)) return;
    // While the owners were asked for, a newer sight may have come in.
    const current = this.#pods.get(pod.metadata.uid);
    if (current && Number(current.pod.metadata.resourceVersion) > Number(pod.metadata.resourceVersion)) return;
    const tracked = { pod, rootUid };
    this.#pods.set(pod.metadata.uid, tracked);
    this.#changed(tracked);
  }

  async #rootOf(pod: Pod): Promise<string | undefined> {
    const { uids, selectors, podName } = this.#roots;
    const { uid, name, labels = {} } = pod.metadata;
    if (podName !== undefined) return name === podName ? uid : undefined;
    if (uids.has(uid)) return uid;
    try {
      const found = this.#client.owners.ancestors(pod.metadata);
      const ancestors = found instanceof Promise ? await found : found;
      const root = ancestors.find((ancestor) => uids.has(ancestor));
      if (root !== undefined) return root;
    } catch {
      this.#later(() => void this.#add(pod));
      return undefined;
    }
    return selectors.some((selector) => matches(selector, labels)) ? '' : undefined;
  }

  #later(task: () => void): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, RETRY_MS);
    this.#timers.add(timer);
  }

  #remove(last: Pod): void {
    const { uid } = last.metadata;
    const known = this.#pods.get(uid);
    if (!known || this.#gone.includes(uid)) return;
    const deletionTimestamp = last.metadata.deletionTimestamp ?? new Date(this.#client.now()).toISOString();
    const tracked = { ...known, pod: { ...last, metadata: { ...last.metadata, deletionTimestamp } } };
    this.#pods.set(uid, tracked);
    this.#gone.push(uid);
    const oldest = this.#gone.length > KEPT_GONE ? this.#gone.shift() : undefined;
    if (oldest !== undefined) this.#pods.delete(oldest);
    this.#changed(tracked);
  }
}

/** `labels`: a selector of those that are meant. */
export function podsPath(namespace: string, labels = ''): string {
  const query = labels === '' ? '' : `?labelSelector=${encodeURIComponent(labels)}`;
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods${query}`;
}

function matches({ labels: wanted, conditions }: PodSelector, labels: Readonly<Record<string, string>>): boolean {
  const values = Object.entries(wanted);
  if (values.length === 0 && conditions.length === 0) return false;
  return values.every(([key, value]) => labels[key] === value) && conditions.every((one) => holds(one, labels));
}

function holds({ key, operator, values }: LabelCondition, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
