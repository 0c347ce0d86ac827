import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

const TILTFILE = `
local_resource('db', 'echo ran-db', { labels: 'data' });
local_resource('api', 'echo ran-api', { deps: ['api'], ignore: '**/*.md', resource_deps: ['db'], labels: ['app'] });
local_resource('web', 'echo ran-web', { deps: ['web'], labels: ['app', 'ui'] });
local_resource('e2e', 'echo ran-e2e', { resource_deps: ['web', 'api'] });
`;

function project(t: TestContext, tiltfile = TILTFILE): string {
  const cwd = makeProject(t, {
    'Tiltfile.js': tiltfile,
    'api/main.go': '1',
    'api/README.md': '1',
    'web/index.html': '1',
  });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd, stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  return cwd;
}

const ran = (output: string) => [...output.matchAll(/│ ran-(\w+)$/gm)].map(([, name]) => name).sort();

test('ci --labels takes what bears one of them, and what that needs', async (t) => {
  const cwd = project(t);
  const run = await runProgram(t, ['ci', '--labels', 'app'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(ran(run.stdout), ['api', 'db', 'web']);
  const unknown = await runProgram(t, ['ci', '--labels', 'ui,nosuch'], { cwd });
  assert.equal(unknown.code, 5);
  assert.match(unknown.stderr, /labels that no resource has: "nosuch"\n.*"app", "data", "ui"/);
});

test('ci --since takes what changed, what depends on it, and what that needs, and says why', async (t) => {
  const cwd = project(t);
  const nothing = await runProgram(t, ['ci', '--since', 'HEAD'], { cwd });
  assert.equal(nothing.code, 0, nothing.stderr);
  assert.match(
    nothing.stdout,
    /^0 files changed since HEAD \(\w{10}\): nothing runs, for none of 4 resources is affected$/m,
  );
  assert.match(nothing.stdout, /Nothing to do/);
  assert.deepEqual(ran(nothing.stdout), []);

  writeFileSync(path.join(cwd, 'api/README.md'), '2');
  writeFileSync(path.join(cwd, 'web/new.html'), '2');
  const run = await runProgram(t, ['ci', '--since', 'HEAD'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^2 files changed since HEAD \(\w{10}\): 4 of 4 resources run$/m);
  assert.match(run.stdout, /^ {2}web {2}its files changed: web\/new\.html$/m);
  assert.match(run.stdout, /^ {2}e2e {2}depends on web$/m);
  assert.match(run.stdout, /^ {2}api {2}is needed by e2e$/m);
  const one = await runProgram(t, ['ci', '--since', 'HEAD', '--labels', 'ui'], { cwd });
  assert.deepEqual(ran(one.stdout), ['web']);
});

test('plan --since lists what would run and why, also for programs', async (t) => {
  const cwd = project(t);
  writeFileSync(path.join(cwd, 'Tiltfile.js'), TILTFILE.replace('echo ran-web', 'echo ran-new-web'));
  const text = await runProgram(t, ['plan', '--since', 'HEAD'], { cwd });
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^ {2}web {2}what the Tiltfile says of it changed: Tiltfile\.js$/m);
  const json = await runProgram(t, ['plan', '--since', 'HEAD', '--json'], { cwd });
  const { changedFiles, resources } = JSON.parse(json.stdout);
  assert.deepEqual(changedFiles, ['Tiltfile.js']);
  const web = resources.find(({ name }: { readonly name: string }) => name === 'web');
  assert.deepEqual(web, { name: 'web', kind: 'changed', by: 'declaration', paths: ['Tiltfile.js'] });
});

test('ci --since compares what a changed Tiltfile declares with what it declared', async (t) => {
  const cwd = project(t);
  const since = async (tiltfile: string) => {
    writeFileSync(path.join(cwd, 'Tiltfile.js'), tiltfile);
    const run = await runProgram(t, ['ci', '--since', 'HEAD'], { cwd });
    assert.equal(run.code, 0, run.stderr);
    return run.stdout;
  };
  // Lines move, paths are written in another way.
  assert.deepEqual(ran(await since(`// moved\n${TILTFILE.replace("['web']", "['./web']")}`)), []);
  assert.deepEqual(ran(await since(TILTFILE.replace('echo ran-db', 'true; echo ran-db'))), ['api', 'db', 'e2e', 'web']);
  assert.deepEqual(ran(await since(`${TILTFILE}local_resource('new', 'echo ran-new');`)), ['new']);
  const all = await since(`${TILTFILE}update_settings({ max_parallel_updates: 2 });`);
  assert.equal(ran(all).length, 4);
  assert.match(all, /^The Tiltfile changed for all: .*settings/m);
  assert.equal(execFileSync('git', ['status', '--porcelain'], { cwd, encoding: 'utf8' }), ' M Tiltfile.js\n');
});

test('a Tiltfile that ran commands then counts as changed for all, and no command runs twice', async (t) => {
  const cwd = project(t, `${TILTFILE}local('echo called >> calls');\n`);
  writeFileSync(path.join(cwd, 'Tiltfile.js'), `${TILTFILE}local('echo called >> calls'); // again\n`);
  const run = await runProgram(t, ['ci', '--since', 'HEAD'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(ran(run.stdout), ['api', 'db', 'e2e', 'web']);
  assert.match(run.stdout, /^The Tiltfile changed for all: .*"?sh"?/m);
  assert.equal(readFileSync(path.join(cwd, 'calls'), 'utf8'), 'called\n');
});

test('a revision that is not there is a mistake of the command line', async (t) => {
  const cwd = project(t);
  for (const command of ['ci', 'plan']) {
    const run = await runProgram(t, [command, '--since', 'nosuch'], { cwd });
    assert.equal(run.code, 2, run.stderr);
    assert.match(run.stderr, /^Error: Cannot tell what changed since "nosuch"/);
    assert.equal(run.stdout, '');
  }
});
