import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { writeKubeconfig } from '../../support/api-proxy.ts';
import { configMap, deployment, kubectl, makeClusterProject, podSpec } from '../../support/cluster-project.ts';
import { freePort } from '../../support/free-port.ts';
import { pollUntil } from '../../support/poll.ts';
import { startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const SERVE = 'mkdir /www; echo served > /www/index.html; httpd -f -p 8000 -h /www';
/** Before a token ends by its own words, a new one is asked for. */
const MARGIN_MS = 5_000;

test('a login that ends while the program runs is renewed by its plugin: by its time, and when it is refused', {
  skip: skipWithout('cluster', 'busybox'),
}, async (t) => {
  const port = await freePort();
  const project = await makeClusterProject(
    t,
    [deployment('web', podSpec(SERVE)), configMap('settings')],
    `k8s_resource('web', { port_forwards: '${port}:8000', objects: ['settings'] });`,
  );
  const login = await Login.create(t, project.namespace, project.cwd);
  const expiresAt = Date.now() + MARGIN_MS + 3_000;
  login.give(await login.token('first'), expiresAt);
  const env = { KUBECONFIG: login.kubeconfig };
  const program = startProgram(t, ['up', '--namespace', project.namespace], { cwd: project.cwd, env });
  await program.waitFor(/Ready +- <?\d/, 60_000);
  const deploy = async (label: string): Promise<void> => {
    const objects = [deployment('web', podSpec(SERVE)), { ...configMap('settings'), data: { a: label } }];
    writeFileSync(path.join(project.cwd, 'objects.yaml'), objects.map((one) => JSON.stringify(one)).join('\n---\n'));
    const isThere = async () =>
      (await kubectl('get', 'configmap', 'settings', '-n', project.namespace, '-o', 'jsonpath={.data.a}')) === label;
    await pollUntil(isThere, 30_000, `the cluster having "${label}"`);
  };
  assert.equal(login.calls(), 1);

  const second = await login.token('second');
  login.give(second);
  await pollUntil(() => Date.now() > expiresAt - MARGIN_MS, 30_000, 'the first token ending');
  await deploy('two');
  assert.equal(login.calls(), 2);

  login.give(await login.token('third'));
  await login.revoke('second', second);
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'served\n', 'the forward');
  await deploy('three');
  assert.equal(login.calls(), 3);
  assert.doesNotMatch(program.output(), /Unauthorized|cluster answered/);
});

/** A service account that may do everything, and a credential plugin that answers what the test gives it. */
class Login {
  readonly kubeconfig: string;
  readonly #client: KubernetesClient;
  readonly #namespace: string;
  readonly #folder: string;

  private constructor(client: KubernetesClient, namespace: string, folder: string) {
    this.#client = client;
    this.#namespace = namespace;
    this.#folder = folder;
    this.kubeconfig = path.join(folder, 'kubeconfig');
  }

  static async create(t: TestContext, namespace: string, folder: string): Promise<Login> {
    const client = new KubernetesClient();
    t.after(() => client.close());
    const login = new Login(client, namespace, folder);
    await kubectl('create', 'serviceaccount', 'login', '-n', namespace);
    const binding = `tilt-ts-${namespace}`;
    const account = `--serviceaccount=${namespace}:login`;
    await kubectl('create', 'clusterrolebinding', binding, '--clusterrole=cluster-admin', account);
    t.after(() => kubectl('delete', 'clusterrolebinding', binding));
    const { cluster } = await client.target();
    const script = `echo x >> ${folder}/calls; cat ${folder}/credential.json`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'sh', args: ['-c', script] };
    const ca = { 'certificate-authority-data': Buffer.from(cluster.ca ?? '').toString('base64') };
    writeKubeconfig(login.kubeconfig, [{ name: 'kind-kind', server: cluster.server, cluster: ca, user: { exec } }]);
    return login;
  }

  /** A token that is good as long as a Secret is there. */
  async token(secret: string): Promise<string> {
    await kubectl('create', 'secret', 'generic', secret, '-n', this.#namespace);
    const spec = { boundObjectRef: { kind: 'Secret', apiVersion: 'v1', name: secret } };
    const path = `/api/v1/namespaces/${this.#namespace}/serviceaccounts/login/token`;
    const body = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec });
    const made = await this.#client.json<{ status: { token: string } }>(path, { method: 'POST', body });
    return made.status.token;
  }

  async revoke(secret: string, token: string): Promise<void> {
    await kubectl('delete', 'secret', secret, '-n', this.#namespace);
    const isRefused = () =>
      kubectl('get', '--raw', '/version', `--token=${token}`, '--kubeconfig', this.#anonymous()).then(
        () => false,
        () => true,
      );
    // The server remembers good tokens for ten seconds.
    await pollUntil(isRefused, 30_000, 'the cluster refusing the token');
  }

  /** What the plugin answers from now on. */
  give(token: string, expiresAt?: number): void {
    const end = expiresAt === undefined ? {} : { expirationTimestamp: new Date(expiresAt).toISOString() };
    const credential = { kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1beta1' };
    writeFileSync(
      path.join(this.#folder, 'credential.json'),
      JSON.stringify({ ...credential, status: { token, ...end } }),
    );
  }

  /** How often the plugin was asked. */
  calls(): number {
    return readFileSync(path.join(this.#folder, 'calls'), 'utf8').trim().split('\n').length;
  }

  #anonymous(): string {
    const file = path.join(this.#folder, 'anonymous');
    const config = JSON.parse(readFileSync(this.kubeconfig, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...config, users: [{ name: 'kind-kind', user: {} }] }));
    return file;
  }
}
