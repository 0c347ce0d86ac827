import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ApiObject } from '../../../runtime/clients/kubernetes/objects.ts';
import { toyDefinition } from '../../support/cluster-project.ts';
import { image, kubernetes } from '../../support/graph.ts';
import { skipWithout } from '../../support/testbed.ts';
import { BUSYBOX, ClusterRig } from './cluster-rig.ts';

interface Template {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: {
    readonly containers: readonly {
      readonly image: string;
      readonly command?: readonly string[];
      readonly imagePullPolicy: string;
    }[];
  };
}

describe('apply to a real cluster', { skip: skipWithout('cluster', 'busybox') }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('apply');
  });
  after(() => rig.dispose());

  const live = <T>(path: string) => rig.client.json<T>(path.replace('NS', rig.namespace));
  const service = (name: string, port: number, more = {}) =>
    rig.object('v1', 'Service', name, {
      spec: { selector: { app: name }, ports: [{ port, targetPort: 80 }], ...more },
    });

  test("built images, their commands and Tilt's labels go into the objects", async () => {
    const deployment = rig.deployment('images', 'true', {
      container: { image: 'example/web:latest', imagePullPolicy: 'Always', args: ['x'] },
    });
    const resource = kubernetes('images', {
      objects: [deployment],
      images: [
        image('example/base'),
        image('example/web', { entrypoint: ['sh', '-c', 'sleep 1000'], dependsOn: ['example/base'] }),
      ],
    });
    const images = [
      { ref: 'example/base', localRef: 'example/base:tilt-1', clusterRef: '127.0.0.1:5000/example_base:tilt-1' },
      { ref: 'example/web', localRef: 'example/web:tilt-1', clusterRef: BUSYBOX },
    ];
    const result = await rig.deployer.apply(
      { resource, images, timeoutMs: 30_000 },
      { write: () => {} },
      new AbortController().signal,
    );
    assert.ok(result.ok, JSON.stringify(result));
    const { metadata, spec } = await live<ApiObject & { spec: { template: Template } }>(
      '/apis/apps/v1/namespaces/NS/deployments/images',
    );
    assert.equal(metadata.labels?.['app.kubernetes.io/managed-by'], 'tilt');
    assert.equal(spec.template.metadata.labels['app.kubernetes.io/managed-by'], 'tilt');
    assert.match(spec.template.metadata.labels['tilt.dev/pod-template-hash'] ?? '', /^[0-9a-f]{20}$/);
    const [container] = spec.template.spec.containers;
    assert.equal(container?.image, BUSYBOX);
    assert.equal(container?.imagePullPolicy, 'IfNotPresent');
    assert.deepEqual(container?.command, ['sh', '-c', 'sleep 1000']);
    await rig.delete(result.value);
  });

  test('an image that no object runs is a failure', async () => {
    const resource = kubernetes('unused', { objects: [service('unused', 80)], images: [image('example/web')] });
    const images = [{ ref: 'example/web', localRef: 'example/web:1', clusterRef: 'example/web:1' }];
    const result = await rig.deployer.apply(
      { resource, images, timeoutMs: 30_000 },
      { write: () => {} },
      new AbortController().signal,
    );
    assert.equal(result.ok, false);
    assert.equal(!result.ok && result.failure.message, 'No object of "unused" runs the image "example/web"');
  });

  test('the same again changes nothing, a change does, and what was left out goes', async () => {
    const first = await rig.apply(kubernetes('again', { objects: [service('again', 80)] }));
    assert.ok(first.result.ok, JSON.stringify(first.result));
    const read = () =>
      live<ApiObject & { spec: { ports: { port: number }[] } }>('/api/v1/namespaces/NS/services/again');
    const before = await read();
    await rig.apply(kubernetes('again', { objects: [service('again', 80)] }));
    assert.equal((await read()).metadata.resourceVersion, before.metadata.resourceVersion);
    await rig.apply(kubernetes('again', { objects: [service('again', 81)] }));
    const changed = await read();
    assert.equal(changed.metadata.uid, before.metadata.uid);
    assert.deepEqual(
      changed.spec.ports.map(({ port }) => port),
      [81],
    );
  });

  test('what may not be changed in place is deleted and made again', async () => {
    const first = await rig.apply(kubernetes('fixed', { objects: [rig.job('fixed', 'true')] }));
    assert.ok(first.result.ok, JSON.stringify(first.result));
    const second = await rig.apply(kubernetes('fixed', { objects: [rig.job('fixed', 'echo changed')] }));
    assert.ok(second.result.ok, JSON.stringify(second.result));
    assert.notEqual(second.result.value.objects[0]?.uid, first.result.value.objects[0]?.uid);
    assert.match(
      second.log,
      /Updating "fixed" failed: .*field is immutable\n {5}Attempting to delete and re-create\n {5}Updating "fixed" succeeded!\n/,
    );
    assert.ok(!second.log.includes('core.PodTemplateSpec{'), second.log);
    const deployment = rig.deployment('selector', 'sleep 1000');
    await rig.apply(kubernetes('selector', { objects: [deployment] }));
    const text = JSON.stringify(deployment).replaceAll('"app":"selector"', '"app":"other"');
    const third = await rig.apply(kubernetes('selector', { objects: [JSON.parse(text)] }));
    assert.ok(third.result.ok, JSON.stringify(third.result));
  });

  test('a custom kind and an object of it in one apply', async () => {
    const group = `toys-${process.pid}.tilt-ts.dev`;
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: `toys.${group}`,
      namespace: '',
      body: toyDefinition(group),
    };
    const toy = rig.object(`${group}/v1`, 'Toy', 'bear', { spec: { size: 3 } });
    const watched = await rig.deploy('toys', [toy, crd]);
    assert.ok(watched.applyLog.includes('→ bear:toy\n'), watched.applyLog);
    await watched.until('ready');
    await rig.delete(watched.deployed);
    await assert.rejects(live(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/toys.${group}`), /not found/);
  });

  test('a namespace and a pod in it in one apply', async () => {
    const name = `${rig.namespace}-inner`;
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      name,
      namespace: '',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      name: 'inner',
      namespace: name,
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'inner', namespace: name },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '1000'] }],
        },
      },
    };
    const watched = await rig.deploy('inner', [pod, namespace]);
    await watched.until('ready');
    assert.equal(watched.last?.podName, 'inner');
    await rig.delete(watched.deployed);
  });

  test('what the cluster refuses is told in its words, with the object and the place', async () => {
    const { result, log } = await rig.apply(
      kubernetes('bad', { objects: [service('bad', 80), rig.deployment('bad', 'true', { replicas: -1 })] }),
    );
    assert.ok(!result.ok);
    assert.equal(result.failure.kind, 'apply');
    assert.match(
      result.failure.message,
      /^Cannot apply Deployment "bad": Deployment\.apps "bad" is invalid: spec\.replicas: Invalid value: -1: must be greater than/,
    );
    assert.equal(result.failure.position?.line, 1);
    assert.match(log, /Tried to apply objects to cluster:\n {7}→ bad:service\n {7}→ bad:deployment\n/);
    const unknown = await rig.apply(kubernetes('unknown', { objects: [rig.object('nosuch.dev/v1', 'Thing', 'x')] }));
    assert.ok(!unknown.result.ok);
    assert.equal(
      unknown.result.failure.message,
      'Cannot apply Thing "x": the cluster knows no kind "Thing" in version "nosuch.dev/v1"',
    );
  });

  test('an apply that is stopped says so', async () => {
    const resource = kubernetes('stopped', { objects: [service('stopped', 80)] });
    const result = await rig.deployer.apply(
      { resource, images: [], timeoutMs: 30_000 },
      { write: () => {} },
      AbortSignal.abort(),
    );
    assert.ok(!result.ok);
    assert.equal(result.failure.kind, 'cancelled');
  });
});
