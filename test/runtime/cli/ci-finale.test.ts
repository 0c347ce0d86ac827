import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { assertNothingLeft, processesWith } from '../../support/processes.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

/** A state folder of the test's own, and a mark for everything that a run starts. Sessions in the background end with the test. */
function surroundings(t: TestContext) {
  const id = randomUUID();
  const state = makeProject(t, {});
  const env = { TILT_TS_TEST_RUN: id, TILT_TS_STATE: state };
  const marker = `TILT_TS_TEST_RUN=${id}`;
  t.after(() => {
    for (const pid of processesWith(marker)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    }
  });
  return { env, marker };
}

const SERVER = "local_resource('srv', { serve_cmd: 'echo serving; exec sleep 1000' });";

test('--exec runs when everything is healthy, its output is shown, and its code is that of the run', async (t) => {
  const { env, marker } = surroundings(t);
  const cwd = makeProject(t, { 'Tiltfile.js': SERVER });
  const good = await runProgram(t, ['ci', '--exec', 'echo out; echo err >&2; printf "no newline"'], { cwd, env });
  assert.equal(good.code, 0, good.stderr);
  assert.match(good.stdout, /serving[\s\S]*^Running cmd: echo out[\s\S]*^out$[\s\S]*^no newline$[\s\S]*SUCCESS/m);
  assert.match(good.stdout, /^err$/m);
  const bad = await runProgram(t, ['ci', '--exec', 'exit 42'], { cwd, env });
  assert.equal(bad.code, 42);
  assert.equal(bad.stderr, '\nError: The command of --exec failed: exit status 42: exit 42\n');
  assert.doesNotMatch(bad.stdout, /SUCCESS/);
  const killed = await runProgram(t, ['ci', '--exec', 'kill -KILL $$'], { cwd, env });
  assert.equal(killed.code, 137);
  await assertNothingLeft(marker);
});

test('--exec does not run when something failed, and ends with its tree at the limit of the run or by a signal', async (t) => {
  const { env, marker } = surroundings(t);
  const failing = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'exit 3');" });
  const run = await runProgram(t, ['ci', '--exec', 'touch ran'], { cwd: failing, env });
  assert.equal(run.code, 1);
  assert.equal(existsSync(path.join(failing, 'ran')), false);

  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'true');" });
  const late = await runProgram(t, ['ci', '--timeout', '2s', '--exec', 'sleep 1000 & sleep 1000'], { cwd, env });
  assert.equal(late.code, 3, late.stderr);
  assert.match(late.stderr, /^Error: Timeout after 2s: the command of --exec still ran: sleep 1000 & sleep 1000$/m);
  const stopped = startProgram(
    t,
    ['ci', '--exec', "trap 'echo told to end; exit 9' TERM; echo begun; while true; do sleep 0.05; done"],
    { cwd, env },
  );
  await stopped.waitFor(/^begun$/m);
  stopped.signal('SIGTERM');
  assert.equal(await stopped.exit, 143, stopped.output());
  assert.match(stopped.stdout(), /^told to end$/m);
  await assertNothingLeft(marker);
});

test('a server that fails while --exec runs fails the run', async (t) => {
  const { env } = surroundings(t);
  const cwd = makeProject(t, {
    'Tiltfile.js': `local_resource('srv', { serve_cmd: 'until [ -e end ]; do sleep 0.02; done; exit 7', readiness_probe: probe({ exec: exec_action(['true']) }) });`,
  });
  const run = await runProgram(t, ['ci', '--exec', 'touch end; sleep 1'], { cwd, env });
  assert.equal(run.code, 1, run.stdout);
  assert.match(run.stderr, /srv: Server .* exited with exit code 7/);
});

test('--detach leaves everything running when it is healthy, and stop ends it', async (t) => {
  const { env, marker } = surroundings(t);
  const cwd = makeProject(t, { 'Tiltfile.js': SERVER });
  const run = await runProgram(t, ['ci', '--detach'], { cwd, env });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /│ serving[\s\S]*SUCCESS[\s\S]*It keeps running in the background \(process \d+\)/);
  const log = /Its log goes on in (\S+)/.exec(run.stdout)?.[1] ?? '';
  assert.match(readFileSync(log, 'utf8'), /serving/);
  assert.equal(processesWith(marker).length, 2);

  const again = await runProgram(t, ['ci', '--detach'], { cwd, env });
  assert.equal(again.code, 0, again.stderr);
  assert.match(
    again.stdout,
    /^A session of \S+Tiltfile\.js runs in the background already \(process \d+\): it is ended first\.$/m,
  );
  assert.equal(processesWith(marker).length, 2);

  const stopped = await runProgram(t, ['stop'], { cwd, env });
  assert.equal(stopped.code, 0, stopped.stderr);
  assert.match(stopped.stdout, /^Stopped the session of \S+Tiltfile\.js \(process \d+\)\.$/m);
  await assertNothingLeft(marker);
  const none = await runProgram(t, ['stop'], { cwd, env });
  assert.deepEqual([none.code, none.stdout], [0, 'Nothing to stop: no such session runs in the background.\n']);
});

