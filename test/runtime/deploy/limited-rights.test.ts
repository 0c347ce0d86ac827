import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { createDeployer } from '../../../runtime/deploy/deployer.ts';
import { pollUntil } from '../../support/poll.ts';
import { makeProject } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig, failedState, Watched } from './cluster-rig.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const READ = ['get', 'list', 'watch'];
const DEPLOYMENTS: Rule = { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: READ };
const PODS: Rule = { apiGroups: [''], resources: ['pods'], verbs: READ };

/** A client of a service account that may do no more than the rules say. */
async function clientWith(t: TestContext, rig: ClusterRig, name: string, rules: readonly Rule[]) {
  const { namespace, client } = rig;
  const metadata = { name, namespace };
  const rbac = { apiGroup: 'rbac.authorization.k8s.io' };
  const base = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const post = (url: string, body: object) => client.json(url, { method: 'POST', body: JSON.stringify(body) });
  await post(`/api/v1/namespaces/${namespace}/serviceaccounts`, { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  await post(`${base}/roles`, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules });
  await post(`${base}/rolebindings`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { ...rbac, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  const token = await tokenOf(rig, name);
  const { file, cluster } = await client.target();
  const folder = path.join(makeProject(t, {}), 'kube');
  mkdirSync(folder, { recursive: true });
  const authority = /certificate-authority-data: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1];
  const config = {
    'current-context': 'limited',
    contexts: [{ name: 'limited', context: { cluster: 'kind-kind', user: name } }],
    clusters: [
      {
        name: 'kind-kind',
        cluster: {
          server: cluster.server,
          ...(authority === undefined
            ? { 'insecure-skip-tls-verify': true }
            : { 'certificate-authority-data': authority }),
        },
      },
    ],
    users: [{ name, user: { token } }],
  };
  writeFileSync(path.join(folder, 'config'), JSON.stringify(config));
  const limited = new KubernetesClient({ env: { ...process.env, KUBECONFIG: path.join(folder, 'config') } });
  t.after(() => limited.close());
  return limited;
}

/** Servers of old make a Secret with a token by themselves, those of today on request. */
async function tokenOf({ client, namespace }: ClusterRig, name: string): Promise<string> {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: { name: `${name}-token`, annotations: { 'kubernetes.io/service-account.name': name } },
  };
  const secrets = `/api/v1/namespaces/${namespace}/secrets`;
  await client.json(secrets, { method: 'POST', body: JSON.stringify(secret) });
  let token = '';
  await pollUntil(
    async () => {
      const found = await client.json<{ data?: { token?: string } }>(`${secrets}/${name}-token`);
      token = Buffer.from(found.data?.token ?? '', 'base64').toString('utf8');
      return token !== '';
    },
    20_000,
    'a token',
  );
  return token;
}

describe('a user with few rights', { skip: skipWithout('cluster', 'busybox'), concurrency: 3 }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('rights');
  });
  after(() => rig.dispose());

  test('without logs: a server gets ready, one that crashes fails with its exit code, and it is told once', async (t) => {
    const client = await clientWith(t, rig, 'no-logs', [DEPLOYMENTS, PODS]);
    const deployer = createDeployer(client);
    const direct = await rig.deploy('web', [
      rig.deployment('web', 'echo up; while true; do sleep 1; done', { replicas: 2 }),
    ]);
    const watched = new Watched(deployer, direct.resource, direct.deployed, '');
    t.after(() => watched.stop());
    await watched.until('ready');
    const crash = await rig.deploy('crash', [rig.deployment('crash', 'echo down; exit 3')]);
    const crashing = new Watched(deployer, crash.resource, crash.deployed, '');
    t.after(() => crashing.stop());
    const { failure } = failedState(await crashing.until('failed'));
    assert.match(failure.message, /exit code 3/);
    assert.deepEqual(failure.details, []);
    await watched.untilTrue(() => watched.notes.some((note) => note.startsWith('Cannot read the log')), 'the note');
    const notes = watched.notes.filter((note) => note.startsWith('Cannot read the log'));
    assert.equal(notes.length, 1, notes.join('\n'));
    assert.match(notes[0] ?? '', /^Cannot read the log of pod "web-\S+": pods "web-\S+" is forbidden: .*pods\/log/);
  });

  test('without pods: the Deployment itself says when it is ready, and what is missing is told', async (t) => {
    const client = await clientWith(t, rig, 'no-pods', [DEPLOYMENTS]);
    const direct = await rig.deploy('plain', [rig.deployment('plain', 'while true; do sleep 1; done')]);
    const watched = new Watched(createDeployer(client), direct.resource, direct.deployed, '');
    t.after(() => watched.stop());
    await watched.until('ready');
    assert.ok(
      watched.notes.some((note) => /^Cannot watch "plain" in the cluster: pods is forbidden/.test(note)),
      watched.notes.join('\n'),
    );
  });
});
