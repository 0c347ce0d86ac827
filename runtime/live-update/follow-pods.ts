import { liveUpdateTargets } from '../../stdlib/model/live-update-target.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { podRoots } from '../clients/kubernetes/pod-roots.ts';
import { PodTracker } from '../clients/kubernetes/pod-tracker.ts';
import type { Deployed } from '../engine/ports.ts';
import type { ReachableContainer } from './container-access.ts';
import { engineAccess } from './engine-access.ts';
import type { Followed } from './followed.ts';
import { kubernetesAccess, type PodContainerWays } from './kubernetes-access.ts';
import { podContainers, type RunningContainer } from './pod-containers.ts';

/** How long the news that a container has ended may be on its way. */
const NEWS_MS = 4000;

/** Follows the containers in the pods of a resource. */
export class PodFollower implements Followed {
  readonly #client: KubernetesClient;
  readonly #engine: () => Promise<DockerEngine | undefined>;
  readonly #resource: KubernetesResource;
  readonly #deployed: Deployed;
  readonly #tracker: PodTracker;
  readonly #changed: (trouble: string) => void;
  readonly #waiting = new Set<() => void>();
  #containers: readonly ReachableContainer[] = [];
  #told = '';
  #stopped = false;

  /** `engine` is the one that may run the cluster's containers. */
  constructor(
    client: KubernetesClient,
    engine: () => Promise<DockerEngine | undefined>,
    resource: KubernetesResource,
    deployed: Deployed,
    changed: (trouble: string) => void,
  ) {
    this.#client = client;
    this.#engine = engine;
    this.#resource = resource;
    this.#deployed = deployed;
    this.#changed = changed;
    this.#tracker = new PodTracker(client, podRoots(resource, deployed, 'default'), () => this.#look());
    this.#look();
  }

  get containers(): readonly ReachableContainer[] {
    return this.#containers;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#tracker.stop();
    for (const wake of [...this.#waiting]) wake();
  }

  #look(): void {
    if (this.#stopped || this.#tracker === undefined) return;
    const pods = this.#tracker.pods.filter(({ pod }) => this.#tracker.isThere(pod.metadata.uid)).map(({ pod }) => pod);
    const { running, trouble } = podContainers(pods, liveUpdateTargets(this.#resource), this.#deployed.images ?? []);
    const known = new Map(this.#containers.map((container) => [container.id, container]));
    this.#containers = running.map((container) => known.get(container.id) ?? this.#reachable(container));
    for (const wake of [...this.#waiting]) wake();
    const told = JSON.stringify([running.map(({ id }) => id), trouble]);
    if (told === this.#told) return;
    this.#told = told;
    this.#changed(trouble);
  }

  #reachable({ id, namespace, pod, container, target }: RunningContainer): ReachableContainer {
    const ways: PodContainerWays = {
      stillRuns: (signal) => this.#stillRuns(id, signal),
      otherWay: (signal) => engineAccess(this.#engine, id, `${pod}/${container}`, signal),
    };
    return {
      id,
      name: `${pod}/${container}`,
      ref: target.image.ref,
      shortId: id.replace(/^[\w-]+:\/\//, '').slice(0, 10),
      access: kubernetesAccess(this.#client, { namespace, pod, container }, ways),
    };
  }

  #stillRuns(id: string, signal: AbortSignal): Promise<boolean> {
    const runs = () => this.#containers.some((container) => container.id === id);
    return new Promise((resolve) => {
      const end = (answer: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve(answer);
      };
      const wake = () => {
        if (!runs()) end(false);
        else if (this.#stopped || signal.aborted) end(true);
      };
      const timer = setTimeout(() => end(runs()), NEWS_MS);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
      wake();
    });
  }
}
