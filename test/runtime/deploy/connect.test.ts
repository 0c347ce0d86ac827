import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { createDeployer } from '../../../runtime/deploy/deployer.ts';
import { kubernetes } from '../../support/graph.ts';
import { skipWithout } from '../../support/testbed.ts';

const SETTINGS = { allowedContexts: [], defaultRegistry: undefined };

function kubeconfig(t: TestContext, context: string, server: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-kube-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'config');
  const config = {
    'current-context': context,
    contexts: [{ name: context, context: { cluster: context, user: 'me' } }],
    clusters: [{ name: context, cluster: { server } }],
    users: [{ name: 'me', user: { token: 'abc' } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return { KUBECONFIG: file, HOME: folder };
}

test('a cluster is described: context, version, platform, where images go', {
  skip: skipWithout('cluster'),
}, async () => {
  const client = new KubernetesClient();
  const deployer = createDeployer(client);
  const result = await deployer.connect(SETTINGS);
  assert.deepEqual(result, {
    ok: true,
    value: {
      context: 'kind-kind',
      namespace: 'default',
      product: 'kind',
      version: 'v1.20.2',
      platform: 'linux/amd64',
      destination: { kind: 'registry', pushHost: '127.0.0.1:5000', clusterHost: '127.0.0.1:5000', singleName: '' },
    },
  });
  assert.equal(await deployer.connect(SETTINGS), result, 'asking again answers from the first');
  await client.close();
});

test('a context that is not local is refused before anything is sent to it', async (t) => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = new KubernetesClient({ env: kubeconfig(t, 'production', `http://127.0.0.1:${port}`) });
  const deployer = createDeployer(client);
  const refused = await deployer.connect(SETTINGS);
  assert.ok(!refused.ok);
  assert.equal(refused.failure.kind, 'cluster-refused');
  assert.equal(refused.failure.message, 'Stop! production might be production.');
  assert.ok(refused.failure.details.includes("\tallow_k8s_contexts('production')"));
  const request = { resource: kubernetes('web'), images: [], timeoutMs: 1000 };
  const applied = await deployer.apply(request, { write: () => {} }, new AbortController().signal);
  assert.equal(!applied.ok && applied.failure.kind, 'cluster-refused');
  assert.equal(connections, 0);
  const allowed = await deployer.connect({ allowedContexts: ['production'], defaultRegistry: undefined });
  assert.equal(!allowed.ok && allowed.failure.kind, 'cluster-unreachable');
  assert.ok(connections > 0);
  await client.close();
});

test('a cluster that does not listen is named with its address', async (t) => {
  const client = new KubernetesClient({ env: kubeconfig(t, 'kind-away', 'https://127.0.0.1:9') });
  const result = await createDeployer(client).connect(SETTINGS);
  assert.ok(!result.ok);
  assert.equal(result.failure.kind, 'cluster-unreachable');
  assert.equal(
    result.failure.message,
    'Cannot connect to the cluster of the context "kind-away" at https://127.0.0.1:9: connection refused at 127.0.0.1:9',
  );
  assert.match(result.failure.details.join(), /Start the cluster/);
  await client.close();
});

test('a cluster that never answers is given up after the limit', async (t) => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = new KubernetesClient({ env: kubeconfig(t, 'kind-silent', `http://127.0.0.1:${port}`) });
  const result = await createDeployer(client, { timeoutMs: 200 }).connect(SETTINGS);
  assert.match(result.ok ? '' : result.failure.message, /: no answer within 0\.2 s$/);
  await client.close();
});

test('without any kubeconfig it says where it looked', async () => {
  const client = new KubernetesClient({ env: { HOME: '/nonexistent' } });
  const result = await createDeployer(client).connect(SETTINGS);
  assert.ok(!result.ok);
  assert.equal(result.failure.kind, 'cluster-unreachable');
  assert.match(
    result.failure.message,
    /^No Kubernetes configuration was found \(looked for "\/nonexistent\/\.kube\/config"\)/,
  );
});
