import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { pollUntil } from '../../support/poll.ts';
import { assertNothingLeft } from '../../support/processes.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import {
  kubeconfigWithProxy,
  kubeconfigWithServer,
  startSocksProxy,
  startTunnelProxy,
  TcpProxy,
} from '../../support/proxies.ts';
import { skipWithout } from '../../support/testbed.ts';

const IMAGE = '127.0.0.1:5000/tilt-ts-test/busybox:latest';

interface Project {
  readonly cwd: string;
  readonly namespace: string;
}
type Fields = Readonly<Record<string, unknown>>;

async function kubectl(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)('kubectl', args)).stdout;
}

/** A project with objects for a namespace of its own, which is deleted with the test. */
async function makeClusterProject(
  t: TestContext,
  objects: readonly Fields[],
  more = '',
  files: Readonly<Record<string, string>> = {},
): Promise<Project> {
  const namespace = `tilt-ts-ci-${randomUUID().slice(0, 8)}`;
  await kubectl('create', 'namespace', namespace);
  t.after(() => kubectl('delete', 'namespace', namespace, '--wait=false'));
  const cwd = makeProject(t, {
    'objects.yaml': objects.map((object) => JSON.stringify(object)).join('\n---\n'),
    'Tiltfile.js': `k8s_yaml('objects.yaml');\n${more}`,
    ...files,
  });
  return { cwd, namespace };
}

const ci = (t: TestContext, { cwd, namespace }: Project, env: Readonly<Record<string, string>> = {}) =>
  runProgram(t, ['ci', '--namespace', namespace], { cwd, env });

/** Takes down what `ci` left in the cluster; fails unless all of it goes. Kubelets take their time for the last moments of a pod. */
async function down(t: TestContext, { cwd, namespace }: Project): Promise<void> {
  const run = await runProgram(t, ['down', '--namespace', namespace], { cwd });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  const isOver = async (): Promise<boolean> => {
    const kinds = 'services,deployments,statefulsets,jobs';
    if ((await kubectl('get', kinds, '-n', namespace, '-o', 'name')) !== '') return false;
    const list = await kubectl('get', 'pods', '-n', namespace, '-o', 'json');
    const pods = (JSON.parse(list) as { items: readonly { metadata: { deletionTimestamp?: string } }[] }).items;
    return pods.every(({ metadata }) => metadata.deletionTimestamp !== undefined);
  };
  await pollUntil(isOver, 30_000, 'a namespace without anything that stays');
}

function podSpec(script: string, container: Fields = {}, pod: Fields = {}): Fields {
  const main = { name: 'main', image: IMAGE, command: ['sh', '-c', script], ...container };
  return { terminationGracePeriodSeconds: 1, containers: [main], ...pod };
}

function deployment(name: string, spec: Fields, more: Fields = {}): Fields {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec }, ...more },
  };
}

function job(name: string, spec: Fields, backoffLimit: number): Fields {
  const template = { spec: { restartPolicy: 'Never', ...spec } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit, template } };
}

const configMap = (name: string): Fields => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { a: 'b' },
});
const SERVE = 'while true; do sleep 1; done';

/** The file of the kubeconfig in use and the address of its server. */
async function currentCluster(): Promise<{ readonly file: string; readonly host: string; readonly port: number }> {
  const path = '{.clusters[0].cluster.server}';
  const server = await kubectl('config', 'view', '--minify', '-o', `jsonpath=${path}`);
  const url = new URL(server);
  const file = process.env.KUBECONFIG?.split(':')[0] ?? '';
  return { file, host: url.hostname, port: Number(url.port) };
}