test('--detach of a run that fails ends with its code, says why on stderr, and leaves nothing', async (t) => {
  const { env, marker } = surroundings(t);
  const cwd = makeProject(t, { 'Tiltfile.js': `${SERVER}\nlocal_resource('bad', 'echo because; exit 3');` });
  const run = await runProgram(t, ['ci', '--detach'], { cwd, env });
  assert.equal(run.code, 1, run.stdout);
  assert.match(run.stderr, /^Error: bad: .*exit status 3.*\n {4}because$/m);
  await assertNothingLeft(marker);
});

test('whoever ends the waiting ends what it waits for, too', async (t) => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const { env, marker } = surroundings(t);
    const cwd = makeProject(t, { 'Tiltfile.js': `${SERVER}\nlocal_resource('slow', 'echo slow begins; sleep 1000');` });
    const program = startProgram(t, ['ci', '--detach'], { cwd, env });
    await program.waitFor(/│ slow begins/);
    program.signal(signal);
    assert.equal(await program.exit, signal === 'SIGTERM' ? 143 : 137);
    await pollUntil(() => processesWith(marker).length === 0, 15_000);
  }
});

test('stop asks which of several sessions is meant', async (t) => {
  const { env, marker } = surroundings(t);
  const [one, two] = [makeProject(t, { 'Tiltfile.js': SERVER }), makeProject(t, { 'Tiltfile.js': SERVER })];
  for (const cwd of [one, two]) assert.equal((await runProgram(t, ['ci', '--detach'], { cwd, env })).code, 0);
  const elsewhere = makeProject(t, {});
  const unclear = await runProgram(t, ['stop'], { cwd: elsewhere, env });
  assert.equal(unclear.code, 2);
  assert.match(unclear.stderr, /Several sessions run[\s\S]*Tiltfile\.js[\s\S]*Tiltfile\.js/);
  const named = await runProgram(t, ['stop', two], { cwd: elsewhere, env });
  assert.match(named.stdout, new RegExp(`^Stopped the session of ${two}/Tiltfile\\.js`));
  const last = await runProgram(t, ['stop', '--all'], { cwd: elsewhere, env });
  assert.match(last.stdout, new RegExp(`^Stopped the session of ${one}/Tiltfile\\.js`));
  await assertNothingLeft(marker);
});

test('--quiet prints no logs but those of what failed; --log-level leaves out what is below it', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('good', 'echo from-good');
      local_resource('bad', 'echo from-bad; exit 3', { resource_deps: ['good'] });`,
  });
  const quiet = await runProgram(t, ['ci', '--quiet', '--exec', 'echo exec'], { cwd });
  assert.equal(quiet.code, 1);
  assert.doesNotMatch(quiet.stdout, /from-good/);
  assert.match(quiet.stdout, /bad │ from-bad/);
  const fine = await runProgram(t, ['ci', '--quiet', '--exec', 'echo said-by-exec', 'good'], { cwd });
  assert.equal(fine.code, 0, fine.stderr);
  assert.match(fine.stdout, /^said-by-exec$/m);
  assert.doesNotMatch(fine.stdout, /from-good|Loading/);
  const warnings = await runProgram(t, ['ci', '--log-level', 'error'], { cwd });
  assert.match(warnings.stdout, /bad │ ERROR: Build Failed/);
  assert.doesNotMatch(warnings.stdout, /│ from-|from-good/);
});

test('a log that nobody sees moving has a line for each resource that came to its end', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `${SERVER}\nlocal_resource('tests', 'if [ -e x ]; then true; else touch x; false; fi', { retries: 1 });`,
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^ +srv │ ready after \S+$/m);
  assert.match(run.stdout, /^ +tests │ done after \S+, at attempt 2$/m);
  assert.equal(run.stdout.match(/│ (ready|done) after/g)?.length, 2);
});
