import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

test('a script for Deno does the same as a Tiltfile', { skip: skipWithout('deno') }, async (t) => {
  const folder = makeProject(t, {
    'data/ä.txt': 'grün\n',
    'data/plain.txt': 'plain',
    'data/bom.txt': '\ufeffx',
    'data/sub/x': '',
  });
  writeFileSync(path.join(folder, 'data/bytes.bin'), new Uint8Array([0, 255, 10, 13, 128]));
  symlinkSync('plain.txt', path.join(folder, 'data/link'));
  symlinkSync('loop', path.join(folder, 'data/loop'));
  copyFileSync(path.join(import.meta.dirname, 'fixtures/Tiltfile.ts'), path.join(folder, 'Tiltfile.ts'));
  const env = { SAME: 'one', KEPT: 'kept', NO_COLOR: '1' };
  const deno = spawnSync('deno', ['run', '--no-check', '-A', 'Tiltfile.ts', 'a', 'b c'], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  assert.equal(deno.status, 0, deno.stderr);
  const args = ['alpha', 'tiltfile-result', '--', 'a', 'b c'];
  const ours = await runProgram(t, args, { cwd: folder, env });
  // The names after -- choose resources too, of which there are none.
  const printed = ours.stderr.split('\n').filter((line) => !line.startsWith('Loading Tiltfile at: '));
  const end = printed.findIndex((line) => line.startsWith('Error: You specified some resources'));
  assert.deepEqual(printed.slice(0, end), deno.stdout.split('\n').slice(0, -1));
  assert.ok(end > 50, ours.stderr);
});

const root = path.resolve(import.meta.dirname, '../../..');
const fixtures = path.join(import.meta.dirname, 'fixtures');

test('editors without Deno know what a Tiltfile has of it', () => {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', fixtures], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});

test('Deno’s own types go together with those of the builtins', { skip: skipWithout('deno') }, () => {
  const files = [path.join(fixtures, 'Tiltfile.ts'), path.join(root, 'stdlib/tilt.d.ts')];
  const { status, stderr } = spawnSync('deno', ['check', ...files], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
