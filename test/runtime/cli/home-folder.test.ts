import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

test('sessions and commands of tests keep out of the home folder', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'tilt get uiresources -o name');" });
  const HOME = path.join(cwd, 'home');
  mkdirSync(HOME);
  const program = startProgram(t, ['up', '--port', '0', '--stream'], { cwd, env: { HOME } });
  const [, TILT_PORT = ''] = await program.waitFor(/Listens on http:\/\/localhost:(\d+)\//);
  await program.waitFor(/a │ uiresource\.tilt\.dev\/a/);
  await pollUntil(async () => {
    const run = await runProgram(t, ['get', 'uiresource', 'a', '--port', '1'], { cwd, env: { HOME } });
    return run.stderr.includes(TILT_PORT);
  });
  program.signal('SIGTERM');
  await program.exit;
  assert.equal(existsSync(path.join(HOME, '.tilt-dev')), false);
  assert.ok(process.env.TILT_DEV_DIR, 'test/run.mjs gives what runs in the tests themselves a folder, too');
});
