import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

const TILTFILE = "load('./lib/Tiltfile', 'cmd')\nlocal_resource('web', cmd('x'))\n";
const FILES = { Tiltfile: TILTFILE, 'lib/Tiltfile': "def cmd(x):\n    return 'run ' + x\n" };

const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');

test('port writes TypeScript beside the Tiltfile and what it loads, and --check finds them the same', async (t) => {
  const cwd = makeProject(t, FILES);
  const run = await runProgram(t, ['port', '--check'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /Tiltfile → Tiltfile\.ts\n.*lib\/Tiltfile → lib\/Tiltfile\.ts/s);
  assert.match(run.stderr, /Everything could be said in JavaScript\.\nBoth declare the same\./);
  assert.equal(
    read(cwd, 'Tiltfile.ts'),
    "import { cmd } from './lib/Tiltfile.ts';\nlocal_resource('web', cmd('x'));\n",
  );
  assert.equal(read(cwd, 'lib/Tiltfile.ts'), "export function cmd(x: string) {\n  return 'run ' + x;\n}\n");
});

test('port --stdout prints JavaScript for the Tiltfile alone', async (t) => {
  const cwd = makeProject(t, FILES);
  const run = await runProgram(t, ['port', 'Tiltfile', '--stdout'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(run.stdout, "import { cmd } from './lib/Tiltfile';\nlocal_resource('web', cmd('x'));\n");
  assert.equal(existsSync(path.join(cwd, 'Tiltfile.ts')), false);
});

test('port --check has nothing to run with --stdout, and says so', async (t) => {
  const cwd = makeProject(t, FILES);
  const run = await runProgram(t, ['port', '--stdout', '--check'], { cwd });
  assert.equal(run.code, 2);
  assert.equal(run.stdout, '');
  assert.match(run.stderr, /^Error: --check runs the port.*--out FILE/);
});

test('port --js --out writes JavaScript where it is told', async (t) => {
  const cwd = makeProject(t, { Tiltfile: "def f(a, b=1): return a\nprint(f('x', b=2))\n" });
  const run = await runProgram(t, ['port', '--js', '--out', 'other/Tiltfile.js'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(
    read(cwd, 'other/Tiltfile.js'),
    "function f(a, { b = 1 } = {}) {\n  return a;\n}\nprint(f('x', { b: 2 }));\n",
  );
});

test('port replaces nothing unless it is told to', async (t) => {
  const cwd = makeProject(t, { ...FILES, 'lib/Tiltfile.ts': 'mine\n' });
  const run = await runProgram(t, ['port'], { cwd });
  assert.equal(run.code, 2);
  assert.match(run.stderr, /lib\/Tiltfile\.ts is there already\..*--force/);
  assert.equal(existsSync(path.join(cwd, 'Tiltfile.ts')), false);
  assert.equal((await runProgram(t, ['port', '--force'], { cwd })).code, 0);
  assert.match(read(cwd, 'lib/Tiltfile.ts'), /export function cmd/);
});

test('port --check says what differs, and where', async (t) => {
  const cwd = makeProject(t, { Tiltfile: "local_resource('web', 'run')\nlocal_resource('db', 'true')\n" });
  writeFileSync(path.join(cwd, 'Tiltfile.ts'), "\nlocal_resource('web', 'walk');\nlocal_resource('more', 'true');\n");
  const run = await runProgram(t, ['port', '--check'], { cwd });
  assert.equal(run.code, 5);
  assert.match(run.stderr, /Tiltfile\.ts is there already, and compared as it is\./);
  assert.match(run.stderr, /Resource "web" \(Tiltfile:1, Tiltfile\.ts:2\): .*"run" and is "walk"/);
  assert.match(run.stderr, /Resource "db" \(Tiltfile:2\) is missing in the port\./);
  assert.match(run.stderr, /Resource "more" \(Tiltfile\.ts:3\) is in the port alone\./);
});

test('port --check tells nothing of what fails in both', async (t) => {
  const cwd = makeProject(t, { Tiltfile: "fail('not today')\n" });
  const run = await runProgram(t, ['port', '--check'], { cwd });
  assert.equal(run.code, 5);
  assert.match(run.stderr, /Both fail, so there is nothing to compare:\n.*not today/s);
});

test('what cannot be ported faithfully is marked and counted', async (t) => {
  const cwd = makeProject(t, { Tiltfile: 'def f(a):\n    return a\n\nf(1, 2)\n' });
  const run = await runProgram(t, ['port', '--stdout'], { cwd });
  assert.equal(run.code, 0);
  assert.match(
    run.stdout,
    /\/\/ port: Tilt refuses this call: function f accepts 1 positional argument \(2 given\)\nfail\(/,
  );
  assert.match(run.stderr, /^Tiltfile:4:1: .*\n1 place is not quite the same/);
});

test('a Tiltfile with a mistake is refused with its place, and its port fails with the same words', async (t) => {
  const cwd = makeProject(t, { Tiltfile: 'x = [\n' });
  const run = await runProgram(t, ['port', '--stdout'], { cwd });
  assert.equal(run.code, 5);
  assert.match(run.stderr, /^Error: Tiltfile:2:1: got end of file/);
  assert.match(run.stdout, /^fail\('got end of file/m);
  const missing = await runProgram(t, ['port', 'nowhere/Tiltfile'], { cwd });
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /Cannot read "nowhere\/Tiltfile": no such file/);
});
