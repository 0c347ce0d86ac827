import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usedContext } from '../../../stdlib/kubernetes/kubeconfig.ts';
import { clusterProduct, isLocalCluster } from '../../../stdlib/model/cluster-product.ts';
import { kubeconfigPaths } from '../../../stdlib/model/kubeconfig.ts';

function config(
  current: string,
  contexts: readonly (readonly [name: string, cluster: string, namespace?: string])[],
): string {
  return JSON.stringify({
    'current-context': current,
    contexts: contexts.map(([name, cluster, namespace]) => ({ name, context: { cluster, user: 'u', namespace } })),
    clusters: contexts.map(([, name]) => ({ name, cluster: { server: 'https://127.0.0.1:1' } })),
    users: [{ name: 'u', user: {} }],
  });
}

const nothing = { context: undefined, namespace: undefined };
const used = (...texts: string[]) =>
  usedContext(
    texts.map((text, i) => ({ path: `/k/${i}`, text })),
    nothing,
    '/home/me',
  );

test('KUBECONFIG lists files, else the one in the home folder counts', () => {
  assert.deepEqual(kubeconfigPaths({ kubeconfig: '/a::b', home: '/h' }, '/c'), ['/a', '/c/b']);
  assert.deepEqual(kubeconfigPaths({ kubeconfig: '', home: '/h' }, '/c'), ['/h/.kube/config']);
  assert.deepEqual(kubeconfigPaths({ kubeconfig: undefined, home: undefined }, '/c'), []);
});

test('the current context, its namespace and what it leads to', () => {
  assert.deepEqual(used(config('a', [['a', 'kind-x', 'team']])), { name: 'a', namespace: 'team', product: 'kind' });
  assert.deepEqual(used(config('a', [['a', 'x']])), { name: 'a', namespace: 'default', product: 'unknown' });
});

test('of several files the first says the current context, and the first with a name says what it means', () => {
  const first = config('b', [['a', 'kind-1']]);
  const second = config('a', [
    ['b', 'kind-2', 'beta'],
    ['a', 'x', 'other'],
  ]);
  assert.deepEqual(used(first, second), { name: 'b', namespace: 'beta', product: 'kind' });
  assert.equal(used(config('a', [['a', 'kind-1', 'one']]), second)?.namespace, 'one');
});

test('the command line chooses another context and namespace', () => {
  const files = [
    {
      path: '/k',
      text: config('a', [
        ['a', 'x'],
        ['b', 'kind', 'team'],
      ]),
    },
  ];
  assert.equal(usedContext(files, { context: 'b', namespace: undefined }, '')?.namespace, 'team');
  assert.equal(usedContext(files, { context: 'b', namespace: 'mine' }, '')?.namespace, 'mine');
  assert.equal(usedContext(files, { context: 'no', namespace: undefined }, ''), undefined);
});

for (const [what, text] of [
  ['no current context', config('', [['a', 'x']])],
  ['an unknown current context', config('no', [['a', 'x']])],
  ['no YAML', 'clusters: ['],
  ['nothing', ''],
  ['a context without its user', config('a', [['a', 'x']]).replace('"user":"u"', '"user":"who"')],
] as const) {
  test(`a kubeconfig with ${what} gives no context`, () => assert.equal(used(text), undefined));
}

for (const [clusterName, product] of [
  ['minikube', 'minikube'],
  ['docker-desktop', 'docker-desktop'],
  ['docker-for-desktop-cluster', 'docker-desktop'],
  ['kind', 'kind'],
  ['kind-dev', 'kind'],
  ['kindergarten', 'unknown'],
  ['k3d-x', 'k3d'],
  ['microk8s-cluster', 'microk8s'],
  ['api-crc-testing:6443', 'crc'],
  ['rancher-desktop', 'rancher-desktop'],
  ['colima-x', 'colima'],
  ['orbstack', 'orbstack'],
  ['orbstack-2', 'unknown'],
  ['gke_a_b_c', 'gke'],
  ['main.eu-west-1.eksctl.io', 'eks'],
  ['arn:aws:eks:x', 'eks'],
  ['staging', 'unknown'],
] as const) {
  test(`the cluster ${clusterName} is of the kind ${product}`, () => {
    assert.equal(clusterProduct({ clusterName, contextFile: '/k', caFile: undefined }, '/home/me'), product);
  });
}

test('files tell, too, and only clusters on this machine are local', () => {
  const traits = { clusterName: 'x', contextFile: '/k', caFile: undefined };
  assert.equal(clusterProduct({ ...traits, caFile: '/home/me/.minikube/ca.crt' }, '/home/me'), 'minikube');
  assert.equal(clusterProduct({ ...traits, contextFile: '/home/me/.config/k3d/x' }, '/home/me'), 'k3d');
  assert.equal(isLocalCluster('k3d'), true);
  for (const product of ['gke', 'eks', 'unknown'] as const) assert.equal(isLocalCluster(product), false);
});
