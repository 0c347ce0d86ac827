import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pollUntil } from '../support/poll.ts';
import { assertNothingLeft } from '../support/processes.ts';
import { makeProject, runProgram, startProgram } from '../support/program.ts';
import { skipWithout } from '../support/testbed.ts';

const skip = skipWithout('docker', 'cluster', 'busybox');
const sample = path.resolve(import.meta.dirname, '../../samples/html');
const PAGE = 'http://127.0.0.1:18480/';

const kubectl = (...args: readonly string[]): string => execFileSync('kubectl', args, { encoding: 'utf8' });

/** The sample's images in the Docker engine, under all their names. */
const images = (): readonly string[] =>
  execFileSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => /example[/_]html:/.test(name));

/** A copy of the sample in a namespace of its own, deleted with the test and with the images that it built. */
function makeSample(t: TestContext): { readonly cwd: string; readonly namespace: string } {
  const namespace = `html-${randomUUID().slice(0, 8)}`;
  kubectl('create', 'namespace', namespace);
  t.after(() => kubectl('delete', 'namespace', namespace, '--wait=false'));
  const before = new Set(images());
  t.after(() => {
    const built = images().filter((name) => !before.has(name));
    if (built.length > 0) execFileSync('docker', ['rmi', ...built], { stdio: 'ignore' });
  });
  const cwd = makeProject(t, {});
  cpSync(sample, cwd, { recursive: true });
  return { cwd, namespace };
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(from), `${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}

const pods = (namespace: string): string =>
  kubectl('get', 'pods,services,deployments', '-n', namespace, '-o', 'name').trim();

test('the image is built, pushed, deployed, ready and checked; down leaves nothing', { skip }, async (t) => {
  const { cwd, namespace } = makeSample(t);
  const run = await runProgram(t, ['ci', '--namespace', namespace], { cwd });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(run.stdout, /check │ http:\/\/127\.0\.0\.1:18480\/ answers 200: Hello from the cluster/);
  assert.match(run.stdout, /^html +ready/m);
  assert.match(pods(namespace), /pod\/html-/);

  const again = await runProgram(t, ['ci', '--namespace', namespace], { cwd });
  assert.equal(again.code, 0, again.stderr + again.stdout);
  assert.equal(kubectl('get', 'deployment', 'html', '-n', namespace, '-o', 'jsonpath={.metadata.generation}'), '1');

  const down = await runProgram(t, ['down', '--namespace', namespace], { cwd });
  assert.equal(down.code, 0, down.stderr);
  await pollUntil(() => pods(namespace) === '', 30_000, 'an empty namespace');
});

test('an image whose command fails ends ci with 1 and the last lines of the container', { skip }, async (t) => {
  const { cwd, namespace } = makeSample(t);
  edit(
    path.join(cwd, 'Dockerfile'),
    'ENTRYPOINT ["busybox"',
    'ENTRYPOINT ["sh", "-c", "echo cannot find the pages; exit 7"',
  );
  const run = await runProgram(t, ['ci', '--namespace', namespace], { cwd });
  assert.equal(run.code, 1, run.stderr + run.stdout);
  assert.match(run.stderr, /html[\s\S]*exit(ed)?( with)?( code)? 7[\s\S]*cannot find the pages/);
});

test('a build that fails ends ci with 1, the step and its output', { skip }, async (t) => {
  const { cwd, namespace } = makeSample(t);
  edit(path.join(cwd, 'Dockerfile'), 'ENTRYPOINT', 'RUN echo no compiler here; exit 3\nENTRYPOINT');
  const run = await runProgram(t, ['ci', '--namespace', namespace], { cwd });
  assert.equal(run.code, 1, run.stderr + run.stdout);
  assert.match(run.stderr, /RUN echo no compiler here; exit 3/);
  assert.match(run.stderr, /no compiler here$/m);
  assert.equal(pods(namespace), '');
});

test('up serves an edited page from the cluster; Ctrl-C leaves no process', { skip }, async (t) => {
  const { cwd, namespace } = makeSample(t);
  const id = randomUUID();
  const program = startProgram(t, ['up', '--namespace', namespace], { cwd, env: { TILT_TS_TEST_RUN: id } });
  await program.waitFor(/check │ .*answers 200: Hello from the cluster/, 60_000);
  edit(path.join(cwd, 'index.html'), '<title>Hello from the cluster', '<title>Edited');
  await program.waitFor(/1 File Changed: \[index\.html\]/);
  await pollUntil(
    async () => {
      const page = await fetch(PAGE).catch(() => undefined);
      return (await page?.text())?.includes('<title>Edited') ?? false;
    },
    60_000,
    'the edited page',
  );
  program.signal('SIGINT');
  assert.equal(await program.exit, 130, program.output());
  await assertNothingLeft(`TILT_TS_TEST_RUN=${id}`);
});

test('without a Docker engine ci ends with 4 and says what it tried', { skip }, async (t) => {
  const { cwd, namespace } = makeSample(t);
  const run = await runProgram(t, ['ci', '--namespace', namespace], { cwd, env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } });
  assert.equal(run.code, 4, run.stderr + run.stdout);
  assert.match(run.stderr, /Docker[\s\S]*127\.0\.0\.1:1/);
});

test('without a cluster ci ends with 4 and says what it tried', { skip }, async (t) => {
  const { cwd, namespace } = makeSample(t);
  const config = path.join(cwd, 'kubeconfig');
  const text = kubectl('config', 'view', '--raw');
  writeFileSync(config, text.replace(/server: .*/g, 'server: https://127.0.0.1:1'));
  const run = await runProgram(t, ['ci', '--namespace', namespace], { cwd, env: { KUBECONFIG: config } });
  assert.equal(run.code, 4, run.stderr + run.stdout);
  assert.match(run.stderr, /127\.0\.0\.1:1/);
});
