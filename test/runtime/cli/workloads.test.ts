import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import {
  ci,
  deployment,
  type Fields,
  job,
  kubectl,
  makeClusterProject,
  podSpec,
  pushImage,
  SERVE,
} from '../../support/cluster-project.ts';
import { startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

/** A folder of the node, in which a pod leaves a trace for the next one. */
const NODE = { volumes: [{ name: 'node', hostPath: { path: '/tmp', type: 'Directory' } }] };
const MOUNT = { volumeMounts: [{ name: 'node', mountPath: '/node' }] };
const pod = (name: string, spec: Fields): Fields => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
const ready = { readinessProbe: { exec: { command: ['test', '-e', '/tmp/ready'] }, periodSeconds: 1 } };

/** A server that crashes as often as given, over its restarts, and then works; it counts in a volume of its pod. */
function crashing(times: number, after = ''): Fields {
  const count = 'n=$(cat /pod/n 2>/dev/null || echo 0); echo $((n+1)) > /pod/n; echo attempt $n';
  const script = `${count}; ${after} [ $n -ge ${times} ] || exit 3; ${SERVE}`;
  return podSpec(
    script,
    { volumeMounts: [{ name: 'pod', mountPath: '/pod' }] },
    { volumes: [{ name: 'pod', emptyDir: {} }] },
  );
}

const options = { skip: skipWithout('docker', 'cluster', 'busybox'), concurrency: 4 };

describe('when ci is over, by what runs in the cluster', options, () => {
  before(pushImage);

  test('a server that lives for a moment and crashes while another resource works is no success', async (t) => {
    const script = 'echo up; sleep 3; echo down; exit 5';
    const project = await makeClusterProject(
      t,
      [deployment('flap', podSpec(script))],
      "local_resource('work', 'sleep 12');",
    );
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /flap[\s\S]*"main"[\s\S]*exit code 5[\s\S]*down/);
  });

  test('a crash inside the grace period that heals is overlooked', async (t) => {
    const project = await makeClusterProject(
      t,
      [deployment('healing', crashing(1))],
      "ci_settings({ k8s_grace_period: '60s' });",
    );
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(
      run.stdout,
      /attempt 0[\s\S]*Detected container restart[^\n]* It ended: exit code 3\.[\s\S]*attempt 1/,
    );
  });

  test('without a grace period the same crash ends it at once', async (t) => {
    const project = await makeClusterProject(t, [deployment('hasty', crashing(1))]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /hasty[\s\S]*exit code 3[\s\S]*attempt 0/);
  });

  test('what does not heal ends it when the grace period is over', async (t) => {
    const image = '127.0.0.1:5000/tilt-ts-test/nosuch:1';
    const project = await makeClusterProject(
      t,
      [deployment('imageless', podSpec(SERVE, { image }))],
      "ci_settings({ k8s_grace_period: '4s' });",
    );
    const started = performance.now();
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /tilt-ts-test\/nosuch:1[\s\S]*not found/);
    assert.ok(performance.now() - started >= 4_000, 'not before');
  });

  test('a Job that fails as often as it may: all tries are shown, and the last one is told', async (t) => {
    const project = await makeClusterProject(t, [job('stubborn', podSpec('echo try $HOSTNAME; exit 6'), 1)]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /Job "stubborn" failed \(BackoffLimitExceeded[\s\S]*exit code 6[\s\S]*try stubborn-/);
    assert.equal(new Set(run.stdout.match(/try stubborn-\S+/g)).size, 2, run.stdout);
  });

  test('a Job that is deleted after its end has ended well', async (t) => {
    const project = await makeClusterProject(
      t,
      [job('gone', podSpec('echo done'), 0)],
      "local_resource('work', 'while ! test -e go; do sleep 0.1; done');",
    );
    const program = startProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
    await program.waitFor(/gone │ done/);
    await kubectl('wait', '--for=condition=complete', 'job/gone', '-n', project.namespace, '--timeout=30s');
    await kubectl('delete', 'job', 'gone', '-n', project.namespace);
    await kubectl('wait', '--for=delete', 'pod', '-l', 'job-name=gone', '-n', project.namespace, '--timeout=30s');
    writeFileSync(join(project.cwd, 'go'), '');
    assert.equal(await program.exit, 0, program.output());
  });

  test('a burst of a container arrives whole', async (t) => {
    // Less than the 10 MB at which the kubelet begins a new file, and may lose what it has not handed out of the old one.
    const count = 60_000;
    const line = 'x'.repeat(90);
    const project = await makeClusterProject(t, [job('burst', podSpec(`yes ${line} | head -n ${count} | nl`), 0)]);
    const program = startProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
    assert.equal(await program.exit, 0, program.stderr());
    let last = 0;
    for (const [, number] of program.stdout().matchAll(/burst │ +(\d+)\tx/g)) {
      assert.equal(Number(number), last + 1);
      last++;
    }
    assert.equal(last, count);
  });

  test('a CronJob is done when it is applied', async (t) => {
    const template = { spec: { template: { spec: { restartPolicy: 'Never', ...podSpec('exit 1') } } } };
    const project = await makeClusterProject(t, [
      {
        apiVersion: 'batch/v1beta1',
        kind: 'CronJob',
        metadata: { name: 'nightly' },
        spec: { schedule: '0 3 1 1 *', jobTemplate: template },
      },
    ]);
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
  });

  test('bare pods that complete are awaited to their end', async (t) => {
    const project = await makeClusterProject(t, [
      pod('task', podSpec('echo begin; sleep 3; echo end', {}, { restartPolicy: 'Never' })),
    ]);
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, /task │ end/);
  });

  test('a bare pod that fails ends it with its exit code; one with a probe is a server', async (t) => {
    const bad = await makeClusterProject(t, [
      pod('task', podSpec('sleep 2; echo no; exit 8', {}, { restartPolicy: 'Never' })),
    ]);
    const failed = await ci(t, bad);
    assert.equal(failed.code, 1, failed.stderr + failed.stdout);
    assert.match(failed.stderr, /Pod "task" failed: container "main" ended: exit code 8[\s\S]*no/);
    const server = await makeClusterProject(t, [
      pod('server', podSpec(`touch /tmp/ready; ${SERVE}`, ready, { restartPolicy: 'Never' })),
    ]);
    const run = await ci(t, server);
    assert.equal(run.code, 0, run.stderr + run.stdout);
  });

  test('all replicas of a Deployment and all pods of a DaemonSet', async (t) => {
    const trace = `/node/tilt-ts-${randomUUID()}`;
    // Each pod takes the next number, and is ready later than the one before.
    const script = `i=0; while ! mkdir ${trace}-$i 2>/dev/null; do i=$((i+1)); done; trap "rmdir ${trace}-$i" EXIT; sleep $((i*2)); touch /tmp/ready; ${SERVE}`;
    const labels = { app: 'agent' };
    const template = { metadata: { labels }, spec: podSpec(`sleep 3; touch /tmp/ready; ${SERVE}`, ready) };
    const project = await makeClusterProject(t, [
      deployment('three', podSpec(script, { ...MOUNT, ...ready }, NODE), { replicas: 3 }),
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'agent' },
        spec: { selector: { matchLabels: labels }, template },
      },
    ]);
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    const path = '{.items[*].status.readyReplicas} {.items[*].status.numberReady}';
    const numbers = await kubectl('get', 'deploy,ds', '-n', project.namespace, '-o', `jsonpath=${path}`);
    assert.equal(numbers, '3 1');
  });

  test('a sidecar that crashes ends it, and is named', async (t) => {
    const image = podSpec('').containers as readonly Fields[];
    const side = { ...image[0], name: 'side', command: ['sh', '-c', 'echo no config; exit 9'] };
    const spec = podSpec(SERVE);
    const both = { ...spec, containers: [...(spec.containers as readonly Fields[]), side] };
    const project = await makeClusterProject(t, [deployment('pair', both)]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /Container "side" of pod "pair-\S+" \S+: exit code 9[\s\S]*no config/);
  });

  test('init containers: one that fails ends it with its last lines, one that works is awaited', async (t) => {
    const main = (podSpec('').containers as readonly Fields[])[0];
    const init = (script: string) => [{ ...main, name: 'prepare', command: ['sh', '-c', script] }];
    const bad = podSpec(SERVE, {}, { initContainers: init('echo no schema; exit 4') });
    const failed = await ci(t, await makeClusterProject(t, [deployment('unprepared', bad)]));
    assert.equal(failed.code, 1, failed.stderr + failed.stdout);
    assert.match(failed.stderr, /Init container "prepare" of pod "unprepared-\S+" ended: exit code 4[\s\S]*no schema/);
    const good = podSpec(SERVE, {}, { initContainers: init('sleep 2; echo prepared') });
    const run = await ci(t, await makeClusterProject(t, [deployment('prepared', good)]));
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, /prepared │ \[prepare\] prepared/);
  });

  test('a rollout that makes no progress fails with the words of its controller', async (t) => {
    const readinessProbe = { exec: { command: ['false'] }, periodSeconds: 1 };
    const project = await makeClusterProject(t, [
      deployment('stuck', podSpec(SERVE, { readinessProbe }), { progressDeadlineSeconds: 3 }),
    ]);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /Deployment "stuck" makes no progress: .*has timed out progressing/);
  });

  test('a ConfigMap that is missing ends it with its name, as a variable and as a volume', async (t) => {
    const spec = podSpec(SERVE, { envFrom: [{ configMapRef: { name: 'nosuch-settings' } }] });
    const run = await ci(t, await makeClusterProject(t, [deployment('unset', spec)]));
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /unset[\s\S]*configmap "nosuch-settings" not found/);
    const volumes = [{ name: 'files', configMap: { name: 'nosuch-files' } }];
    const mount = { volumeMounts: [{ name: 'files', mountPath: '/files' }] };
    const mounted = await ci(
      t,
      await makeClusterProject(t, [deployment('unmounted', podSpec(SERVE, mount, { volumes }))]),
    );
    assert.equal(mounted.code, 1, mounted.stderr + mounted.stdout);
    assert.match(mounted.stderr, /unmounted[\s\S]*configmap "nosuch-files" not found/);
  });

  test('a custom resource of a kind that the Tiltfile names is awaited by its condition', async (t) => {
    const plural = `gadgets${randomUUID().slice(0, 8)}`;
    const kind = `Gadget${plural.slice(7)}`;
    const group = 'test.tilt-ts.dev';
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const versions = [{ name: 'v1', served: true, storage: true, schema, subresources: { status: {} } }];
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: { group, scope: 'Namespaced', names: { kind, plural, singular: plural }, versions },
    };
    const project = await makeClusterProject(
      t,
      [crd, { apiVersion: `${group}/v1`, kind, metadata: { name: 'bear' }, spec: { image: 'example/bear' } }],
      `k8s_kind('${kind}', { image_json_path: '{.spec.image}' }); ci_settings({ readiness_timeout: '5s' });`,
    );
    t.after(() => kubectl('delete', 'crd', `${plural}.${group}`, '--ignore-not-found'));
    // Plays the controller.
    const say = async (status: string, message: string) => {
      const path = `/apis/${group}/v1/namespaces/${project.namespace}/${plural}/bear`;
      const object = JSON.parse(await kubectl('get', '--raw', path)) as Fields;
      const lastTransitionTime = new Date().toISOString();
      const conditions = [{ type: 'Ready', status, reason: 'Test', message, lastTransitionTime }];
      const file = join(project.cwd, `${status}.json`);
      writeFileSync(file, JSON.stringify({ ...object, status: { conditions } }));
      await kubectl('replace', '--raw', `${path}/status`, '-f', file);
    };
    const before = await ci(t, project);
    assert.equal(before.code, 3, before.stderr + before.stdout);
    await say('False', 'the seams are open');
    const open = await ci(t, project);
    assert.equal(open.code, 3, open.stderr + open.stdout);
    assert.match(open.stderr, /is not ready: Gadget\S+ "bear" is not ready: the seams are open/);
    await say('True', 'sewn');
    const sewn = await ci(t, project);
    assert.equal(sewn.code, 0, sewn.stderr + sewn.stdout);
  });
});
