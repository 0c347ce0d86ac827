import path from 'node:path';

/** What kind of cluster a context leads to, as far as names and places of files tell. */
export type ClusterProduct =
  | 'minikube'
  | 'docker-desktop'
  | 'gke'
  | 'eks'
  | 'kind'
  | 'microk8s'
  | 'crc'
  | 'krucible'
  | 'k3d'
  | 'rancher-desktop'
  | 'colima'
  | 'orbstack'
  | 'unknown';

export interface ClusterTraits {
  /** The cluster's name in the kubeconfig; the context's name says nothing. */
  readonly clusterName: string;
  /** Absolute path of the file that holds the context. */
  readonly contextFile: string;
  /** Absolute path of the cluster's certificate authority, if it stands in a file. */
  readonly caFile: string | undefined;
}

const BY_NAME: readonly (readonly [RegExp, ClusterProduct])[] = [
  [/^minikube/, 'minikube'],
  [/^docker-(?:for-desktop-cluster|desktop)/, 'docker-desktop'],
  [/^gke/, 'gke'],
  [/^arn:aws:eks:|\.eksctl\.io$/, 'eks'],
  [/^kind(?:-|$)/, 'kind'],
  [/^microk8s/, 'microk8s'],
  [/^api-crc-testing/, 'crc'],
  [/^krucible-/, 'krucible'],
  [/^k3d-/, 'k3d'],
  [/^rancher-desktop/, 'rancher-desktop'],
  [/^colima/, 'colima'],
  [/^orbstack$/, 'orbstack'],
];

/** `home` is the user's home folder. */
export function clusterProduct({ clusterName, contextFile, caFile }: ClusterTraits, home: string): ClusterProduct {
  const named = BY_NAME.find(([pattern]) => pattern.test(clusterName));
  if (named) return named[1];
  if (contextFile.startsWith(path.join(home, '.config', 'k3d') + path.sep)) return 'k3d';
  if (caFile?.startsWith(path.join(home, '.minikube') + path.sep)) return 'minikube';
  if (path.basename(contextFile).startsWith('kind-config-')) return 'kind';
  return 'unknown';
}

/** Clusters of these kinds run on someone's own machine: nothing in them can be production. */
export function isLocalCluster(product: ClusterProduct): boolean {
  return product !== 'gke' && product !== 'eks' && product !== 'unknown';
}
