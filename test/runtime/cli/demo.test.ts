import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

test('demo brings up a project that needs nothing, and takes it away at its end', async (t) => {
  const cwd = makeProject(t, {});
  const temporary = path.join(cwd, 'tmp');
  mkdirSync(temporary);
  const program = startProgram(t, ['demo'], { cwd, env: { TMPDIR: temporary } });
  const [, folder = ''] = await program.waitFor(/A project with two servers is in (\S+), until the demo ends\./);
  await program.waitFor(/Loading Tiltfile at: .*Tiltfile\.ts/);
  await program.waitFor(/build │ built 2 greetings/);
  const greeting = path.join(folder, 'greeting.txt');
  writeFileSync(greeting, readFileSync(greeting, 'utf8').replace('Hello', 'Good day'));
  await program.waitFor(/1 File Changed: .*greeting\.txt[\s\S]*built 2 greetings/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
  assert.deepEqual(readdirSync(temporary), []);
});

test('demo --folder leaves the project where it was asked to put it, and writes over nothing', async (t) => {
  const cwd = makeProject(t, { 'full/mine.txt': 'mine' });
  const program = startProgram(t, ['demo', '--folder', 'there'], { cwd });
  await program.waitFor(/Loading Tiltfile/);
  program.signal('SIGINT');
  await program.exit;
  assert.ok(existsSync(path.join(cwd, 'there/Tiltfile.ts')));
  const refused = await runProgram(t, ['demo', '--folder', 'full'], { cwd });
  assert.deepEqual([refused.code, /"full" is not empty/.test(refused.stderr)], [2, true]);
});
