import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { createDeployer, type Deployer } from '../../../runtime/deploy/deployer.ts';
import type { Failure } from '../../../runtime/state/failure.ts';
import type { Json, KubernetesObject } from '../../../stdlib/model/kubernetes.ts';
import { type Answer, ApiProxy, clientOf } from '../../support/api-proxy.ts';
import { kubernetes } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';
import { TcpProxy } from '../../support/proxies.ts';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig } from './cluster-rig.ts';

const SETTINGS = { allowedContexts: [], defaultRegistry: undefined };

describe('applying when something is in the way', { skip: skipWithout('cluster', 'busybox'), concurrency: 4 }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('faults');
  });
  after(() => rig.dispose());

  const map = (name: string, data: Record<string, Json> = { a: '1' }) => rig.object('v1', 'ConfigMap', name, { data });
  const isApply = (method: string | undefined) => method === 'PATCH';

  /** Begins to apply; `log` is what it has said so far. */
  function begin(deployer: Deployer, objects: readonly KubernetesObject[], timeoutMs = 20_000) {
    const run = { log: '' };
    const output = {
      write(text: string) {
        run.log += text;
      },
    };
    const resource = kubernetes(objects[0]?.name ?? '', { objects });
    const over = deployer.apply({ resource, images: [], timeoutMs }, output, new AbortController().signal);
    return { run, over };
  }
  async function connected(t: TestContext, { url }: { readonly url: string }, more: object = {}): Promise<Deployer> {
    const deployer = createDeployer(clientOf(t, { name: 'kind-proxy', server: url, ...more }).client);
    const result = await deployer.connect(SETTINGS);
    assert.ok(result.ok, JSON.stringify(result));
    return deployer;
  }
  async function failureOf(deployer: Deployer, objects: readonly KubernetesObject[], timeoutMs = 20_000) {
    const { over, run } = begin(deployer, objects, timeoutMs);
    const result = await over;
    assert.ok(!result.ok, run.log);
    return result.failure;
  }
  const answering = (t: TestContext, answer: (count: number) => Answer | undefined) => {
    let count = 0;
    return ApiProxy.start(t, { intercept: ({ method }) => (isApply(method) ? answer(++count) : undefined) });
  };

  test('a server that goes away comes back: the apply goes on', async (t) => {
    const http = await ApiProxy.start(t);
    const proxy = await TcpProxy.start(t, { host: '127.0.0.1', port: Number(new URL(http.url).port) });
    const deployer = await connected(t, { url: `http://127.0.0.1:${proxy.port}` });
    await proxy.down();
    const { run, over } = begin(deployer, [map('away-1'), map('away-2')]);
    await pollUntil(() => run.log.includes('The cluster does not answer: connection refused'), 10_000, 'the note');
    await proxy.up();
    const result = await over;
    assert.ok(result.ok, JSON.stringify(result));
    assert.equal(run.log.match(/The cluster does not answer/g)?.length, 1, run.log);
    assert.match(run.log, /The cluster answers again\./);
    await proxy.down();
    const failure = await failureOf(deployer, [map('away-3')], 500);
    assert.equal(failure.kind, 'cluster-unreachable');
    assert.match(failure.message, /^Cannot apply ConfigMap "away-3": the cluster does not answer \(connection refused/);
  });

  test('a server that is busy is asked again when it says, and not with everything at once', async (t) => {
    let refused = 0;
    const proxy = await ApiProxy.start(t, {
      intercept: ({ method }) => {
        if (!isApply(method) || refused >= 3) return undefined;
        refused++;
        return { status: 429, message: 'too many requests', headers: { 'Retry-After': '1' } };
      },
    });
    const deployer = await connected(t, proxy);
    const start = Date.now();
    const groups = Array.from({ length: 8 }, (_, group) =>
      Array.from({ length: 25 }, (_, index) => map(`busy-${group}-${index}`)),
    );
    const results = await Promise.all(groups.map((objects) => begin(deployer, objects).over));
    assert.ok(results.every(({ ok }) => ok));
    assert.ok(Date.now() - start >= 1000);
    assert.equal(proxy.requests.filter(({ method }) => isApply(method)).length, 203);
    assert.ok(proxy.mostChanges <= 24, `${proxy.mostChanges} at once`);
    // One question for the kind, and none for each object.
    assert.equal(proxy.requests.filter(({ url }) => url === '/api/v1').length, 1);
  });

  test('a server that answers slowly is waited for, up to the limit', async (t) => {
    let delayMs = 300;
    const slow = () => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), delayMs));
    const proxy = await ApiProxy.start(t, { intercept: slow });
    const deployer = await connected(t, proxy);
    const { over } = begin(deployer, [map('slow')], 5_000);
    assert.ok((await over).ok);
    delayMs = 3_000;
    const failure = await failureOf(deployer, [map('slow')], 1_000);
    assert.match(failure.message, /^Cannot apply ConfigMap "slow": it took longer than 1 s/);
    assert.match(failure.details.join('\n'), /k8s_upsert_timeout_secs/);
  });

  test('a webhook whose server is not there yet is waited for, and one that refuses is quoted', async (t) => {
    const message =
      'Internal error occurred: failed calling webhook "check.example.dev": Post "https://x.svc:443/": connection refused';
    const proxy = await answering(t, (count) =>
      count <= 2 ? { status: 500, reason: 'InternalError', message } : undefined,
    );
    const deployer = await connected(t, proxy);
    const { run, over } = begin(deployer, [map('hooked')]);
    assert.ok((await over).ok);
    assert.equal(run.log.match(/Waiting for the server of the webhook "check\.example\.dev"/g)?.length, 1, run.log);

    const denies = await answering(t, () => ({
      status: 400,
      message: 'admission webhook "check.example.dev" denied the request: no team label',
    }));
    const failure = await failureOf(await connected(t, denies), [map('denied')]);
    assert.equal(
      failure.message,
      'Cannot apply ConfigMap "denied": admission webhook "check.example.dev" denied the request: no team label',
    );
    const never = await answering(t, () => ({ status: 500, reason: 'InternalError', message }));
    const late = await failureOf(await connected(t, never), [map('never')], 800);
    assert.match(
      late.message,
      /it took longer than 0\.8 s waiting for the server of the webhook "check\.example\.dev"$/,
    );
    assert.equal(late.details[0], message);
  });

  test('a namespace that is being deleted is waited for; what holds it is told when the time is up', async () => {
    const name = `${rig.namespace}-leaving`;
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      name,
      namespace: '',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    };
    const held = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', finalizers: ['tilt-ts.dev/test'] } };
    await rig.client.json('/api/v1/namespaces', { method: 'POST', body: JSON.stringify(namespace.body) });
    const maps = `/api/v1/namespaces/${name}/configmaps`;
    await rig.client.json(maps, { method: 'POST', body: JSON.stringify(held) });
    await rig.client.json(`/api/v1/namespaces/${name}`, { method: 'DELETE' });
    const inside = {
      ...map('inside'),
      namespace: name,
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'inside', namespace: name } },
    };

    const alone = await failureOf(rig.deployer, [inside], 800);
    assert.match(alone.message, new RegExp(`waiting for the namespace "${name}", which is being deleted, to be gone$`));
    const said = async () => (await failureOf(rig.deployer, [namespace, inside], 800)).details.join('\n');
    await pollUntil(async () => /tilt-ts\.dev\/test/.test(await said()), 20_000, 'the finalizer in the failure');

    const { run, over } = begin(rig.deployer, [inside, namespace], 60_000);
    await pollUntil(() => run.log.includes(`"${name}" is being deleted: waiting until it is gone`), 10_000, 'the note');
    await rig.client.json(`${maps}/held`, {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: JSON.stringify({ metadata: { finalizers: null } }),
    });
    const result = await over;
    assert.ok(result.ok, JSON.stringify(result));
    await rig.client.json(`/api/v1/namespaces/${name}`, { method: 'DELETE' });
  });

  test('rights and quotas: the refusal of the cluster with what helps', async (t) => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'weak' } };
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none' },
      spec: { hard: { 'count/cronjobs.batch': '0' } },
    };
    const at = (plural: string) => `/api/v1/namespaces/${rig.namespace}/${plural}`;
    await rig.client.json(at('serviceaccounts'), { method: 'POST', body: JSON.stringify(account) });
    await rig.client.json(at('resourcequotas'), { method: 'POST', body: JSON.stringify(quota) });
    const { status } = await rig.client.json<{ status: { token: string } }>(`${at('serviceaccounts')}/weak/token`, {
      method: 'POST',
      body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: null } }),
    });
    const { cluster } = await rig.client.target();
    const user = { token: status.token };
    const ca = { 'certificate-authority-data': Buffer.from(cluster.ca ?? '').toString('base64') };
    const weak = await connected(t, { url: cluster.server }, { user, cluster: ca });
    const forbidden = await failureOf(weak, [map('forbidden')]);
    assert.match(
      forbidden.message,
      /^Cannot apply ConfigMap "forbidden": configmaps "forbidden" is forbidden: User "system:serviceaccount:\S+:weak" cannot patch resource "configmaps"/,
    );
    assert.match(forbidden.details.join(), /kubectl auth can-i patch configmaps/);

    const cron = rig.object('batch/v1beta1', 'CronJob', 'over', {
      spec: {
        schedule: '0 0 1 1 *',
        jobTemplate: {
          spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'b' }] } } },
        },
      },
    });
    let over: Failure | undefined;
    await pollUntil(
      async () => {
        over = await failureOf(rig.deployer, [cron]);
        return /exceeded quota/.test(over.message);
      },
      20_000,
      'the quota',
    );
    assert.match(over?.details.join() ?? '', /kubectl describe quota -n \S+/);
  });
});
