import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/program.ts';
import { skipWithout } from '../support/testbed.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('the hello sample comes up and greets', async (t) => {
  const run = await runProgram(t, ['ci', '-f', 'samples/hello'], { cwd: root });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(run.stdout, /port 18471 says: Hello, world/);
  assert.match(run.stdout, /port 18472 says: Bonjour, world/);
});

test('the same sources run under Deno', { skip: skipWithout('deno') }, async (t) => {
  const run = await runProgram(t, ['ci', '-f', 'samples/hello'], {
    cwd: root,
    command: ['deno', 'run', '--allow-all', 'runtime/cli/main.ts'],
  });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(run.stdout, /port 18472 says: Bonjour, world/);
});
