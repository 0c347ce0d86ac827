/** Where a built image must be so that the cluster can run it. */
export type ImageDestination =
  /** The cluster runs what the Docker engine has; `environment` leads to that engine where it is another than usually. */
  | { readonly kind: 'engine'; readonly environment?: Readonly<Record<string, string>> }
  /** A registry: pushed as `pushHost/…`, named `clusterHost/…` in objects; `singleName` as in ECR. */
  | { readonly kind: 'registry'; readonly pushHost: string; readonly clusterHost: string; readonly singleName: string }
  /** Pushed under the image's own name, to the registry that the name says. */
  | {
      readonly kind: 'own-name';
      /** Why they do not go a shorter way. */
      readonly note?: string;
    }
  /** Loaded into the nodes of a kind cluster. */
  | { readonly kind: 'kind-load'; readonly clusterName: string };

export interface ClusterInfo {
  readonly context: string;
  readonly namespace: string;
  /** Such as `kind`, `docker-desktop`, `minikube`, `gke`, `unknown`. */
  readonly product: string;
  /** Such as `v1.31.0`. */
  readonly version: string;
  /** The nodes' platform, such as `linux/amd64`. */
  readonly platform: string;
  readonly destination: ImageDestination;
}
