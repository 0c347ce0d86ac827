import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { gitRemote } from '../../support/git-remote.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

// `tilt` as commands of a Tiltfile and scripts of extensions call it.

const LINE = /v(\d+\.\d+\.\d+), built \d{4}-\d\d-\d\d, as tilt-ts \d+\.\d+\.\d+/;

/** A project whose temporary folders can be counted. */
function project(t: TestContext, files: Readonly<Record<string, string>>) {
  const cwd = makeProject(t, files);
  const temporary = path.join(cwd, 'a folder’s');
  mkdirSync(temporary);
  return { cwd, env: { TMPDIR: temporary }, left: () => readdirSync(temporary) };
}

test('every process finds a tilt that is this program, and where its server is', async (t) => {
  const { cwd, env, left } = project(t, {
    Tiltfile: `
print('while loading: ' + str(local('tilt version; echo "$TILT_HOST:$TILT_PORT"', quiet=True)))
print('without a shell: ' + str(local(['tilt', 'version'], quiet=True)))
os.putenv('PATH', '/usr/bin:/bin')
local_resource('update', 'echo "update: $(tilt version) $TILT_HOST:$TILT_PORT"', env={'TILT_PORT': '7'})
local_resource('server', serve_cmd='echo "server: $(tilt version)"; touch said; sleep 100', serve_env={'PATH': '/usr/bin:/bin'},
  readiness_probe=probe(exec=exec_action(['sh', '-c', 'tilt version && test -e said'])))
`,
  });
  const run = await runProgram(t, ['ci', '--port', '0'], { cwd, env });
  assert.equal(run.code, 0, run.stdout + run.stderr);
  const port = /Listens on http:\/\/localhost:(\d+)/.exec(run.stdout)?.[1];
  for (const who of ['while loading', 'without a shell', 'update', 'server']) {
    assert.match(run.stdout, new RegExp(`${who}: ${LINE.source}`));
  }
  assert.match(run.stdout, new RegExp(`^localhost:${port}$`, 'm'));
  assert.match(run.stdout, /update: .* localhost:7$/m);
  assert.deepEqual(left(), []);
});

test('the command goes when the program is told to end, and a cleared environment has none', async (t) => {
  const { cwd, env, left } = project(t, {
    'Tiltfile.js': `
      const { stdout } = new Deno.Command('/usr/bin/env', { clearEnv: true, env: { ONLY: 'this' } }).outputSync();
      print('cleared: ' + new TextDecoder().decode(stdout).trim() + '.');
      local_resource('long', { serve_cmd: 'tilt version; sleep 1000' });`,
  });
  const program = startProgram(t, ['up'], { cwd, env });
  await program.waitFor(new RegExp(`long .*${LINE.source}`));
  assert.match(program.output(), /cleared: ONLY=this\.$/m);
  assert.equal(left().length, 1);
  program.signal('SIGTERM');
  await program.exit;
  assert.deepEqual(left(), []);
});

test('what Tilt has and this program does not fails with its name', async (t) => {
  const { cwd, env } = project(t, {
    'Tiltfile.js': "local(['tilt', 'lsp', 'start']);",
  });
  const run = await runProgram(t, ['ci'], { cwd, env });
  assert.match(run.stdout, /Error: "tilt lsp" is a command of Tilt that tilt-ts does not have\. Editors/);
  assert.match(run.stderr, /command "tilt lsp start" failed\.\nerror: exit status 2/);
  assert.equal(run.code, 5);
});

test('an extension checks the version by the command line', { skip: skipWithout('git') }, async (t) => {
  const remote = gitRemote(t, {
    'at_least/Tiltfile': `
def at_least(wanted):
  line = str(local('tilt version', quiet=True))
  version = line.split(', ')[0].replace('v', '')
  if [int(part) for part in version.split('.')] < [int(part) for part in wanted.split('.')]:
    fail('needs ' + wanted + ', found ' + version)
`,
  });
  const register = "v1alpha1.extension_repo(name='default', url='https://git.test/extensions')\n";
  const use = (version: string) => `${register}load('ext://at_least', 'at_least')\nat_least('${version}')\n`;
  const { cwd } = project(t, { Tiltfile: use('0.30.0'), 'late/Tiltfile': use('99.0.0') });
  const result = ['alpha', 'tiltfile-result', '-f'];
  const right = await runProgram(t, [...result, 'Tiltfile'], { cwd, env: remote.environment });
  assert.equal(right.code, 0, right.stderr);
  const wrong = await runProgram(t, [...result, 'late/Tiltfile'], { cwd, env: remote.environment });
  assert.equal(wrong.code, 5, wrong.stderr);
  assert.match(wrong.stderr, /Error: needs 99\.0\.0, found \d+\.\d+\.\d+/);
});
