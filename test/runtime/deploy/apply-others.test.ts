import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import type { ApiObject } from '../../../runtime/clients/kubernetes/objects.ts';
import { createDeployer, type Deployer } from '../../../runtime/deploy/deployer.ts';
import type { Json, KubernetesObject } from '../../../stdlib/model/kubernetes.ts';
import { ApiProxy, clientOf } from '../../support/api-proxy.ts';
import { kubernetes } from '../../support/graph.ts';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig } from './cluster-rig.ts';

type Live = ApiObject & { readonly data?: Readonly<Record<string, string>> };
const SETTINGS = { allowedContexts: [], defaultRegistry: undefined };

describe('applying what others applied, too', { skip: skipWithout('cluster', 'busybox') }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('others');
  });
  after(() => rig.dispose());

  const map = (name: string, data: Record<string, Json>) => rig.object('v1', 'ConfigMap', name, { data });
  const path = (name: string) => `/api/v1/namespaces/${rig.namespace}/configmaps/${name}`;
  const read = (name: string) => rig.client.json<Live>(path(name));
  const kubectl = (object: KubernetesObject, ...words: readonly string[]) => {
    const { status, stderr } = spawnSync('kubectl', ['apply', ...words, '-f', '-'], {
      input: JSON.stringify(object.body),
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  };
  async function apply(object: KubernetesObject, deployer: Deployer = rig.deployer, serverSideApply = 'auto') {
    let log = '';
    const output = {
      write(text: string) {
        log += text;
      },
    };
    const request = { resource: kubernetes(object.name, { objects: [object] }), images: [], timeoutMs: 20_000 };
    const result = await deployer.apply({ ...request, serverSideApply }, output, new AbortController().signal);
    assert.ok(result.ok, JSON.stringify(result));
    return { deployed: result.value, log };
  }

  test('fields that kubectl apply set and nothing declares any more go', async () => {
    kubectl(map('kubectl', { a: '1', b: '2' }));
    await apply(map('kubectl', { a: '1', c: '3' }));
    const { data, metadata } = await read('kubectl');
    assert.deepEqual(data, { a: '1', c: '3' });
    const managers = (metadata.managedFields ?? []).map(({ manager, operation }) => `${manager} ${operation}`);
    assert.deepEqual(managers, ['tilt-ts Apply']);
    await apply(map('kubectl', { c: '3' }));
    assert.deepEqual((await read('kubectl')).data, { c: '3' }, 'what both set goes, too');
  });

  test("fields that Tilt's server-side apply set go, those of other writers stay", async () => {
    const send = (manager: string, data: Record<string, Json>) =>
      rig.client.json(`${path('tilt')}?fieldManager=${manager}&force=true`, {
        method: 'PATCH',
        contentType: 'application/apply-patch+yaml',
        body: JSON.stringify(map('tilt', data).body),
      });
    await send('tilt', { a: '1', b: '2' });
    await send('controller', { theirs: 'x' });
    await apply(map('tilt', { a: '1' }));
    assert.deepEqual((await read('tilt')).data, { a: '1', theirs: 'x' });
    await apply(map('tilt', { other: '1' }));
    assert.deepEqual((await read('tilt')).data, { other: '1', theirs: 'x' });
  });

  test('an object without a history costs one request, and the same again changes nothing', async (t) => {
    const proxy = await ApiProxy.start(t);
    const deployer = createDeployer(clientOf(t, { name: 'kind-proxy', server: proxy.url }).client);
    await deployer.connect(SETTINGS);
    const changes = () => proxy.requests.filter(({ url }) => url.includes('/configmaps/once'));
    await apply(map('once', { a: '1' }), deployer);
    assert.equal(changes().length, 1);
    const { resourceVersion } = (await read('once')).metadata;
    await apply(map('once', { a: '1' }), deployer);
    assert.equal(changes().length, 2);
    assert.equal((await read('once')).metadata.resourceVersion, resourceVersion);
  });

  for (const how of ['k8s_server_side_apply: "false"', 'a server that cannot apply'] as const) {
    test(`client-side (${how}): changes, prunes, keeps what others set, remembers as kubectl does`, async (t) => {
      const refusal = { status: 415, message: 'the body of the request was in an unknown format' };
      const proxy = await ApiProxy.start(t, {
        intercept: ({ headers }) => (headers['content-type'] === 'application/apply-patch+yaml' ? refusal : undefined),
      });
      const isOld = how === 'a server that cannot apply';
      const deployer = createDeployer(
        isOld ? clientOf(t, { name: 'kind-proxy', server: proxy.url }).client : rig.client,
      );
      await deployer.connect(SETTINGS);
      const setting = isOld ? 'auto' : 'false';
      const name = isOld ? 'old-server' : 'client-side';
      kubectl(map(name, { a: '1', b: '2' }));
      await rig.client.json(path(name), {
        method: 'PATCH',
        contentType: 'application/merge-patch+json',
        body: JSON.stringify({ data: { theirs: 'x' } }),
      });
      await apply(map(name, { a: '2' }), deployer, setting);
      const first = await read(name);
      assert.deepEqual(first.data, { a: '2', theirs: 'x' });
      await apply(map(name, { a: '2' }), deployer, setting);
      assert.equal((await read(name)).metadata.resourceVersion, first.metadata.resourceVersion, 'unchanged');
      kubectl(map(name, { c: '3' }));
      assert.deepEqual((await read(name)).data, { c: '3', theirs: 'x' }, 'kubectl goes on from there');

      const made = await apply(map(`${name}-new`, { a: '1' }), deployer, setting);
      assert.equal(made.deployed.objects[0]?.uid, (await read(`${name}-new`)).metadata.uid);
      // Back to the server's way.
      await apply(map(`${name}-new`, { b: '1' }));
      assert.deepEqual((await read(`${name}-new`)).data, { b: '1' });
      const deployment = rig.deployment(`${name}-web`, 'sleep 1000', { replicas: 0 });
      await apply(deployment, deployer, setting);
      const again = await apply(deployment, deployer, setting);
      assert.equal(again.deployed.objects.length, 1);
    });
  }

  test('client-side, an object too long for the annotation is replaced', async () => {
    await apply(map('long', { a: 'x'.repeat(300_000) }), rig.deployer, 'false');
    await apply(map('long', { b: 'y'.repeat(300_000) }), rig.deployer, 'false');
    assert.deepEqual(Object.keys((await read('long')).data ?? {}), ['b']);
  });

  test('misspelt fields are warned of and left out; of what is there twice the last one counts', async () => {
    const object = rig.deployment('misspelt', 'sleep 1000', {
      replicas: 0,
      container: {
        imagee: 'x',
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
    });
    const body = { ...object.body, spec: { ...(object.body.spec as object), replica: 3 } } as typeof object.body;
    const { log } = await apply({ ...object, body });
    for (const field of ['spec.replica', 'spec.template.spec.containers[name="main"].imagee']) {
      const words = `Deployment "misspelt" has a field that its kind does not know, "${field}": it is left out; is it misspelt?`;
      assert.ok(log.includes(words), log);
    }
    assert.match(
      log,
      /more than one \[name="A"\] in spec\.template\.spec\.containers\[name="main"\]\.env: the last one/,
    );
    const live = await rig.client.json<{ spec: { template: { spec: { containers: { env: object[] }[] } } } }>(
      `/apis/apps/v1/namespaces/${rig.namespace}/deployments/misspelt`,
    );
    assert.deepEqual(live.spec.template.spec.containers[0]?.env, [{ name: 'A', value: '2' }]);
  });

  test('what the server remarks is shown once', async (t) => {
    const remark = '299 - "v1 ConfigMap is old, \\"really\\"", 299 - "second"';
    const proxy = await ApiProxy.start(t, {
      addHeaders: ({ method }) => (method === 'PATCH' ? { Warning: remark } : {}) as Record<string, string>,
    });
    const deployer = createDeployer(clientOf(t, { name: 'kind-proxy', server: proxy.url }).client);
    await deployer.connect(SETTINGS);
    const { log } = await apply(map('remark', { a: '1' }), deployer);
    assert.match(log, /v1 ConfigMap is old, "really"\n +second\n/);
  });

  test('a Job that is done is left alone; two sessions that change it make one new Job', async (t) => {
    const first = await apply(rig.job('once', 'true'));
    const uid = first.deployed.objects[0]?.uid;
    assert.equal((await apply(rig.job('once', 'true'))).deployed.objects[0]?.uid, uid);
    const client = new KubernetesClient();
    t.after(() => client.close());
    const other = createDeployer(client);
    await other.connect(SETTINGS);
    const changed = rig.job('once', 'echo changed');
    const both = await Promise.all([apply(changed), apply(changed, other)]);
    const uids = new Set(both.map(({ deployed }) => deployed.objects[0]?.uid));
    assert.equal(uids.size, 1, both.map(({ log }) => log).join('\n'));
    assert.ok(!uids.has(uid));
  });

  test('what is taken away: the very object that was deployed here, and not what says that it stays', async () => {
    const mine = (await apply(map('mine', { a: '1' }))).deployed;
    const replaced = (await apply(map('replaced', { a: '1' }))).deployed;
    await rig.client.json(path('replaced'), { method: 'DELETE' });
    kubectl(map('replaced', { theirs: 'x' }));
    const annotated = map('kept', { a: '1' });
    const metadata = { ...(annotated.body.metadata as object), annotations: { 'tilt.dev/down-policy': 'keep' } };
    const keptObject = { ...annotated, body: { ...annotated.body, metadata } };
    const kept = (await apply(keptObject)).deployed;
    const objects = [mine, replaced, kept].flatMap((deployed) => deployed.objects);
    const log = await rig.delete({ resource: 'all', objects });
    assert.match(log, /Not deleting ConfigMap\/kept: its annotation tilt\.dev\/down-policy says "keep"/);
    await assert.rejects(read('mine'), /not found/);
    assert.deepEqual((await read('replaced')).data, { theirs: 'x' });
    assert.deepEqual((await read('kept')).data, { a: '1' });
  });
});
