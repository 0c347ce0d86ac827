export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A Kubernetes object as the user declares it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** `metadata.namespace`; empty when not given. */
  readonly namespace: string;
  /** The whole object. */
  readonly body: { readonly [key: string]: Json };
}

/** A selector for pods that belong to a resource beside those that its workloads own. */
export type LabelSelector = Readonly<Record<string, string>>;

/** A selector with conditions on labels beside values of them. */
export interface PodSelector {
  readonly labels: LabelSelector;
  readonly conditions: readonly LabelCondition[];
}

export interface LabelCondition {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/**
 * When a Kubernetes resource counts as running:
 * `wait` when its workload is ready, `ignore` as soon as it is applied, `succeeded` when its pods have ended well (Jobs).
 */
export type PodReadiness = 'wait' | 'ignore' | 'succeeded';

export interface ClusterSettings {
  /** Contexts that the Tiltfile allows beside those that are local by nature. */
  readonly allowedContexts: readonly string[];
  readonly defaultRegistry: DefaultRegistry | undefined;
}

export interface DefaultRegistry {
  /** Where images are pushed. */
  readonly host: string;
  /** The same registry as the cluster names it; empty when it is the same name. */
  readonly hostFromCluster: string;
  /** All images share this one repository name (as in ECR); empty when not given. */
  readonly singleName: string;
}
