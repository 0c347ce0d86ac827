import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { assertNothingLeft, processesWith } from '../../support/processes.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import { startInTerminal, withoutPty } from '../../support/pty.ts';

const skip = process.platform !== 'linux' && 'looks for processes in /proc';

let count = 0;

/** A session that was killed while a server ran, and another one that became a daemon. */
async function killed(t: TestContext) {
  const marker = ['TILT_TS_TEST_LEFT', `${process.pid}-${count++}`] as const;
  const folder = makeProject(t, {
    'Tiltfile.js': `
      local_resource('plain', { serve_cmd: 'echo plain serves; exec sleep 300' });
      local_resource('daemon', { serve_cmd: 'setsid sh -c "(setsid sleep 301 &)"; echo daemon serves; exec sleep 302' });`,
  });
  const state = makeProject(t, {});
  const env = { [marker[0]]: marker[1], TILT_TS_STATE: state };
  const program = startProgram(t, ['up'], { cwd: folder, env });
  await program.waitFor(/plain serves/);
  await program.waitFor(/daemon serves/);
  const record = path.join(state, 'sessions', `${program.pid}.json`);
  // The two servers.
  await pollUntil(() => existsSync(record) && JSON.parse(readFileSync(record, 'utf8')).groups.length >= 2);
  const mark = marker.join('=');
  const left = () => processesWith(mark);
  await pollUntil(() => left().length >= 4);
  program.signal('SIGKILL');
  await program.exit;
  await pollUntil(() => left().length === 3);
  t.after(() => {
    for (const pid of left()) process.kill(pid, 'SIGKILL');
  });
  return { folder, env, mark, left, state };
}

test('what a killed session left is told by the next one, and ended with --reap', { skip }, async (t) => {
  const { folder, env, mark, left, state } = await killed(t);
  const before = left();
  const second = startProgram(t, ['up'], { cwd: folder, env });
  await second.waitFor(/was killed and left what it ran:\n.*echo plain serves.*\n.*setsid/);
  await second.waitFor(/End it with --reap, or with: kill \d+ \d+ \d+/);
  await second.waitFor(/plain serves/);
  await second.waitFor(/daemon serves/);
  second.signal('SIGINT');
  await second.exit;
  assert.deepEqual(left().sort(), before.sort());

  const elsewhere = startProgram(t, ['up', '--reap'], {
    cwd: makeProject(t, { 'Tiltfile.js': "local_resource('a', 'echo done')" }),
    env,
  });
  await elsewhere.waitFor(/│ done/);
  elsewhere.signal('SIGINT');
  await elsewhere.exit;
  assert.equal(left().length, 3);

  const third = startProgram(t, ['up', '--reap'], { cwd: folder, env });
  await third.waitFor(/It is ended\./);
  await third.waitFor(/plain serves/);
  assert.ok(!before.some((pid) => left().includes(pid)));
  third.signal('SIGINT');
  await third.exit;
  await assertNothingLeft(mark);
  assert.deepEqual(readdirSync(path.join(state, 'sessions')), []);
});

test('in a terminal it is asked for', { skip: skip || withoutPty() }, async (t) => {
  const { folder, env, left } = await killed(t);
  const before = left();
  const program = startInTerminal(t, ['up'], { cwd: folder, env });
  await program.shows(/End it\? \[Y\/n\]/);
  program.press('\r');
  await program.shows(/It is ended/);
  await program.shows(/plain serves/);
  assert.ok(!before.some((pid) => left().includes(pid)));
  program.press('q');
  assert.equal((await program.exit).code, 130);
});

test('a lock beside the list of sessions that another program left, as Tilt does, keeps no run from its end', async (t) => {
  const folder = makeProject(t, { 'config.lock': '' });
  // Never old enough to be taken for one that was left.
  const later = new Date(Date.now() + 3_600_000);
  utimesSync(path.join(folder, 'config.lock'), later, later);
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'sleep 1');" });
  const run = await runProgram(t, ['ci'], { cwd, env: { TILT_DEV_DIR: folder } });
  assert.equal(run.code, 0, run.stderr);
});
