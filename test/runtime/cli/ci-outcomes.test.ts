import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import {
  ci,
  deployment,
  type Fields,
  job,
  makeClusterProject,
  podSpec,
  pushImage,
  SERVE,
} from '../../support/cluster-project.ts';
import { makeProject, runProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const node = {
  mount: { volumeMounts: [{ name: 'node', mountPath: '/node' }] },
  volumes: [{ name: 'node', hostPath: { path: '/tmp', type: 'Directory' } }],
};
const pod = (name: string, spec: Fields): Fields => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });

/** What a pod runs that fails `times` times before it serves; a file of the node counts. */
function failsAtFirst(times: number): Fields {
  const file = `/node/tilt-ts-${randomUUID()}`;
  const script = `n=$(cat ${file} 2>/dev/null || echo 0); echo $((n + 1)) >${file}; echo attempt $n; [ $n -lt ${times} ] && exit 7; rm ${file}; ${SERVE}`;
  return podSpec(script, node.mount, { volumes: node.volumes });
}

describe('outcomes of ci that a cluster shows', {
  skip: skipWithout('docker', 'cluster', 'busybox'),
  concurrency: 4,
}, () => {
  before(pushImage);

  test('a container that exits at once is never taken for ready, in whichever moment it is seen', async (t) => {
    const project = await makeClusterProject(t, [deployment('web', podSpec('exit 7'))]);
    for (let round = 1; round <= 3; round++) {
      const run = await ci(t, project);
      assert.equal(run.code, 1, run.stderr + run.stdout);
      assert.match(run.stderr, /web[\s\S]*exit code 7/);
    }
  });

  test('a server that crashes while others still work fails, whenever its crash is seen', async (t) => {
    const slow = "local_resource('slow', 'sleep 9');";
    const project = await makeClusterProject(t, [deployment('web', podSpec('echo up; sleep 3; exit 7'))], slow);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /web[\s\S]*exit code 7/);
  });

  test('crashes at the start are tolerated for the grace period, and only then', async (t) => {
    const settings = "ci_settings({ k8s_grace_period: '60s' });";
    const tolerant = await makeClusterProject(t, [deployment('web', failsAtFirst(2))], settings);
    const good = await ci(t, tolerant);
    assert.equal(good.code, 0, good.stderr + good.stdout);
    // The log of a run that two others follow within a second may be gone before the cluster tells of it; none is shown twice.
    assert.match(good.stdout, /│ attempt 2/);
    for (const attempt of [0, 1, 2]) assert.ok(good.stdout.split(`│ attempt ${attempt}\n`).length <= 2, good.stdout);
    const strict = await makeClusterProject(t, [deployment('web', failsAtFirst(2))]);
    const bad = await ci(t, strict);
    assert.equal(bad.code, 1, bad.stderr + bad.stdout);
  });

  test('a grace period that passes ends it with the reason', async (t) => {
    const image = '127.0.0.1:5000/tilt-ts-test/nosuch:1';
    const settings = "ci_settings({ k8s_grace_period: '5s' });";
    const project = await makeClusterProject(t, [deployment('web', podSpec(SERVE, { image }))], settings);
    const started = performance.now();
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.ok(performance.now() - started > 5_000);
    assert.match(run.stderr, /web[\s\S]*nosuch:1/);
  });

  test('a bare pod that ends has done its work; one that fails has not', async (t) => {
    const good = await makeClusterProject(t, [
      pod('once', podSpec('sleep 2; echo all done', {}, { restartPolicy: 'Never' })),
    ]);
    const done = await ci(t, good);
    assert.equal(done.code, 0, done.stderr + done.stdout);
    assert.match(done.stdout, /once │ all done/);
    const bad = await makeClusterProject(t, [
      pod('once', podSpec('sleep 1; echo broken; exit 5', {}, { restartPolicy: 'Never' })),
    ]);
    const failed = await ci(t, bad);
    assert.equal(failed.code, 1, failed.stderr + failed.stdout);
    assert.match(failed.stderr, /once[\s\S]*exit code 5[\s\S]*broken/);
  });

  test('a Job that is deleted after it ended well has ended well', async (t) => {
    const project = await makeClusterProject(
      t,
      [job('migrate', podSpec('echo migrated'), 0)],
      // As ttlSecondsAfterFinished does.
      "local_resource('after', `kubectl -n ${k8s_namespace()} delete job migrate && sleep 3`, { resource_deps: ['migrate'] });",
    );
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, /after │ job\.batch "migrate" deleted/);
  });

  test('a CronJob is done when it is applied', async (t) => {
    const template = { spec: { restartPolicy: 'Never', ...podSpec('exit 1') } };
    const spec = { schedule: '0 0 1 1 *', jobTemplate: { spec: { template } } };
    const cron = { apiVersion: 'batch/v1beta1', kind: 'CronJob', metadata: { name: 'yearly' }, spec };
    const run = await ci(t, await makeClusterProject(t, [cron]));
    assert.equal(run.code, 0, run.stderr + run.stdout);
  });

  test('a second container that crashes is named with its exit code', async (t) => {
    const spec = podSpec(SERVE);
    const [main] = spec.containers as readonly Fields[];
    const side = { ...main, name: 'side', command: ['sh', '-c', 'echo no upstream; exit 6'] };
    const run = await ci(t, await makeClusterProject(t, [deployment('web', { ...spec, containers: [main, side] })]));
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /web[\s\S]*"side"[\s\S]*exit code 6[\s\S]*no upstream/);
  });

  test('init containers: one that works is awaited, one that fails is named', async (t) => {
    const withInit = (script: string): Fields => {
      const spec = podSpec(SERVE);
      const [main] = spec.containers as readonly Fields[];
      return { ...spec, initContainers: [{ ...main, name: 'prepare', command: ['sh', '-c', script] }] };
    };
    const good = await ci(t, await makeClusterProject(t, [deployment('web', withInit('sleep 2; echo prepared'))]));
    assert.equal(good.code, 0, good.stderr + good.stdout);
    assert.match(good.stdout, /web │ \[prepare\] prepared/);
    const bad = await ci(t, await makeClusterProject(t, [deployment('web', withInit('echo no disk; exit 8'))]));
    assert.equal(bad.code, 1, bad.stderr + bad.stdout);
    assert.match(bad.stderr, /web[\s\S]*"prepare"[\s\S]*exit code 8[\s\S]*no disk/);
  });

  test('the limit of the whole run says what a pod waits for', async (t) => {
    const readinessProbe = { exec: { command: ['false'] }, periodSeconds: 1 };
    const { cwd, namespace } = await makeClusterProject(t, [deployment('web', podSpec(SERVE, { readinessProbe }))]);
    const run = await runProgram(t, ['ci', '--namespace', namespace, '--timeout', '8s'], { cwd });
    assert.equal(run.code, 3, run.stderr + run.stdout);
    assert.match(run.stderr, /Timeout after 8s: 1 resource is not finished/);
    assert.match(run.stderr, /web[\s\S]*"main"/);
  });
});

