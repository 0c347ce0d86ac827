import { join, sep } from 'node:path';
import type { KubeTarget } from './kubeconfig.ts';

/** What kind of cluster a context leads to, as far as its names tell. */
export type ClusterProduct =
  | 'docker-desktop'
  | 'kind'
  | 'minikube'
  | 'k3d'
  | 'microk8s'
  | 'rancher-desktop'
  | 'orbstack'
  | 'colima'
  | 'crc'
  | 'krucible'
  | 'gke'
  | 'eks'
  | 'unknown';

const BY_PREFIX: readonly (readonly [prefix: string, product: ClusterProduct])[] = [
  ['minikube', 'minikube'],
  ['docker-for-desktop-cluster', 'docker-desktop'],
  ['docker-desktop', 'docker-desktop'],
  ['gke', 'gke'],
  ['arn:aws:eks:', 'eks'],
  ['kind-', 'kind'],
  ['microk8s', 'microk8s'],
  ['api-crc-testing', 'crc'],
  ['krucible-', 'krucible'],
  ['k3d-', 'k3d'],
  ['rancher-desktop', 'rancher-desktop'],
  ['colima', 'colima'],
];
const BY_NAME: ReadonlyMap<string, ClusterProduct> = new Map([
  ['kind', 'kind'],
  ['orbstack', 'orbstack'],
]);

/** Tells by the name of the cluster that the context leads to, else by where its files lie. */
export function productOf(target: KubeTarget, home: string): ClusterProduct {
  const name = target.clusterName;
  const exact = BY_NAME.get(name);
  if (exact) return exact;
  const prefixed = BY_PREFIX.find(([prefix]) => name.startsWith(prefix));
  if (prefixed) return prefixed[1];
  if (name.endsWith('.eksctl.io')) return 'eks';
  if (target.file.startsWith(join(home, '.config', 'k3d') + sep)) return 'k3d';
  if (target.cluster.caFile?.startsWith(join(home, '.minikube') + sep)) return 'minikube';
  return 'unknown';
}

/** Whether such a cluster runs on the developer's own machine, so that nothing of worth can break in it. */
export function isLocalProduct(product: ClusterProduct): boolean {
  switch (product) {
    case 'gke':
    case 'eks':
    case 'unknown':
      return false;
    default:
      return true;
  }
}
