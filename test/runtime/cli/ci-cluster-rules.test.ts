import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import {
  deployment,
  job,
  kubectl,
  makeClusterProject,
  podSpec,
  pushImage,
  SERVE,
} from '../../support/cluster-project.ts';
import { composeProject } from '../../support/compose-project.ts';
import { freePort } from '../../support/free-port.ts';
import { runProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const probe = { exec: { command: ['true'] }, periodSeconds: 1 };
const left = (namespace: string) => kubectl('get', 'deployments,jobs', '-n', namespace, '-o', 'name');

describe('the rules of ci against a cluster', {
  skip: skipWithout('docker', 'cluster', 'busybox'),
  concurrency: 4,
}, () => {
  before(pushImage);

  test('a Job that failed for good is made anew where it has retries, and is flaky', async (t) => {
    const marker = `/node/tilt-ts-${randomUUID()}`;
    const script = `if [ -e ${marker} ]; then rm ${marker}; echo again; else touch ${marker}; echo first; exit 1; fi`;
    const mount = { volumeMounts: [{ name: 'node', mountPath: '/node' }] };
    const volumes = [{ name: 'node', hostPath: { path: '/tmp', type: 'Directory' } }];
    const { cwd, namespace } = await makeClusterProject(
      t,
      [job('flaky', podSpec(script, mount, { volumes }), 0)],
      "k8s_resource('flaky', { retries: 1 });",
    );
    const run = await runProgram(t, ['ci', '--namespace', namespace], { cwd });
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, /flaky │ first[\s\S]*flaky │ Attempt 2 of 2[\s\S]*flaky │ again/);
    assert.match(run.stdout, /^flaky +\S*.*flaky/m);
  });

  test('what depends on a workload finds its forwarded port open, also where it was ready before', async (t) => {
    const port = await freePort();
    const script = 'mkdir /www; echo served > /www/index.html; httpd -f -p 8000 -h /www';
    const ask = `node -e "fetch('http://127.0.0.1:${port}/').then(async (answer) => console.log(await answer.text()))"`;
    const project = await makeClusterProject(
      t,
      [deployment('web', podSpec(script))],
      `k8s_resource('web', { port_forwards: '${port}:8000' });\nlocal_resource('check', ${JSON.stringify(ask)}, { resource_deps: ['web'] });`,
    );
    for (const round of ['first', 'second']) {
      const run = await runProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
      assert.equal(run.code, 0, `${round}: ${run.stderr}${run.stdout}`);
      assert.match(run.stdout, /check │ served\n/);
    }
  });

  test('--teardown deletes what was deployed, when all is well, when something failed, and when it is stopped', async (t) => {
    const { cwd, namespace } = await makeClusterProject(
      t,
      [deployment('web', podSpec(SERVE, { readinessProbe: probe }))],
      "local_resource('check', os.getenv('CHECK', 'true'), { resource_deps: ['web'] });",
    );
    const words = ['ci', '--namespace', namespace, '--teardown'];
    const good = await runProgram(t, words, { cwd });
    assert.equal(good.code, 0, good.stderr + good.stdout);
    assert.match(good.stdout, /SUCCESS[\s\S]*→ Deployment\/web/);
    assert.equal(await left(namespace), '');
    const bad = await runProgram(t, words, { cwd, env: { CHECK: 'exit 3' } });
    assert.equal(bad.code, 1, bad.stderr + bad.stdout);
    assert.equal(await left(namespace), '');
    const stopped = startProgram(t, words, { cwd, env: { CHECK: 'echo checking; sleep 1000' } });
    await stopped.waitFor(/│ checking/);
    stopped.signal('SIGTERM');
    assert.equal(await stopped.exit, 143, stopped.output());
    assert.equal(await left(namespace), '');
  });

  test('--settle lets a workload that crashes a little later fail the run', async (t) => {
    const script = 'echo up; sleep 3; echo no more >&2; exit 4';
    const { cwd, namespace } = await makeClusterProject(t, [
      deployment('web', podSpec(script, { readinessProbe: probe })),
    ]);
    const run = await runProgram(t, ['ci', '--namespace', namespace, '--settle', '60s'], { cwd });
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /web[\s\S]*exit code 4[\s\S]*no more/);
  });

  test('--keep-going tells every workload that fails', async (t) => {
    const { cwd, namespace } = await makeClusterProject(t, [
      job('one', podSpec('echo from one; exit 5'), 0),
      job('two', podSpec('sleep 2; echo from two; exit 6'), 0),
      job('three', podSpec('sleep 3; echo from three'), 0),
    ]);
    const run = await runProgram(t, ['ci', '--namespace', namespace, '--keep-going'], { cwd });
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /one: .*exit code 5[\s\S]*from one[\s\S]*two: .*exit code 6[\s\S]*from two/);
    assert.match(run.stdout, /three │ from three/);
    assert.match(run.stderr, /2 resources failed: one, two\n$/);
  });

  test('two runs on one machine at once do not disturb each other', async (t) => {
    const projects = await Promise.all(
      [1, 2].map((number) =>
        makeClusterProject(
          t,
          [deployment('web', podSpec(SERVE, { readinessProbe: probe }))],
          `local_resource('check', 'echo check ${number}', { resource_deps: ['web'] });`,
        ),
      ),
    );
    const runs = await Promise.all(
      projects.map(({ cwd, namespace }) => runProgram(t, ['ci', '--namespace', namespace, '--teardown'], { cwd })),
    );
    for (const [index, run] of runs.entries()) {
      assert.equal(run.code, 0, run.stderr + run.stdout);
      assert.match(run.stdout, new RegExp(`check │ check ${index + 1}`));
    }
  });
});

test('--teardown takes the Compose project down', { skip: skipWithout('docker', 'compose', 'busybox') }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': "docker_compose('compose.yml', { project_name: '$NAME' });",
    'compose.yml': 'services:\n  one: {image: busybox, init: true, command: ["sleep", "1000"]}\n',
  });
  const run = await runProgram(t, ['ci', '--teardown'], { cwd: project.folder });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.deepEqual(project.containers(), []);
});
