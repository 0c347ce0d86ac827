import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import {
  ci,
  configMap,
  deployment,
  down,
  job,
  kubectl,
  makeClusterProject,
  podSpec,
  pushImage,
  SERVE,
} from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { assertNothingLeft } from '../../support/processes.ts';
import { startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

describe('ci against a cluster', { skip: skipWithout('docker', 'cluster', 'busybox'), concurrency: 4 }, () => {
  before(pushImage);

  test('a container that crashes again and again ends it with 1, its exit code and its last lines', async (t) => {
    const script = 'echo one; echo cannot open the database >&2; exit 37';
    const project = await makeClusterProject(t, [deployment('crasher', podSpec(script))]);
    const started = performance.now();
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /crasher[\s\S]*"main"[\s\S]*37[\s\S]*cannot open the database/);
    assert.ok(performance.now() - started < 20_000, 'it does not wait for long');
    await down(t, project);
  });

  test('an image that is missing ends it with 1 and what the registry said', async (t) => {
    const image = '127.0.0.1:5000/tilt-ts-test/nosuch:1';
    const project = await makeClusterProject(t, [deployment('imageless', podSpec(SERVE, { image }))]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /imageless[\s\S]*tilt-ts-test\/nosuch:1[\s\S]*not found/);
    await down(t, project);
  });

  test('a pod that no node takes ends it with 1 and the reason of the scheduler', async (t) => {
    const spec = podSpec(SERVE, {}, { nodeSelector: { 'tilt-ts-test': 'nosuch' } });
    const project = await makeClusterProject(t, [deployment('homeless', spec)]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /homeless[\s\S]*cannot be scheduled[\s\S]*didn't match/);
    await down(t, project);
  });

  test('a Job that ends well: all of its output is there', async (t) => {
    const project = await makeClusterProject(t, [job('counter', podSpec('seq 1 3000'), 0)]);
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    const numbers = [...run.stdout.matchAll(/^ *counter │ (\d+)$/gm)].map((match) => Number(match[1]));
    assert.deepEqual(
      numbers,
      Array.from({ length: 3000 }, (_, index) => index + 1),
    );
    await down(t, project);
  });

  test('a Job that fails ends it with 1 and its last lines', async (t) => {
    const project = await makeClusterProject(t, [job('migrate', podSpec('echo no such table; exit 9'), 0)]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /migrate[\s\S]*exit code 9[\s\S]*no such table/);
    await down(t, project);
  });

  test('a Job whose second pod ends well is no failure', async (t) => {
    const marker = `/node/tilt-ts-${randomUUID()}`;
    const script = `if [ -e ${marker} ]; then rm ${marker}; echo again; else touch ${marker}; echo first; exit 1; fi`;
    const mount = { volumeMounts: [{ name: 'node', mountPath: '/node' }] };
    const volumes = [{ name: 'node', hostPath: { path: '/tmp', type: 'Directory' } }];
    const project = await makeClusterProject(t, [job('retried', podSpec(script, mount, { volumes }), 2)]);
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, /retried │ first[\s\S]*retried │ again/);
    await down(t, project);
  });

  test('replicas that get ready one after the other: it waits for the last', async (t) => {
    const labels = { app: 'store' };
    const readinessProbe = { exec: { command: ['test', '-e', '/tmp/ready'] }, periodSeconds: 1 };
    const script = `sleep $((\${HOSTNAME##*-} * 3)); touch /tmp/ready; ${SERVE}`;
    const template = { metadata: { labels }, spec: podSpec(script, { readinessProbe }) };
    const project = await makeClusterProject(t, [
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'store' },
        spec: {
          serviceName: 'store',
          replicas: 3,
          podManagementPolicy: 'Parallel',
          selector: { matchLabels: labels },
          template,
        },
      },
    ]);
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    const ready = await kubectl(
      'get',
      'statefulset',
      'store',
      '-n',
      project.namespace,
      '-o',
      'jsonpath={.status.readyReplicas}',
    );
    assert.equal(ready, '3');
    await down(t, project);
  });

  test('a CRD and an object of its kind in one file', async (t) => {
    const plural = `toys${randomUUID().slice(0, 8)}`;
    const kind = `Toy${plural.slice(4)}`;
    const names = { kind, plural, singular: plural };
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const versions = [{ name: 'v1', served: true, storage: true, schema }];
    const group = 'test.tilt-ts.dev';
    const project = await makeClusterProject(t, [
      { apiVersion: `${group}/v1`, kind, metadata: { name: 'bear' }, spec: { size: 3 } },
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${plural}.${group}` },
        spec: { group, scope: 'Namespaced', names, versions },
      },
    ]);
    t.after(() => kubectl('delete', 'crd', `${plural}.${group}`, '--ignore-not-found'));
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(await kubectl('get', `${plural}.${group}`, '-n', project.namespace, '-o', 'name'), /\/bear\n$/);
    await down(t, project);
    await pollUntil(async () => !(await kubectl('get', 'crd', '-o', 'name')).includes(plural), 20_000, 'no CRD');
  });

  test('an object that the cluster refuses ends it with 1 and the words of the cluster', async (t) => {
    const wrong = deployment('misfit', podSpec(SERVE), { selector: { matchLabels: { app: 'other' } } });
    const project = await makeClusterProject(t, [wrong]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /misfit[\s\S]*`selector` does not match template `labels`/);
  });

  test('objects without pods are done when they are applied', async (t) => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    };
    const project = await makeClusterProject(t, [service, configMap('settings')]);
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    await down(t, project);
  });

  test('a namespace that does not exist ends it with 1 and how to make it', async (t) => {
    const project = await makeClusterProject(t, [configMap('settings')]);
    const run = await ci(t, { ...project, namespace: 'tilt-ts-no-such' });
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(
      run.stderr,
      /namespace "tilt-ts-no-such" does not exist[\s\S]*kubectl create namespace tilt-ts-no-such/,
    );
  });

  test('Ctrl-C while pods start ends it with 130, and nothing of it goes on', async (t) => {
    const id = randomUUID();
    const readinessProbe = { exec: { command: ['false'] } };
    const project = await makeClusterProject(t, [deployment('starting', podSpec(SERVE, { readinessProbe }))]);
    const program = startProgram(t, ['ci', '--namespace', project.namespace], {
      cwd: project.cwd,
      env: { TILT_TS_TEST_RUN: id },
    });
    await program.waitFor(/Tracking new pod rollout/);
    program.signal('SIGINT');
    assert.equal(await program.exit, 130, program.output());
    await assertNothingLeft(`TILT_TS_TEST_RUN=${id}`);
    await down(t, project);
  });

  test('a pod that does not get ready in time ends it with 3 and why it is not', async (t) => {
    const readinessProbe = { exec: { command: ['sh', '-c', 'echo still warming up; false'] }, periodSeconds: 1 };
    const project = await makeClusterProject(
      t,
      [deployment('slow', podSpec(SERVE, { readinessProbe }))],
      "ci_settings({ readiness_timeout: '10s' });",
    );
    const run = await ci(t, project);
    assert.equal(run.code, 3, run.stderr + run.stdout);
    assert.match(run.stderr, /"slow" is not ready: .*"main"/);
    assert.match(run.stderr + run.stdout, /still warming up/);
    await down(t, project);
  });
});
