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

const others = process.env.TILT_TS_TEST_NODES?.split(':') ?? [];
const noOthers = others.length === 0 && process.env.CI !== 'true' && 'TILT_TS_TEST_NODES names no other Node programs';

test('other versions of Node run it, and say nothing of their own', { skip: noOthers }, async (t) => {
  assert.ok(others.length > 0, 'TILT_TS_TEST_NODES is not set');
  for (const node of others) {
    const run = await runProgram(t, ['ci', '-f', 'samples/hello'], { cwd: root, command: [node, 'dist/main.js'] });
    assert.equal(run.code, 0, node + run.stderr + run.stdout);
    assert.equal(run.stderr, '', node);
  }
});
