import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runToEnd } from '../../../../runtime/clients/process/run-to-end.ts';
import { CommandRig, isAlive } from '../../../support/command-rig.ts';

const never = new AbortController().signal;

test('output is captured apart and streamed, characters are not cut', async (t) => {
  const rig = await CommandRig.create(t);
  const { argv, dir } = rig.command('a');
  let streamed = '';
  const result = runToEnd({ argv, dir, env: process.env }, (text) => (streamed += text), never);
  const run = await rig.started('a');
  const bytes = Buffer.from('für');
  await run.print(bytes.subarray(0, 2));
  await run.print(bytes.subarray(2));
  await run.print('oops', 'stderr');
  run.exit(3);
  const end = await result;
  assert.ok(end.ok);
  assert.equal(Buffer.from(end.value.stdout).toString(), 'für');
  assert.equal(Buffer.from(end.value.stderr).toString(), 'oops');
  assert.equal(end.value.exitCode, 3);
  assert.ok(streamed.includes('für'));
});

test('an abort ends the tree', async (t) => {
  const rig = await CommandRig.create(t);
  const { argv, dir } = rig.command('a');
  const abort = new AbortController();
  const result = runToEnd({ argv, dir, env: process.env }, () => {}, abort.signal);
  const run = await rig.started('a');
  run.child('b');
  const below = await rig.started('b');
  abort.abort();
  const end = await result;
  assert.equal(end.ok, false);
  assert.deepEqual([isAlive(run.pid), isAlive(below.pid)], [false, false]);
});

test('a command that is not there is named', async () => {
  const end = await runToEnd({ argv: ['tilt-ts-nosuch', 'x'], dir: '/', env: process.env }, () => {}, never);
  assert.deepEqual(end, {
    ok: false,
    error: {
      code: 'ENOENT',
      message: 'Cannot run "tilt-ts-nosuch": command not found in PATH',
      subject: 'tilt-ts-nosuch',
    },
  });
});
