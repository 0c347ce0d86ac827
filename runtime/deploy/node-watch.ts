import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { Collection } from '../clients/kubernetes/collection.ts';
import type { ApiObject, Condition, Pod } from '../clients/kubernetes/objects.ts';
import { notTakenFrom } from './pod-trouble.ts';

interface NodeObject extends ApiObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** Follows the nodes of pods that should run or be ready: they may be the reason why these do not. */
export class NodeWatch {
  readonly #client: KubernetesClient;
  readonly #changed: () => void;
  readonly #nodes = new Map<string, { readonly collection: Collection<NodeObject>; readonly end: () => void }>();

  constructor(client: KubernetesClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** All pods that count now. `now` is the cluster's time in milliseconds since the epoch. */
  follow(pods: readonly Pod[], now: number): void {
    const suspects = pods.filter(
      (pod) => hasLostReadiness(pod) || now >= (notTakenFrom(pod) ?? Number.POSITIVE_INFINITY),
    );
    const wanted = new Set(suspects.flatMap(({ spec }) => spec?.nodeName ?? []));
    for (const name of wanted) if (!this.#nodes.has(name)) this.#add(name);
    for (const [name, { end }] of this.#nodes) {
      if (wanted.has(name)) continue;
      end();
      this.#nodes.delete(name);
    }
  }

  /** What is wrong with a node that is followed, in words; empty when nothing is known to be. */
  problemOf(name: string): string {
    const [node] = this.#nodes.get(name)?.collection.items ?? [];
    const ready = node?.status?.conditions?.find(({ type }) => type === 'Ready');
    if (!ready || ready.status === 'True') return '';
    return `node "${name}" is not ready: ${ready.message?.trim() || ready.reason || `Ready is ${ready.status}`}`;
  }

  stop(): void {
    for (const { end } of this.#nodes.values()) end();
    this.#nodes.clear();
  }

  #add(name: string): void {
    const selector = encodeURIComponent(`metadata.name=${name}`);
    const collection = this.#client.collection<NodeObject>(`/api/v1/nodes?fieldSelector=${selector}`);
    this.#nodes.set(name, { collection, end: collection.subscribe(this.#changed) });
  }
}

/** The cluster takes the readiness of all pods on a node that is lost, and leaves that of their containers as it was. */
function hasLostReadiness({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp !== undefined || status?.phase !== 'Running') return false;
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status !== 'True' && (status.containerStatuses ?? []).every((container) => container.ready);
}
