import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { DeployRequest } from '../../../runtime/engine/ports.ts';
import type { Command } from '../../../stdlib/model/command.ts';
import type { KubernetesResource } from '../../../stdlib/model/resource.ts';
import { image, kubernetes, shell } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig, Watched } from './cluster-rig.ts';

describe('deploys by commands, in a real cluster', { skip: skipWithout('cluster', 'busybox') }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('custom');
  });
  after(() => rig.dispose());

  function resourceOf(name: string, apply: Command, remove: Command = shell('exit 1')): KubernetesResource {
    const customDeploy = { apply, delete: remove, watchPaths: [], ignores: [] };
    return kubernetes(name, { objects: [], customDeploy });
  }

  async function apply(resource: KubernetesResource, more: Partial<DeployRequest> = {}, signal?: AbortSignal) {
    const chunks: string[] = [];
    const request = { resource, images: [], timeoutMs: 30_000, ...more };
    const output = { write: (chunk: string) => void chunks.push(chunk) };
    const result = await rig.deployer.apply(request, output, signal ?? new AbortController().signal);
    return { result, log: () => chunks.join('') };
  }

  const kubectlApply = (json: string) => shell(`echo '${json}' | kubectl apply -o yaml -f -; echo applied >&2`);

  test('what the command prints is followed: pods, logs, readiness', async () => {
    const deployment = rig.deployment('web', 'echo here I am; sleep 1000');
    const resource = resourceOf('web', kubectlApply(JSON.stringify(deployment.body)));
    const { result, log } = await apply(resource);
    assert.ok(result.ok, JSON.stringify(result) + log());
    const [object] = result.value.objects;
    assert.deepEqual([object?.kind, object?.name, object?.namespace], ['Deployment', 'web', rig.namespace]);
    assert.match(object?.uid ?? '', /^[0-9a-f-]{36}$/);
    assert.match(log(), /^Running cmd: echo/);
    assert.match(log(), /^applied\n/m);
    assert.match(log(), /Objects applied to cluster:\n {7}→ web:deployment\n/);
    assert.doesNotMatch(log(), /apiVersion: apps\/v1\n/);
    const watched = new Watched(rig.deployer, resource, result.value, log());
    await watched.until('ready');
    await watched.untilTrue(() => watched.lines.some((line) => line.includes('here I am')), 'the line of the pod');
    assert.ok(
      watched.notes.some((note) => note.startsWith('Tracking new pod rollout')),
      watched.notes.join('\n'),
    );
    await watched.stop();
  });

  test('it is told of the cluster and of the images, and need not print what the cluster knows', async () => {
    const map = JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'told', namespace: rig.namespace },
    });
    const script =
      `kubectl config current-context >&2; echo "$TILT_IMAGE_0 $TILT_IMAGE_MAP_0 $MINE $KUBECONFIG" >&2;` +
      `echo '${map}' | kubectl apply -f - >&2; echo '{"apiVersion":"v1","kind":"List","items":[${map}]}'`;
    const resource: KubernetesResource = {
      ...resourceOf('told', { argv: ['sh', '-c', script], dir: '/', env: ['MINE=yes'] }),
      images: [image('shop/base'), image('shop/web', { dependsOn: ['shop/base'] })],
      deployedImages: ['shop/web'],
    };
    const images = ['base', 'web'].map((name) => ({
      ref: `shop/${name}`,
      localRef: `shop/${name}:1`,
      clusterRef: `registry/shop_${name}:1`,
    }));
    const { result, log } = await apply(resource, { images });
    assert.ok(result.ok, JSON.stringify(result) + log());
    assert.match(log(), new RegExp(`^${(await rig.client.target()).context}$`, 'm'));
    const kubeconfig = /^registry\/shop_web:1 shop_web yes (\/.*)$/m.exec(log())?.[1] ?? '';
    assert.ok(kubeconfig !== '' && kubeconfig !== process.env.KUBECONFIG, log());
    assert.ok(!existsSync(kubeconfig), 'the kubeconfig of the command goes with it');
    assert.match(result.value.objects[0]?.uid ?? '', /^[0-9a-f-]{36}$/);
  });

  test('objects that are not there, and none at all, are told of', async () => {
    const missing = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nosuch, namespace: ${rig.namespace}}`;
    const gone = await apply(resourceOf('gone', shell(`echo '${missing}'`)));
    assert.ok(gone.result.ok);
    assert.deepEqual(gone.result.value.objects, []);
    assert.match(gone.log(), /printed the ConfigMap "nosuch", which is not in the cluster/);
    const silent = await apply(resourceOf('silent', shell('true')));
    assert.ok(silent.result.ok);
    assert.match(silent.log(), /printed no objects/);
  });

  for (const [name, script, message] of [
    ['failing', 'echo half; exit 3', /^Cannot deploy "failing": the apply command exited with status 3$/],
    ['garbled', 'echo "a: b: c"', /^Cannot deploy "garbled": the apply command returned malformed YAML: /],
    ['prose', 'echo deployed', /returned malformed YAML: expected a Kubernetes object, got "deployed"$/],
  ] as const) {
    test(`a command that is ${name}`, async () => {
      const { result, log } = await apply(resourceOf(name, shell(script)));
      assert.ok(!result.ok);
      assert.match(result.failure.message, message);
      assert.equal(result.failure.kind, 'command');
      assert.match(log(), /^stdout:\n(?:half|a: b: c|deployed)\n$/m);
      assert.ok(result.failure.position);
    });
  }

  test('a command that takes too long is ended', async () => {
    const started = performance.now();
    const { result } = await apply(resourceOf('slow', shell('sleep 1000')), { timeoutMs: 300 });
    assert.ok(!result.ok);
    assert.match(result.failure.message, /^Cannot deploy "slow": the apply command timed out after 0.3 s$/);
    assert.ok(performance.now() - started < 10_000);
  });

  test('a command that is stopped is ended', async () => {
    const abort = new AbortController();
    const running = apply(resourceOf('stopped', shell('sleep 1000')), {}, abort.signal);
    setImmediate(() => abort.abort());
    const { result } = await running;
    assert.ok(!result.ok);
    assert.equal(result.failure.kind, 'cancelled');
  });

  test('its own command takes it away', async () => {
    const signal = new AbortController().signal;
    const map = rig.object('v1', 'ConfigMap', 'mine');
    const remove = shell(`kubectl delete configmap mine -n ${rig.namespace} >&2`);
    const resource = resourceOf('mine', kubectlApply(JSON.stringify(map.body)), remove);
    assert.ok((await apply(resource)).result.ok);
    const path = `/api/v1/namespaces/${rig.namespace}/configmaps/mine`;
    await rig.client.json(path);
    const chunks: string[] = [];
    const undeployed = await rig.deployer.undeploy(resource, { write: (chunk) => void chunks.push(chunk) }, signal);
    assert.ok(undeployed.ok, JSON.stringify(undeployed));
    assert.match(chunks.join(''), /^Running cmd: kubectl delete configmap mine/);
    await pollUntil(
      () =>
        rig.client.json(path).then(
          () => false,
          () => true,
        ),
      10_000,
      'the object is gone',
    );
    const again = await rig.deployer.undeploy(resource, { write: () => {} }, signal);
    assert.ok(!again.ok);
    assert.match(again.failure.message, /^Cannot delete "mine": the delete command exited with status 1$/);
  });
});
