import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import { deployment, kubectl, makeClusterProject, podSpec, pushImage } from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, type RunningProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

// A machine that sleeps, a program that somebody stops for a while, and a clock that is set.

const isPosix = process.platform !== 'win32';
const skip = !isPosix && 'needs the signals of Unix';
const SUSPENDED_MS = 4_000;

const SERVER = `
const { createServer } = require('node:http');
const server = createServer((request, response) => {
  console.log('asked');
  setTimeout(() => { response.end('ok'); console.log('answered'); }, 600);
});
server.listen(0, '127.0.0.1', () => console.log('listens on ' + server.address().port));
`;

const tiltfile = (port: string) => `
local_resource('probed', {
  serve_cmd: 'sleep 300',
  readiness_probe: probe({ http_get: http_get_action(${port}), period_secs: 1, timeout_secs: 1, failure_threshold: 1 }),
});
local_resource('one', 'cat one.txt', { deps: ['one.txt'] });
`;

/** A session with a server that takes its time to answer. */
async function disturbed(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const cwd = makeProject(t, { 'server.cjs': SERVER, 'one.txt': 'as it was\n' });
  const server = startProgram(t, ['server.cjs'], { cwd, command: [process.execPath] });
  const [, port = ''] = await server.waitFor(/listens on (\d+)/);
  writeFileSync(path.join(cwd, 'Tiltfile.js'), tiltfile(port));
  const program = startProgram(t, ['up', '--stream'], { cwd, env });
  await program.waitFor(/one │ as it was/);
  await moreOf('answered', server);
  return { cwd, program, server };
}

/** Once the server has said that word a few more times. */
async function moreOf(word: 'asked' | 'answered', server: RunningProgram, count = 2): Promise<void> {
  const said = () => server.output().split(word).length;
  const before = said();
  await pollUntil(() => said() >= before + count, 20_000, `a server that says "${word}"`);
}

test('a program that was stopped for a while goes on: what changed meanwhile is seen, and no server counts as dead', {
  skip,
}, async (t) => {
  // Stopped in the middle of a probe.
  const { cwd, program, server } = await disturbed(t);
  await moreOf('asked', server, 1);
  program.signal('SIGSTOP');
  server.signal('SIGSTOP');
  writeFileSync(path.join(cwd, 'one.txt'), 'changed meanwhile\n');
  await passes(SUSPENDED_MS);
  program.signal('SIGCONT');
  server.signal('SIGCONT');
  await program.waitFor(/one │ changed meanwhile/);
  await moreOf('answered', server);
  assert.doesNotMatch(program.output(), /readiness probe: failure/);
});

test('pods that came while the program was stopped are followed when it goes on', {
  skip: skip || skipWithout('docker', 'cluster', 'busybox'),
}, async (t) => {
  pushImage();
  const spec = podSpec('echo "here is $HOSTNAME"; exec sleep 300');
  const { cwd, namespace } = await makeClusterProject(t, [deployment('web', spec)]);
  const program = startProgram(t, ['up', '--stream', '--namespace', namespace], { cwd });
  const [, first = ''] = await program.waitFor(/here is (\S+)/);
  program.signal('SIGSTOP');
  await kubectl('delete', 'pod', first, '-n', namespace, '--wait=false');
  await passes(SUSPENDED_MS);
  program.signal('SIGCONT');
  await pollUntil(
    () => [...program.output().matchAll(/here is (\S+)/g)].some(([, pod]) => pod !== first),
    40_000,
    'the log of the next pod',
  );
  assert.doesNotMatch(program.output(), /ERROR|does not answer/);
});

const SET_CLOCK = `
const { readFileSync } = require('node:fs');
const real = Date.now;
let offset = 0;
setInterval(() => { try { offset = Number(readFileSync(process.env.CLOCK_FILE, 'utf8')); } catch {} }, 20).unref();
Date.now = () => real() + offset;
`;

for (const jump of [3_600_000, -3_600_000]) {
  test(`a clock that is set by ${jump / 60_000} minutes changes nothing`, { skip }, async (t) => {
    const folder = makeProject(t, { 'clock.cjs': SET_CLOCK });
    const clock = path.join(folder, 'clock');
    const env = { NODE_OPTIONS: `--require ${path.join(folder, 'clock.cjs')}`, CLOCK_FILE: clock };
    const { cwd, program, server } = await disturbed(t, env);
    writeFileSync(clock, String(jump));
    await moreOf('answered', server);
    writeFileSync(path.join(cwd, 'one.txt'), 'after the clock was set\n');
    await program.waitFor(/one │ after the clock was set/);
    assert.equal(program.output().split('after the clock was set').length, 2);
    await moreOf('answered', server);
    assert.doesNotMatch(program.output(), /readiness probe: failure|ERROR/);
    program.signal('SIGINT');
    assert.equal(await program.exit, 130);
  });
}
