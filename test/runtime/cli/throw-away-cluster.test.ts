import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { type FakeClusterTools, fakeClusterTools, kept } from '../../support/fake-cluster-tools.ts';
import { pollUntil } from '../../support/poll.ts';
import { type RunningProgram, runProgram, startProgram } from '../../support/program.ts';

const SEES = `local_resource('see', 'grep -o "server: .*127.0.0.1" "$KUBECONFIG"');\n`;
const STAYS = `${SEES}local_resource('work', { serve_cmd: 'echo at work; sleep 1000', readiness_probe: probe({ exec: exec_action(['false']) }) });\n`;

/** A project and the tools; `ci` runs in it with these words. */
async function rig(
  t: TestContext,
  tiltfile: string,
  before: { readonly kind?: string; readonly docker?: string } = {},
) {
  const fake = await fakeClusterTools(t, before);
  writeFileSync(path.join(fake.folder, 'Tiltfile.js'), tiltfile);
  const options = { cwd: fake.folder, env: fake.env };
  return {
    fake,
    ci: (...words: readonly string[]) => runProgram(t, ['ci', ...words], options),
    start: (...words: readonly string[]) => startProgram(t, ['ci', ...words], options),
    cluster: (...words: readonly string[]) => runProgram(t, ['cluster', ...words], options),
    other: (...words: readonly string[]) => runProgram(t, words, options),
  };
}

function assertNothingLeft(fake: FakeClusterTools): void {
  assert.deepEqual([fake.left(), kept(fake)], [[], []]);
}

test('a run has a cluster of its own, which everything finds, and which is deleted after it', async (t) => {
  const { fake, ci } = await rig(t, `${SEES}print(k8s_context());\n`);
  const run = await ci('--cluster', 'kind', '--report', 'json=run.json');
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(
    run.stdout,
    /Creating cluster "tilt-ts-\w+-\w+" \.\.\.\nStarting a registry[\s\S]*Made the cluster kind:tilt-ts-/,
  );
  assert.match(run.stdout, /^kind-x$/m);
  assert.match(run.stdout, /see │ server: "http:\/\/127\.0\.0\.1/);
  assert.match(run.stdout, /SUCCESS[\s\S]*Deleting the cluster kind:tilt-ts-/);
  assert.equal(run.stderr, '');
  assertNothingLeft(fake);
});

test('a run that fails deletes it too; quiet and JSON outputs say nothing of it', async (t) => {
  const { fake, ci } = await rig(t, `${SEES}local_resource('bad', 'exit 3', { resource_deps: ['see'] });\n`);
  const quiet = await ci('--cluster', 'kind:x', '--quiet');
  assert.equal(quiet.code, 1, quiet.stderr + quiet.stdout);
  assert.doesNotMatch(quiet.stdout + quiet.stderr, /luster/);
  assertNothingLeft(fake);

  const json = await ci('--cluster', 'kind:x', '--output', 'json');
  assert.equal(json.code, 1, json.stderr);
  for (const line of json.stdout.trim().split('\n')) assert.equal(typeof JSON.parse(line), 'object');
  assert.doesNotMatch(json.stdout + json.stderr, /s3cr3t/);
  assertNothingLeft(fake);
});

test('a cluster that cannot be made ends the run with 4 and the reason, and leaves nothing', async (t) => {
  const { fake, ci } = await rig(t, SEES, {
    kind: `[ "$1" = create ] && { mkdir "$state/clusters/x"; echo 'ERROR: no space left on device' >&2; exit 1; }`,
  });
  const run = await ci('--cluster', 'kind:x', '--report', 'junit=run.xml');
  assert.equal(run.code, 4, run.stderr + run.stdout);
  assert.match(run.stderr, /Cannot create the cluster "x" by kind: "kind create .*" ended with exit code 1/);
  assert.match(run.stderr, /no space left on device/);
  assert.match(readFileSync(path.join(fake.folder, 'run.xml'), 'utf8'), /Cannot create the cluster/);
  assertNothingLeft(fake);
});

test('a limit that passes, and signals, while it is made', async (t) => {
  const { fake, ci, start } = await rig(t, SEES);
  fake.hold('kind create');
  const late = await ci('--cluster', 'kind:x', '--timeout', '2s', '--report', 'json=late.json');
  assert.equal(late.code, 3, late.stderr + late.stdout);
  assert.match(late.stdout, /Deleting the cluster kind:x/);
  assert.equal(JSON.parse(readFileSync(path.join(fake.folder, 'late.json'), 'utf8')).exitCode, 3);
  assertNothingLeft(fake);
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const stopped = start('--cluster', 'kind:x', '--report', 'junit=stopped.xml');
    await stopped.waitFor(/Creating cluster/);
    stopped.signal(signal);
    assert.equal(await stopped.exit, code, stopped.output());
    assert.ok(existsSync(path.join(fake.folder, 'stopped.xml')));
    assertNothingLeft(fake);
  }
});

test('SIGTERM while it is used: reports are written, the cluster is deleted, exit 143', async (t) => {
  const { fake, start } = await rig(t, STAYS);
  const run = start('--cluster', 'kind', '--report', 'junit=run.xml');
  await run.waitFor(/at work/);
  run.signal('SIGTERM');
  assert.equal(await run.exit, 143, run.output());
  assert.match(readFileSync(path.join(fake.folder, 'run.xml'), 'utf8'), /<testsuite/);
  assertNothingLeft(fake);
});

