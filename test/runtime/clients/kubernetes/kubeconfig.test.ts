import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { selectTarget } from '../../../../runtime/clients/kubernetes/kubeconfig.ts';
import { findTarget } from '../../../../runtime/clients/kubernetes/kubeconfig-files.ts';

const file = (name: string, content: object) => ({
  path: `/kube/${name}`,
  text: JSON.stringify(content),
});
const cluster = (name: string, more: object = {}) => ({ name, cluster: { server: `https://${name}:6443/`, ...more } });
const context = (name: string, more: object = {}) => ({ name, context: { cluster: name, user: name, ...more } });

test('several files are merged, and for each name the first one wins', () => {
  const one = file('one', { contexts: [context('a', { namespace: 'first' })], clusters: [cluster('b')] });
  const two = file('two', {
    'current-context': 'a',
    contexts: [context('a', { namespace: 'second' }), context('b')],
    clusters: [cluster('a')],
    users: [
      { name: 'a', user: { token: 'secret' } },
      { name: 'b', user: {} },
    ],
  });
  const selected = selectTarget([one, two]);
  assert.ok(selected.ok);
  const { target } = selected;
  assert.deepEqual([target.context, target.namespace, target.cluster.server], ['a', 'first', 'https://a:6443']);
  assert.equal(target.user.token, 'secret');
  assert.equal(target.file, '/kube/one');
  const other = selectTarget([one, two], 'b');
  assert.equal(other.ok && other.target.cluster.server, 'https://b:6443');
});

test('paths are relative to the file that names them, and data comes before files', () => {
  const selected = selectTarget([
    file('config', {
      'current-context': 'a',
      contexts: [context('a')],
      clusters: [
        cluster('a', {
          'certificate-authority': 'pki/ca.crt',
          'tls-server-name': 'inside',
          'proxy-url': 'socks5://p:1',
        }),
      ],
      users: [
        {
          name: 'a',
          user: {
            'client-certificate': '/abs/me.crt',
            'client-key-data': Buffer.from('KEY').toString('base64'),
            tokenFile: 'token',
            exec: { command: './bin/login', args: ['a', 1], env: [{ name: 'X', value: 'y' }] },
          },
        },
      ],
    }),
  ]);
  assert.ok(selected.ok);
  const { cluster: found, user } = selected.target;
  assert.deepEqual([found.caFile, found.tlsServerName, found.proxyUrl], ['/kube/pki/ca.crt', 'inside', 'socks5://p:1']);
  assert.deepEqual([user.clientCertificateFile, user.clientKey, user.tokenFile], ['/abs/me.crt', 'KEY', '/kube/token']);
  assert.deepEqual([user.exec?.command, user.exec?.args], ['/kube/bin/login', ['a', '1']]);
});

test('what is missing is named', () => {
  const message = (content: object) => {
    const selected = selectTarget([file('config', content)]);
    return selected.ok ? 'ok' : selected.message;
  };
  assert.match(message({}), /^No current context is set in "\/kube\/config"/);
  assert.equal(message({ 'current-context': 'a' }), 'The context "a" does not exist in "/kube/config"');
  assert.match(
    message({ 'current-context': 'a', contexts: [context('a')] }),
    /^The cluster "a" of the context "a" has no server/,
  );
  assert.match(
    message({ 'current-context': 'a', contexts: [context('a')], clusters: [cluster('a')] }),
    /^The user "a" .* does not exist/,
  );
  const broken = selectTarget([{ path: '/kube/config', text: 'a: [' }]);
  assert.match(broken.ok ? '' : broken.message, /^Cannot read the kubeconfig "\/kube\/config": /);
});

function folder(t: TestContext): string {
  const made = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-kube-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('KUBECONFIG comes before the home folder, and files of its list may be missing', async (t) => {
  const home = folder(t);
  const content = (name: string) =>
    JSON.stringify({
      'current-context': name,
      contexts: [{ name, context: { cluster: name } }],
      clusters: [cluster(name)],
    });
  mkdirSync(path.join(home, '.kube'));
  writeFileSync(path.join(home, '.kube', 'config'), content('home'));
  writeFileSync(path.join(home, 'other'), content('other'));
  const find = async (env: NodeJS.ProcessEnv) => {
    const selected = await findTarget(env);
    return selected.ok ? selected.target.context : selected.message;
  };
  assert.equal(await find({ HOME: home }), 'home');
  const list = [path.join(home, 'missing'), path.join(home, 'other')].join(path.delimiter);
  assert.equal(await find({ HOME: home, KUBECONFIG: list }), 'other');
  assert.match(
    await find({ HOME: home, KUBECONFIG: path.join(home, 'missing') }),
    /^No Kubernetes configuration was found/,
  );
  assert.match(await find({ HOME: home, KUBECONFIG: home }), /^Cannot read the kubeconfig ".*": EISDIR/);
  chmodSync(path.join(home, 'other'), 0o600);
});
