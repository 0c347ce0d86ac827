import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseDestination, type DestinationFacts } from '../../../runtime/deploy/destination.ts';
import { readHosting } from '../../../runtime/deploy/local-registry.ts';

const choose = (facts: Partial<DestinationFacts>) =>
  chooseDestination({
    product: 'unknown',
    context: 'context',
    clusterName: 'cluster',
    runtime: 'containerd://1.6.20',
    engineUrl: 'unix:///var/run/docker.sock',
    dockerHost: '',
    localRegistry: undefined,
    defaultRegistry: undefined,
    ...facts,
  });
const docker = 'docker://20.10.5';

test('a registry of the cluster comes before the default of the Tiltfile', () => {
  const localRegistry = { host: 'localhost:5000', hostFromCluster: 'registry:5000' };
  const defaultRegistry = { host: 'example.com/team', hostFromCluster: '', singleName: 'all' };
  assert.deepEqual(choose({ localRegistry, defaultRegistry }), {
    kind: 'registry',
    pushHost: 'localhost:5000',
    clusterHost: 'registry:5000',
    singleName: '',
  });
  assert.deepEqual(choose({ defaultRegistry }), {
    kind: 'registry',
    pushHost: 'example.com/team',
    clusterHost: 'example.com/team',
    singleName: 'all',
  });
});

test('without a registry images are loaded into kind, else pushed under their own names', () => {
  assert.deepEqual(choose({ product: 'kind', clusterName: 'kind-dev' }), { kind: 'kind-load', clusterName: 'dev' });
  assert.deepEqual(choose({ product: 'gke' }), { kind: 'own-name' });
});

test('a cluster that runs containers with the engine that builds needs no push', () => {
  assert.equal(choose({ product: 'docker-desktop', runtime: docker }).kind, 'engine');
  assert.equal(choose({ product: 'docker-desktop' }).kind, 'own-name', 'its containerd does not see the engine');
  assert.equal(choose({ product: 'docker-desktop', runtime: docker, engineUrl: 'tcp://far:2376' }).kind, 'own-name');
  assert.equal(
    choose({ product: 'orbstack', runtime: docker, engineUrl: 'unix:///home/me/.orbstack/run/docker.sock' }).kind,
    'engine',
  );
  const colima = {
    product: 'colima',
    runtime: docker,
    engineUrl: 'unix:///home/me/.colima/test/docker.sock',
  } as const;
  assert.equal(choose({ ...colima, context: 'colima-test' }).kind, 'engine');
  assert.equal(choose({ ...colima, context: 'colima' }).kind, 'own-name');
});

test('the announcement of a registry', () => {
  assert.deepEqual(readHosting('host: "localhost:5000"\nhelp: "https://example.com"\n'), {
    host: 'localhost:5000',
    hostFromCluster: '',
  });
  assert.deepEqual(readHosting('host: a\nhostFromContainerRuntime: b'), { host: 'a', hostFromCluster: 'b' });
  assert.equal(readHosting('help: only'), undefined);
  assert.equal(readHosting('a: ['), undefined);
  assert.equal(readHosting(''), undefined);
});

test('minikube builds with the engine in its node, unless DOCKER_HOST leads elsewhere', () => {
  const environment = { DOCKER_HOST: 'tcp://192.168.49.2:2376', DOCKER_TLS_VERIFY: '1' };
  const minikube = { product: 'minikube', runtime: docker, minikube: { kind: 'found', environment } } as const;
  assert.deepEqual(choose(minikube), { kind: 'engine', environment });
  assert.deepEqual(choose({ ...minikube, dockerHost: environment.DOCKER_HOST }), { kind: 'engine', environment });
  assert.deepEqual(choose({ ...minikube, dockerHost: 'tcp://far:2376' }), { kind: 'own-name' });
  assert.deepEqual(choose({ ...minikube, minikube: { kind: 'unsupported' } }), { kind: 'own-name' });
  assert.deepEqual(choose({ ...minikube, minikube: { kind: 'failed', message: 'no minikube' } }), {
    kind: 'own-name',
    note: 'no minikube',
  });
  assert.deepEqual(choose({ product: 'minikube' }), { kind: 'own-name' });
});
