/** A pod as the cluster last told of it, in the words of Tilt's API. Times are the cluster's: RFC 3339. */
export interface PodReport {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly createdAt: string;
  /** Kubernetes' own: `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`. */
  readonly phase: string;
  /** Somebody asked for its end. */
  readonly deleting: boolean;
  readonly conditions?: readonly PodCondition[];
  readonly initContainers?: readonly ContainerReport[];
  readonly containers: readonly ContainerReport[];
  /** The uid of the applied object that it belongs to; without it when a selector found the pod. */
  readonly ancestorUID?: string;
  readonly podTemplateSpecHash?: string;
  /** kubectl's STATUS column. */
  readonly status: string;
  /** What its containers say of why they do not run. */
  readonly errors: readonly string[];
  /** What owns it directly. */
  readonly owner?: PodOwner;
}

export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface ContainerReport {
  readonly name: string;
  /** Without the engine's prefix; empty before the container was made. */
  readonly id: string;
  readonly ready: boolean;
  readonly image: string;
  readonly restarts: number;
  readonly state: ContainerState;
  readonly ports: readonly number[];
}

/** One of the three is there. */
export interface ContainerState {
  readonly waiting: { readonly reason: string } | null;
  readonly running: { readonly startedAt: string } | null;
  readonly terminated: {
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly reason?: string;
    readonly exitCode: number;
  } | null;
}

export interface PodOwner {
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly creationTimestamp?: string;
}
