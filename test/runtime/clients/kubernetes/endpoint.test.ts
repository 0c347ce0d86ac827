import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { KubernetesClient } from '../../../../runtime/clients/kubernetes/client.ts';
import { clientOf, writeKubeconfig } from '../../../support/api-proxy.ts';
import { pollUntil } from '../../../support/poll.ts';

/** A server that says its name to whoever has its token. */
async function startServer(t: TestContext, name: string, token = '') {
  const state = { token, asked: 0 };
  const server = http.createServer((request, response) => {
    state.asked++;
    const isAllowed = state.token === '' || request.headers.authorization === `Bearer ${state.token}`;
    response.writeHead(isAllowed ? 200 : 401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(isAllowed ? { name } : { message: 'Unauthorized', reason: 'Unauthorized' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  t.after(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, state, stop };
}

const ask = async (client: KubernetesClient) => (await client.json<{ name: string }>('/version')).name;
/** The kubeconfig is not read more often than twice a second. */
const soon = (client: KubernetesClient, name: string) =>
  pollUntil(async () => (await ask(client).catch(() => '')) === name, 10_000, `an answer of ${name}`);

test('a new token in the kubeconfig counts when the old one is refused', async (t) => {
  const server = await startServer(t, 'one', 'old');
  const { client, file } = clientOf(t, { name: 'dev', server: server.url, user: { token: 'old' } });
  assert.equal(await ask(client), 'one');
  server.state.token = 'new';
  await assert.rejects(ask(client), /Unauthorized/);
  writeKubeconfig(file, [{ name: 'dev', server: server.url, user: { token: 'new' } }]);
  await soon(client, 'one');
});

test('a cluster that moved is followed; another current context is not', async (t) => {
  const [first, moved, other] = await Promise.all(['first', 'moved', 'other'].map((name) => startServer(t, name)));
  assert.ok(first && moved && other);
  const { client, file } = clientOf(t, { name: 'dev', server: first.url }, { name: 'prod', server: other.url });
  assert.equal(await ask(client), 'first');
  writeKubeconfig(file, [
    { name: 'prod', server: other.url },
    { name: 'dev', server: moved.url },
  ]);
  assert.equal(await ask(client), 'first', 'as long as it answers, nothing is read again');
  first.stop();
  await soon(client, 'moved');
  assert.equal((await client.target()).cluster.server, moved.url);
  assert.equal(other.state.asked, 0);
});

test('a context that leads to a cluster of another name, or is gone, is not followed', async (t) => {
  const [first, other] = await Promise.all([startServer(t, 'first', 'a'), startServer(t, 'other')]);
  const user = { token: 'a' };
  const { client, file } = clientOf(t, { name: 'dev', server: first.url, user });
  assert.equal(await ask(client), 'first');
  first.state.token = 'b';
  for (const contexts of [
    [{ name: 'dev', clusterName: 'prod', server: other.url }],
    [{ name: 'prod', server: other.url }],
  ]) {
    writeKubeconfig(file, contexts);
    // Long enough for the kubeconfig to be read again.
    const end = performance.now() + 700;
    await pollUntil(async () => {
      await assert.rejects(ask(client), /Unauthorized/);
      return performance.now() > end;
    });
  }
  assert.equal(other.state.asked, 0);
  writeKubeconfig(file, [{ name: 'dev', server: first.url, user: { token: 'b' } }]);
  await soon(client, 'first');
});

test('a kubeconfig that is not there yet is looked for again', async (t) => {
  const server = await startServer(t, 'late');
  const { client, file } = clientOf(t, { name: 'dev', server: server.url });
  const text = writeKubeconfig(file, []);
  await assert.rejects(ask(client), /context/);
  writeKubeconfig(text, [{ name: 'dev', server: server.url }]);
  assert.equal(await ask(client), 'late');
});
