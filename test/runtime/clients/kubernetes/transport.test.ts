import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { KubernetesClient } from '../../../../runtime/clients/kubernetes/client.ts';
import { proxyFromEnvironment } from '../../../../runtime/clients/kubernetes/transport.ts';
import { makeProject } from '../../../support/program.ts';
import { kubeconfigWithProxy, startSocksProxy, startTunnelProxy } from '../../../support/proxies.ts';
import { skipWithout } from '../../../support/testbed.ts';

interface Rig {
  readonly folder: string;
  readonly seen: { readonly path: string; readonly authorization: string | undefined }[];
  client(user: object, more?: object): KubernetesClient;
}

/** An API server that answers with a version to those who show the token `good`. */
async function rig(t: TestContext): Promise<Rig> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-transport-'));
  const seen: { path: string; authorization: string | undefined }[] = [];
  const server = http.createServer((request, response) => {
    const { authorization } = request.headers;
    seen.push({ path: request.url ?? '', authorization });
    const good =
      authorization === 'Bearer good' || authorization === `Basic ${Buffer.from('me:pw').toString('base64')}`;
    response.writeHead(good ? 200 : 401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(good ? { gitVersion: 'v1.2.3' } : { message: 'Unauthorized', reason: 'Unauthorized' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const clients: KubernetesClient[] = [];
  t.after(async () => {
    for (const client of clients) await client.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { port } = server.address() as AddressInfo;
  return {
    folder,
    seen,
    client(user, more = {}) {
      const file = path.join(folder, `config-${clients.length}`);
      const config = {
        'current-context': 'a',
        contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
        clusters: [{ name: 'a', cluster: { server: `http://127.0.0.1:${port}`, ...more } }],
        users: [{ name: 'a', user }],
      };
      writeFileSync(file, JSON.stringify(config));
      const client = new KubernetesClient({ env: { KUBECONFIG: file } });
      clients.push(client);
      return client;
    },
  };
}

const version = async (client: KubernetesClient) => (await client.json<{ gitVersion: string }>('/version')).gitVersion;

test('a token, a name with a password', async (t) => {
  const { client } = await rig(t);
  assert.equal(await version(client({ token: 'good' })), 'v1.2.3');
  assert.equal(await version(client({ username: 'me', password: 'pw' })), 'v1.2.3');
  await assert.rejects(version(client({ token: 'bad' })), { name: 'ApiError', status: 401, message: 'Unauthorized' });
});

test('a key without a certificate is passed over, a certificate that is of no use is told', async (t) => {
  const { client, folder } = await rig(t);
  const junk = Buffer.from('junk').toString('base64');
  assert.equal(await version(client({ token: 'good', 'client-key-data': junk })), 'v1.2.3');
  assert.equal(await version(client({ token: 'good', 'client-key': path.join(folder, 'nosuch') })), 'v1.2.3');
  const problem = (reason: string) => ({
    name: 'UnreachableError',
    message: new RegExp(`^The client certificate of the user "a" cannot be used: ${reason}`),
  });
  const alone = client({ 'client-certificate-data': junk });
  await assert.rejects(version(alone), problem('client-key or client-key-data is missing$'));
  const both = client({ 'client-certificate-data': junk, 'client-key-data': junk });
  await assert.rejects(version(both), problem('.*PEM'));
});

test('a token file is read again when its token is refused', async (t) => {
  const { client, folder } = await rig(t);
  const tokenFile = path.join(folder, 'token');
  writeFileSync(tokenFile, 'good\n');
  const one = client({ tokenFile });
  assert.equal(await version(one), 'v1.2.3');
  writeFileSync(tokenFile, 'bad\n');
  assert.equal(await version(one), 'v1.2.3', 'it is not read each time');
  const other = client({ tokenFile });
  await assert.rejects(version(other), { status: 401 });
  writeFileSync(tokenFile, 'good\n');
  assert.equal(await version(other), 'v1.2.3');
});

test('a credential plugin is run once, again when it expires or is refused, and its words are told', async (t) => {
  const { client, folder } = await rig(t);
  const calls = path.join(folder, 'calls');
  const plugin = (body: string) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: ['-c', body],
      env: [{ name: 'CALLS', value: calls }],
    },
  });
  const answer = (token: string, expiry = '') =>
    `echo "$KUBERNETES_EXEC_INFO" >> "$CALLS"; echo '{"status":{"token":"${token}"${expiry && `,"expirationTimestamp":"${expiry}"`}}}'`;
  const count = () => readFileSync(calls, 'utf8').trim().split('\n').length;
  const lasting = client(plugin(answer('good')));
  await Promise.all([version(lasting), version(lasting), version(lasting)]);
  assert.equal(count(), 1);
  assert.match(
    readFileSync(calls, 'utf8'),
    /"kind":"ExecCredential","apiVersion":"client\.authentication\.k8s\.io\/v1"/,
  );
  const expired = client(plugin(answer('good', '2020-01-01T00:00:00Z')));
  await version(expired);
  await version(expired);
  assert.equal(count(), 3);
  await assert.rejects(version(client(plugin('echo "please log in" >&2; exit 1'))), {
    name: 'UnreachableError',
    message: 'The credential plugin "sh" failed: please log in',
  });
  const missing = { exec: { command: 'tilt-ts-no-such-plugin', installHint: 'Install it.' } };
  await assert.rejects(version(client(missing)), {
    message:
      'The credential plugin "tilt-ts-no-such-plugin" failed: Cannot run "tilt-ts-no-such-plugin": command not found in PATH\nInstall it.',
  });
});

test('an auth-provider of older kubeconfigs', async (t) => {
  const { client } = await rig(t);
  const config = { 'access-token': 'good', expiry: '2100-01-01T00:00:00Z' };
  assert.equal(await version(client({ 'auth-provider': { name: 'gcp', config } })), 'v1.2.3');
  const idToken = 'good';
  await assert.rejects(
    version(client({ 'auth-provider': { name: 'nosuch', config: { idToken } } })),
    /"nosuch" is not known/,
  );
});

for (const start of [startTunnelProxy, startSocksProxy]) {
  test(`a proxy of the kubeconfig is used (${start.name})`, async (t) => {
    const { client, seen } = await rig(t);
    const { url, asked } = await start(t);
    assert.equal(await version(client({ token: 'good' }, { 'proxy-url': url })), 'v1.2.3');
    assert.equal(asked.length, 1);
    assert.equal(seen.length, 1);
  });

  test(`a proxy to a cluster that speaks TLS (${start.name})`, { skip: skipWithout('cluster') }, async (t) => {
    const real = new KubernetesClient();
    const target = await real.target();
    await real.close();
    const { url, asked } = await start(t);
    const file = kubeconfigWithProxy(makeProject(t, {}), target.file, url);
    const client = new KubernetesClient({ env: { KUBECONFIG: file } });
    t.after(() => client.close());
    assert.match(await version(client), /^v1\./);
    assert.deepEqual(asked, [new URL(target.cluster.server).host]);
  });
}

test('a proxy of the environment, and where it is not used', () => {
  const env = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'corp.example,10.0.0.0/8,.lan,api.other:6443' };
  const proxyFor = (server: string) => proxyFromEnvironment(server, env);
  assert.equal(proxyFor('https://cluster.example:6443'), 'http://proxy:3128');
  assert.equal(proxyFor('https://10.1.2.3:6443'), undefined);
  assert.equal(proxyFor('https://11.1.2.3:6443'), 'http://proxy:3128');
  assert.equal(proxyFor('https://a.corp.example'), undefined);
  assert.equal(proxyFor('https://a.lan'), undefined);
  assert.equal(proxyFor('https://api.other:6443'), undefined);
  assert.equal(proxyFor('https://api.other:443'), 'http://proxy:3128');
  assert.equal(proxyFor('https://127.0.0.1:6443'), undefined);
  assert.equal(proxyFor('http://cluster.example'), undefined);
  assert.equal(proxyFromEnvironment('https://a.example', { https_proxy: 'proxy:1' }), 'http://proxy:1');
});