describe('ci against a cluster', { skip: skipWithout('docker', 'cluster', 'busybox'), concurrency: 4 }, () => {
  before(() => {
    execFileSync('docker', ['tag', 'busybox', IMAGE]);
    execFileSync('docker', ['push', '-q', IMAGE]);
  });

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

  test('a context that is not local ends it with 5 and the line that allows it', async (t) => {
    const cwd = makeProject(t, {
      'objects.yaml': JSON.stringify(configMap('a')),
      'Tiltfile.js': "k8s_yaml('objects.yaml');",
      kubeconfig: JSON.stringify({
        'current-context': 'shop-eu',
        contexts: [{ name: 'shop-eu', context: { cluster: 'shop', user: 'me' } }],
        clusters: [{ name: 'shop', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'me', user: {} }],
      }),
    });
    const run = await runProgram(t, ['ci'], { cwd, env: { KUBECONFIG: path.join(cwd, 'kubeconfig') } });
    assert.equal(run.code, 5, run.stderr + run.stdout);
    assert.match(run.stderr, /shop-eu might be production[\s\S]*allow_k8s_contexts\('shop-eu'\)/);
    writeFileSync(path.join(cwd, 'Tiltfile.js'), "allow_k8s_contexts('shop-eu'); k8s_yaml('objects.yaml');");
    const allowed = await runProgram(t, ['ci'], { cwd, env: { KUBECONFIG: path.join(cwd, 'kubeconfig') } });
    assert.equal(allowed.code, 4, allowed.stderr + allowed.stdout);
    assert.match(allowed.stderr, /"shop-eu" at https:\/\/127\.0\.0\.1:1/);
  });

  test('a Docker engine that goes away in the middle of a build ends it with 4', async (t) => {
    const proxy = await TcpProxy.start(t, { path: '/var/run/docker.sock' });
    const name = `tilt-ts-test/cut-${randomUUID().slice(0, 8)}`;
    const project = await makeClusterProject(
      t,
      [deployment('cut', podSpec(SERVE, { image: name }))],
      `docker_build('${name}', '.', { only: ['Dockerfile'] });`,
      { Dockerfile: `FROM busybox\nRUN echo ${randomUUID()} build has begun; sleep 5\n` },
    );
    const program = startProgram(t, ['ci', '--namespace', project.namespace], {
      cwd: project.cwd,
      env: { DOCKER_HOST: `tcp://127.0.0.1:${proxy.port}` },
    });
    await program.waitFor(/→ .* build has begun$/m);
    await proxy.down();
    assert.equal(await program.exit, 4, program.output());
    assert.match(program.stderr(), /Docker/);
  });

  test('a cluster that is away for a moment does not end it', async (t) => {
    const { file, host, port } = await currentCluster();
    const proxy = await TcpProxy.start(t, { host, port });
    const readinessProbe = { exec: { command: ['test', '-e', '/tmp/ready'] }, periodSeconds: 1 };
    const server = `for i in $(seq 1 40); do echo tick $i; sleep 0.1; done; touch /tmp/ready; ${SERVE}`;
    const project = await makeClusterProject(t, [
      deployment('one', podSpec(server, { readinessProbe })),
      deployment('two', podSpec(server, { readinessProbe })),
    ]);
    const config = kubeconfigWithServer(project.cwd, file, `https://127.0.0.1:${proxy.port}`);
    const program = startProgram(t, ['ci', '--namespace', project.namespace], {
      cwd: project.cwd,
      env: { KUBECONFIG: config },
    });
    await program.waitFor(/one │ tick 5$/m);
    await proxy.down();
    await program.waitFor(/The cluster does not answer/);
    await proxy.up();
    assert.equal(await program.exit, 0, program.output());
    assert.equal(program.output().match(/The cluster does not answer/g)?.length, 1, program.output());
    for (const name of ['one', 'two']) {
      const ticks = [...program.output().matchAll(new RegExp(`${name} │ tick (\\d+)$`, 'gm'))].map((match) => match[1]);
      assert.deepEqual(
        ticks,
        Array.from({ length: 40 }, (_, index) => String(index + 1)),
      );
    }
    await down(t, project);
  });

  test('a cluster that stays away ends it with 3 when the time is up, and says so', async (t) => {
    const { file, host, port } = await currentCluster();
    const proxy = await TcpProxy.start(t, { host, port });
    const readinessProbe = { exec: { command: ['false'] } };
    const project = await makeClusterProject(
      t,
      [deployment('lost', podSpec(SERVE, { readinessProbe }))],
      "ci_settings({ readiness_timeout: '6s' });",
    );
    const config = kubeconfigWithServer(project.cwd, file, `https://127.0.0.1:${proxy.port}`);
    const program = startProgram(t, ['ci', '--namespace', project.namespace], {
      cwd: project.cwd,
      env: { KUBECONFIG: config },
    });
    await program.waitFor(/Tracking new pod rollout/);
    await proxy.down();
    assert.equal(await program.exit, 3, program.output());
    assert.match(program.stderr(), /"lost" is not ready: the cluster does not answer: connection refused/);
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
      "ci_settings({ readiness_timeout: '5s' });",
    );
    const run = await ci(t, project);
    assert.equal(run.code, 3, run.stderr + run.stdout);
    assert.match(run.stderr, /"slow" is not ready: .*"main"/);
    assert.match(run.stderr + run.stdout, /still warming up/);
    await down(t, project);
  });

  for (const start of [startTunnelProxy, startSocksProxy]) {
    test(`a cluster behind a proxy (${start.name})`, async (t) => {
      const { file, host, port } = await currentCluster();
      const { url, asked } = await start(t);
      const project = await makeClusterProject(t, [configMap('settings')]);
      const run = await ci(t, project, { KUBECONFIG: kubeconfigWithProxy(project.cwd, file, url) });
      assert.equal(run.code, 0, run.stderr + run.stdout);
      assert.ok(asked.includes(`${host}:${port}`), asked.join());
    });
  }
});
