import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { freePort } from '../support/free-port.ts';
import { makeProject, runProgram } from '../support/program.ts';
import { skipWithout } from '../support/testbed.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A copy of the sample on two free ports: its own may be taken by a demo, by a bench or by whoever tries it. */
async function copy(t: TestContext): Promise<{ readonly folder: string; readonly ports: readonly number[] }> {
  const folder = makeProject(t, {});
  cpSync(path.join(root, 'samples/hello'), folder, { recursive: true });
  const tiltfile = path.join(folder, 'Tiltfile.ts');
  const ports = [await freePort(), await freePort()] as const;
  const text = readFileSync(tiltfile, 'utf8');
  writeFileSync(tiltfile, text.replaceAll('18471', String(ports[0])).replaceAll('18472', String(ports[1])));
  return { folder, ports };
}

test('the hello sample comes up and greets', async (t) => {
  const { folder, ports } = await copy(t);
  const run = await runProgram(t, ['ci', '-f', folder], { cwd: root });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.ok(run.stdout.includes(`port ${ports[0]} says: Hello, world`), run.stdout);
  assert.ok(run.stdout.includes(`port ${ports[1]} says: Bonjour, world`), run.stdout);
});

test('the same sources run under Deno', { skip: skipWithout('deno') }, async (t) => {
  const { folder } = await copy(t);
  const run = await runProgram(t, ['ci', '-f', folder], {
    cwd: root,
    command: ['deno', 'run', '--allow-all', 'runtime/cli/main.ts'],
  });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(run.stdout, /says: Bonjour, world/);
});

const others = process.env.TILT_TS_TEST_NODES?.split(':') ?? [];
const noOthers = others.length === 0 && process.env.CI !== 'true' && 'TILT_TS_TEST_NODES names no other Node programs';

test('other versions of Node run it, and say nothing of their own', { skip: noOthers }, async (t) => {
  assert.ok(others.length > 0, 'TILT_TS_TEST_NODES is not set');
  for (const node of others) {
    const { folder } = await copy(t);
    const run = await runProgram(t, ['ci', '-f', folder], { cwd: root, command: [node, 'dist/main.js'] });
    assert.equal(run.code, 0, node + run.stderr + run.stdout);
    assert.equal(run.stderr, '', node);
  }
});
