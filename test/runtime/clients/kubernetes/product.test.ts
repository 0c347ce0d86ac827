import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectTarget } from '../../../../runtime/clients/kubernetes/kubeconfig.ts';
import { isLocalProduct, productOf } from '../../../../runtime/clients/kubernetes/product.ts';

function product(clusterName: string, more: object = {}, file = '/home/me/.kube/config'): string {
  const config = {
    'current-context': 'context',
    contexts: [{ name: 'context', context: { cluster: clusterName } }],
    clusters: [{ name: clusterName, cluster: { server: 'https://a', ...more } }],
  };
  const selected = selectTarget([{ path: file, folder: '/home/me/.kube', text: JSON.stringify(config) }]);
  assert.ok(selected.ok);
  return productOf(selected.target, '/home/me');
}

test('the product is told by the cluster that the context leads to', () => {
  const names: Readonly<Record<string, string>> = {
    kind: 'kind',
    'kind-dev': 'kind',
    kindly: 'unknown',
    'docker-desktop': 'docker-desktop',
    'docker-for-desktop-cluster': 'docker-desktop',
    minikube: 'minikube',
    'minikube-two': 'minikube',
    'microk8s-cluster': 'microk8s',
    'k3d-dev': 'k3d',
    'rancher-desktop': 'rancher-desktop',
    'colima-test': 'colima',
    orbstack: 'orbstack',
    'orbstack-two': 'unknown',
    'api-crc-testing:6443': 'crc',
    gke_project_zone_name: 'gke',
    'arn:aws:eks:us-east-1:1:cluster/a': 'eks',
    'dev.us-east-1.eksctl.io': 'eks',
    production: 'unknown',
  };
  for (const [name, expected] of Object.entries(names)) assert.equal(product(name), expected, name);
  assert.equal(product('own', { 'certificate-authority': '/home/me/.minikube/ca.crt' }), 'minikube');
  assert.equal(product('own', {}, '/home/me/.config/k3d/a/kubeconfig.yaml'), 'k3d');
});

test('only clusters on the own machine are local', () => {
  assert.deepEqual((['kind', 'orbstack', 'crc', 'gke', 'eks', 'unknown'] as const).map(isLocalProduct), [
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