test('a second Ctrl-C ends it at once and says what is left, and how to delete it', async (t) => {
  const { fake, start, cluster } = await rig(t, STAYS);
  fake.hold('kind delete');
  const run = start('--cluster', 'kind:x');
  await run.waitFor(/at work/);
  run.signal('SIGINT');
  await run.waitFor(/Deleting the cluster kind:x/);
  await pollUntil(() => fake.calls().some((call) => call.startsWith('kind delete')));
  run.signal('SIGINT');
  assert.equal(await run.exit, 130, run.output());
  assert.match(run.stderr(), /The cluster kind:x was left behind\. To delete it: tilt-ts cluster delete kind:x\n$/);
  fake.release();
  const deleted = await cluster('delete', 'kind:x');
  assert.deepEqual([deleted.code, deleted.stdout], [0, 'Deleted kind:x\n']);
  assertNothingLeft(fake);
});

test('what a killed run leaves is named by the next one, listed, and deleted', async (t) => {
  const { fake, start, ci, cluster } = await rig(t, STAYS);
  const killed = start('--cluster', 'kind:x');
  await killed.waitFor(/at work/);
  killed.signal('SIGKILL');
  await killed.exit;
  assert.equal(fake.left().length, 2);
  writeFileSync(path.join(fake.folder, 'Tiltfile.js'), SEES);
  const next = await ci('--cluster', 'kind');
  assert.equal(next.code, 0, next.stderr);
  assert.match(next.stdout, /The cluster kind:x was left behind\. To delete it: tilt-ts cluster delete kind:x/);
  const list = await cluster('list');
  assert.match(list.stdout, /^CLUSTER +MADE\nkind:x +left behind\n/);
  assert.deepEqual((await cluster('delete')).stdout, 'Deleted kind:x\n');
  assertNothingLeft(fake);
  assert.equal((await cluster('delete')).stdout, 'No cluster was left behind.\n');
});

test('two runs at once have two clusters; one that is named belongs to one run', async (t) => {
  const { fake, start, ci } = await rig(t, STAYS);
  const runs = [start('--cluster', 'kind'), start('--cluster', 'kind'), start('--cluster', 'kind:x')];
  for (const run of runs) await run.waitFor(/at work/);
  assert.equal(fake.left().filter((name) => !name.includes('registry')).length, 3);
  const refused = await ci('--cluster', 'kind:x');
  assert.equal(refused.code, 4);
  assert.match(refused.stderr, /Cannot use the cluster kind:x: it belongs to a run that still goes on \(process \d+\)/);
  for (const run of runs) run.signal('SIGINT');
  assert.deepEqual(await Promise.all(runs.map((run: RunningProgram) => run.exit)), [130, 130, 130]);
  assertNothingLeft(fake);
});

test('one that is kept is used again, also by hand, and deleted by hand', async (t) => {
  const { fake, ci, cluster } = await rig(t, SEES);
  const first = await ci('--cluster', 'kind:x', '--keep-cluster');
  assert.equal(first.code, 0, first.stderr);
  const [, file = ''] = /The cluster kind:x stays: export KUBECONFIG=(\S+)/.exec(first.stdout) ?? [];
  assert.match(readFileSync(file, 'utf8'), /kind-x/);
  const again = await ci('--cluster', 'kind:x');
  assert.match(again.stdout, /Using the cluster kind:x/);
  assert.equal(fake.left().length, 2);
  const created = await cluster('create', 'kind:x');
  assert.deepEqual([created.code, created.stdout], [0, `export KUBECONFIG=${file}\n`]);
  assert.match(created.stderr, /There is the cluster kind:x, context kind-x/);
  assert.match((await cluster('list')).stdout, /^kind:x +20\d\d-/m);
  assert.equal((await cluster('delete', 'kind:x')).code, 0);
  assertNothingLeft(fake);
});

test('a cluster by hand that is not finished leaves nothing', async (t) => {
  const { fake } = await rig(t, SEES);
  fake.hold('kind create');
  const create = startProgram(t, ['cluster', 'create', 'kind:x'], { cwd: fake.folder, env: fake.env });
  await create.waitFor(/Creating cluster/);
  create.signal('SIGTERM');
  assert.equal(await create.exit, 143, create.output());
  assertNothingLeft(fake);
});

test('a run in the background keeps it until it is stopped', async (t) => {
  const { fake, ci, other } = await rig(t, `${SEES}local_resource('server', { serve_cmd: 'sleep 1000' });\n`);
  const run = await ci('--cluster', 'kind', '--detach');
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.equal(fake.left().length, 2);
  const stopped = await other('stop');
  assert.equal(stopped.code, 0, stopped.stderr);
  assertNothingLeft(fake);
});

test('what is wrong is told before anything is made', async (t) => {
  const { fake, ci, cluster } = await rig(t, SEES);
  for (const [words, message] of [
    [['--cluster', 'kint'], /Cannot make the cluster "kint": it is written kind, k3d or minikube/],
    [['--keep-cluster'], /--keep-cluster is for the cluster of --cluster/],
    [['--cluster', 'kind', '--context', 'mine'], /leave out --context/],
    [['--cluster', 'kind', '--report', 'junit=Tiltfile.js/run.xml'], /Tiltfile\.js/],
  ] as const) {
    const run = await ci(...words);
    assert.equal(run.code, 2, run.stdout + run.stderr);
    assert.match(run.stderr, message);
  }
  assert.equal((await cluster('create', 'kint')).code, 2);
  assert.equal((await cluster('delete', 'kind')).code, 2);
  mkdirSync(path.join(fake.folder, 'empty'));
  const lost = await ci('--cluster', 'kind', '-f', 'empty');
  assert.equal(lost.code, 5);
  assert.deepEqual(fake.calls(), []);
});
