import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { configMap, type Fields, kubectl, makeClusterProject, toyDefinition } from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const exists = async (kind: string, name: string, namespace: string) =>
  (await kubectl('get', kind, name, '-n', namespace, '--ignore-not-found', '-o', 'name')) !== '';
const order = (output: string) => [...output.matchAll(/^→ (\S+)$/gm)].map((match) => match[1]);

describe('down', { skip: skipWithout('cluster'), concurrency: 3 }, () => {
  test('takes away the last first, what depends on others before these, and keeps what says so', async (t) => {
    const annotations = { 'tilt.dev/down-policy': 'keep' };
    const kept = { ...configMap('kept'), metadata: { name: 'kept', annotations } };
    const deployments = ['db', 'web', 'cache'].map((name) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'busybox' }] } },
      },
    }));
    const project = await makeClusterProject(
      t,
      [...deployments, kept, configMap('settings')],
      "k8s_resource('db', { resource_deps: ['cache'] }); k8s_resource('web', { resource_deps: ['db'] });",
    );
    const up = await runProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
    assert.equal(up.code, 0, up.stderr + up.stdout);
    const run = await runProgram(t, ['down', '--namespace', project.namespace], { cwd: project.cwd });
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.deepEqual(order(run.stdout), ['Deployment/web', 'Deployment/db', 'Deployment/cache', 'ConfigMap/settings']);
    assert.match(run.stdout, /Not deleting ConfigMap\/kept/);
    assert.equal(await exists('configmap', 'kept', project.namespace), true);
    assert.equal(await exists('deployment', 'web', project.namespace), false);
    const again = await runProgram(t, ['down', '--namespace', project.namespace], { cwd: project.cwd });
    assert.equal(again.code, 0, again.stderr + again.stdout);
  });

  test('keeps namespaces unless it is told not to', async (t) => {
    const name = `tilt-ts-down-${randomUUID().slice(0, 8)}`;
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const inside = { ...configMap('inside'), metadata: { name: 'inside', namespace: name } };
    const cwd = projectOf(t, [namespace, inside]);
    t.after(() => kubectl('delete', 'namespace', name, '--ignore-not-found', '--wait=false'));
    const up = await runProgram(t, ['ci'], { cwd });
    assert.equal(up.code, 0, up.stderr + up.stdout);
    const run = await runProgram(t, ['down'], { cwd });
    assert.equal(run.code, 0, run.stderr);
    assert.ok(
      run.stdout.includes(`Not deleting namespaces: ${name}\nRun with --delete-namespaces to delete namespaces`),
    );
    assert.equal(await exists('configmap', 'inside', name), false);
    assert.equal(await exists('namespace', name, name), true);
    const all = await runProgram(t, ['down', '--delete-namespaces'], { cwd });
    assert.equal(all.code, 0, all.stderr);
    assert.equal(await exists('namespace', name, name), false);
  });

  test('says what holds an object, and ends when that lets go', async (t) => {
    const held = { ...configMap('held'), metadata: { name: 'held', finalizers: ['tilt-ts.dev/held'] } };
    const project = await makeClusterProject(t, [held]);
    await runProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
    const program = startProgram(t, ['down', '--namespace', project.namespace], { cwd: project.cwd });
    await program.waitFor(/Waiting for ConfigMap "held" to be gone: it is held by the finalizer "tilt-ts\.dev\/held"/);
    await kubectl('patch', 'configmap', 'held', '-n', project.namespace, '-p', '{"metadata":{"finalizers":null}}');
    assert.equal(await program.exit, 0, program.output());
  });

  test('custom objects go while who takes care of them is still there', async (t) => {
    const group = `held-${randomUUID().slice(0, 8)}.tilt-ts.dev`;
    const crd = toyDefinition(group);
    const toy = {
      apiVersion: `${group}/v1`,
      kind: 'Toy',
      metadata: { name: 'bear', finalizers: ['tilt-ts.dev/owner'] },
    };
    const project = await makeClusterProject(t, [crd, toy, configMap('controller')]);
    t.after(() => kubectl('delete', 'crd', `toys.${group}`, '--ignore-not-found', '--wait=false'));
    const up = await runProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
    assert.equal(up.code, 0, up.stderr + up.stdout);
    const program = startProgram(t, ['down', '--namespace', project.namespace], { cwd: project.cwd });
    await pollUntil(
      async () =>
        (await kubectl('get', `toys.${group}`, 'bear', '-n', project.namespace, '-o', 'json')).includes(
          'deletionTimestamp',
        ),
      20_000,
      'the deletion of the custom object',
    );
    assert.equal(await exists('configmap', 'controller', project.namespace), true);
    const patch = '{"metadata":{"finalizers":null}}';
    await kubectl('patch', `toys.${group}`, 'bear', '-n', project.namespace, '--type=merge', '-p', patch);
    assert.equal(await program.exit, 0, program.output());
    assert.equal(await exists('configmap', 'controller', project.namespace), false);
  });

  test('without a cluster it ends with 4', async (t) => {
    const cwd = projectOf(t, [configMap('a')], {
      kubeconfig: JSON.stringify({
        'current-context': 'kind-away',
        contexts: [{ name: 'kind-away', context: { cluster: 'kind-away', user: 'me' } }],
        clusters: [{ name: 'kind-away', cluster: { server: 'https://127.0.0.1:9' } }],
        users: [{ name: 'me', user: {} }],
      }),
    });
    const run = await runProgram(t, ['down'], { cwd, env: { KUBECONFIG: `${cwd}/kubeconfig` } });
    assert.equal(run.code, 4, run.stderr + run.stdout);
    assert.match(run.stderr, /Cannot connect to the cluster of the context "kind-away"/);
  });
});

function projectOf(t: TestContext, objects: readonly Fields[], files: Readonly<Record<string, string>> = {}): string {
  return makeProject(t, {
    'objects.yaml': objects.map((object) => JSON.stringify(object)).join('\n---\n'),
    'Tiltfile.js': "k8s_yaml('objects.yaml');",
    ...files,
  });
}
