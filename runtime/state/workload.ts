import type { Failure } from './failure.ts';

/** How what was applied for a Kubernetes resource does in the cluster, or the containers of a Compose service, all together. */
export type WorkloadState =
  /** Not there yet, with the reason in words: `waiting for pod`, `ContainerCreating`, `1 of 3 replicas are ready`. */
  | { readonly status: 'pending'; readonly reason: string }
  /** All replicas run the applied version and are ready. */
  | { readonly status: 'ready' }
  /** Everything in it has ended well (Jobs, pods that complete). */
  | { readonly status: 'succeeded' }
  /** It does not run. `mayHeal` when the cluster will try again by itself (crash loops, image pulls). */
  | { readonly status: 'failed'; readonly failure: Failure; readonly mayHeal: boolean };

/** A snapshot that the cluster's watcher reports whenever something in it changes. */
export interface WorkloadReport {
  readonly state: WorkloadState;
  /** The newest pod or container, for people; empty when there is none. */
  readonly podName: string;
  /** kubectl's STATUS column for that pod, or Docker's state of the container. */
  readonly podStatus: string;
  /** Restarts of all containers of that pod, or of the container. */
  readonly restarts: number;
}
