import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeKindProject } from '../../support/kind-project.ts';
import { makeProject, startProgram } from '../../support/program.ts';

// It takes a machine for itself: there may be no other cluster where kind stands for one that allows a single one.
const skip = process.env.TILT_TS_TEST_OWN_CLUSTER === '1' ? false : 'TILT_TS_TEST_OWN_CLUSTER is not 1';
const NAME = 'tilt-ts-own';

const clusters = (): readonly string[] =>
  execFileSync('kind', ['get', 'clusters'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .split('\n')
    .filter(Boolean);

test('ci makes a cluster with kind, runs in it, and deletes it', { skip }, async (t) => {
  assert.ok(!clusters().includes(NAME));
  const { cwd } = makeKindProject(t, "local_resource('which', 'kubectl config current-context; kind get clusters');");
  const env = { TILT_TS_STATE: makeProject(t, {}), KUBECONFIG: path.join(cwd, 'nothing') };
  const run = startProgram(t, ['ci', '--cluster', `kind:${NAME}`, '--report', 'json=run.json'], { cwd, env });
  assert.equal(await run.exit, 0, run.output());
  assert.match(run.stdout(), new RegExp(`Made the cluster kind:${NAME}`));
  assert.match(run.stdout(), new RegExp(`which │ kind-${NAME}\\n +which │ ${NAME}\\n`));
  assert.match(run.stdout(), /web │ hello from a cluster/);
  assert.ok(!clusters().includes(NAME));
  assert.ok(!existsSync(env.KUBECONFIG));
  assert.equal(JSON.parse(readFileSync(path.join(cwd, 'run.json'), 'utf8')).exitCode, 0);
});

test('SIGTERM while it is used: the report is written, the cluster is deleted, exit 143', { skip }, async (t) => {
  const { cwd } = makeKindProject(t, "local_resource('work', 'echo at work; sleep 1000', { resource_deps: ['web'] });");
  const env = { TILT_TS_STATE: makeProject(t, {}), KUBECONFIG: path.join(cwd, 'nothing') };
  const run = startProgram(t, ['ci', '--cluster', `kind:${NAME}`, '--report', 'junit=run.xml'], { cwd, env });
  await run.waitFor(/work │ at work/, 240_000);
  run.signal('SIGTERM');
  assert.equal(await run.exit, 143, run.output());
  assert.ok(existsSync(path.join(cwd, 'run.xml')));
  assert.ok(!clusters().includes(NAME));
});

test('a cluster by hand, listed and deleted', { skip }, async (t) => {
  const cwd = makeProject(t, {});
  const env = { TILT_TS_STATE: path.join(cwd, 'state'), KUBECONFIG: path.join(cwd, 'nothing') };
  const create = startProgram(t, ['cluster', 'create', `kind:${NAME}`], { cwd, env });
  assert.equal(await create.exit, 0, create.output());
  const [, kubeconfig = ''] = /^export KUBECONFIG=(.*)\n$/.exec(create.stdout()) ?? [];
  const nodes = execFileSync('kubectl', ['get', 'nodes', '-o', 'name', '--kubeconfig', kubeconfig], {
    encoding: 'utf8',
  });
  assert.match(nodes, /^node\//);
  const list = startProgram(t, ['cluster', 'list'], { cwd, env });
  assert.equal(await list.exit, 0, list.output());
  assert.match(list.stdout(), new RegExp(`^kind:${NAME} +20`, 'm'));
  const removed = startProgram(t, ['cluster', 'delete', `kind:${NAME}`], { cwd, env });
  assert.equal(await removed.exit, 0, removed.output());
  assert.deepEqual([clusters().includes(NAME), existsSync(kubeconfig)], [false, false]);
});