const YAML = { 'objects.yaml': JSON.stringify(deployment('web', podSpec(SERVE))) };
const kubeconfig = (server: string): string => `apiVersion: v1
kind: Config
current-context: kind-away
clusters: [{name: kind-away, cluster: {server: "${server}"}}]
contexts: [{name: kind-away, context: {cluster: kind-away, user: u}}]
users: [{name: u, user: {}}]
`;

test('a cluster that refuses connections, and none at all, end it with 4', async (t) => {
  const files = { ...YAML, 'Tiltfile.js': "k8s_yaml('objects.yaml');", config: kubeconfig('http://127.0.0.1:9') };
  const cwd = makeProject(t, files);
  const away = await runProgram(t, ['ci'], { cwd, env: { KUBECONFIG: `${cwd}/config` } });
  assert.equal(away.code, 4, away.stderr + away.stdout);
  assert.match(away.stderr, /127\.0\.0\.1:9/);
  const none = await runProgram(t, ['ci'], { cwd, env: { KUBECONFIG: `${cwd}/nosuch` } });
  assert.equal(none.code, 4, none.stderr + none.stdout);
  assert.match(none.stderr, /nosuch/);
});

test('a Docker engine that does not answer ends it with 4', { skip: skipWithout('cluster') }, async (t) => {
  const cwd = makeProject(t, {
    ...YAML,
    'objects.yaml': JSON.stringify(deployment('web', podSpec(SERVE, { image: 'example/web' }))),
    'Tiltfile.js': "docker_build('example/web', '.');\nk8s_yaml('objects.yaml');",
    Dockerfile: 'FROM busybox\n',
  });
  const run = await runProgram(t, ['ci'], { cwd, env: { DOCKER_HOST: 'tcp://127.0.0.1:9' } });
  assert.equal(run.code, 4, run.stderr + run.stdout);
  assert.match(run.stderr, /Docker[\s\S]*127\.0\.0\.1:9/);
});
