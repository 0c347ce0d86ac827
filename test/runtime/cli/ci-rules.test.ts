import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { assertNothingLeft } from '../../support/processes.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

/** Marks everything that a run starts, by its environment, so that what is left can be found. */
function marked(): { readonly env: Readonly<Record<string, string>>; readonly marker: string } {
  const id = randomUUID();
  return { env: { TILT_TS_TEST_RUN: id }, marker: `TILT_TS_TEST_RUN=${id}` };
}

test('a command that hangs is ended with its tree at its limit, and its end is shown', async (t) => {
  const { env, marker } = marked();
  const cwd = makeProject(t, {
    'Tiltfile.js': "local_resource('hangs', 'echo step one; (sleep 1000 & sleep 1000)', { timeout: '500ms' });",
  });
  const run = await runProgram(t, ['ci'], { cwd, env });
  assert.equal(
    run.stderr,
    '\nError: hangs: Command "echo step one; (sleep 1000 & sleep 1000)" was stopped: it ran longer than 500ms (Tiltfile.js:1:1)\n' +
      '    step one\n',
  );
  assert.equal(run.code, 3);
  await assertNothingLeft(marker);
});

test('ci_settings limits every command, and a resource may have a limit of its own', async (t) => {
  const cwd = makeProject(t, {
    Tiltfile:
      "ci_settings(build_timeout='300ms', readiness_timeout='10s')\n" +
      "local_resource('quick', 'sleep 0.6', timeout='20s')\n" +
      "local_resource('slow', 'sleep 100')\n",
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 3, run.stderr);
  assert.match(run.stderr, /^Error: slow: Command "sleep 100" was stopped: it ran longer than 300ms/m);
  assert.doesNotMatch(run.stderr, /quick/);
});

test('a server has its own time to become ready', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `local_resource('api', { serve_cmd: 'sleep 100', readiness_timeout: '500ms',
      readiness_probe: probe({ exec: exec_action(['false']) }) });`,
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 3, run.stderr);
  assert.match(run.stderr, /Readiness timeout after 500ms: "api" is not ready/);
});

test('--keep-going brings to its end what does not depend on a failure, and tells all failures', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('a', 'echo because; exit 3');
      local_resource('b', 'exit 4');
      local_resource('after-a', 'echo ran-after-a', { resource_deps: ['a'] });
      local_resource('c', 'echo ran-c');
      local_resource('after-c', 'echo ran-after-c', { resource_deps: ['c'] });
    `,
  });
  const run = await runProgram(t, ['ci', '--keep-going'], { cwd });
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stdout, /ran-c[\s\S]*ran-after-c/);
  assert.doesNotMatch(run.stdout, /│ ran-after-a/);
  assert.match(run.stderr, /^Error: a: .*exit status 3.*\n {4}because\nError: b: .*exit status 4/m);
  assert.match(run.stderr, /2 resources failed: a, b; 1 did not start because of that: after-a\n$/);

  const first = await runProgram(t, ['ci'], { cwd });
  assert.equal(first.code, 1);
  assert.doesNotMatch(first.stderr, /Error: b:/);
});

test('a command that fails once is tried again where it asks for it', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('flaky', 'if [ -e there ]; then echo fine; else touch there; echo once; exit 1; fi', { retries: 2 });
      local_resource('after', 'echo ran-after', { resource_deps: ['flaky'] });`,
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /once[\s\S]*Attempt 2 of 3[\s\S]*fine[\s\S]*ran-after/);
  const never = makeProject(t, { 'Tiltfile.js': "local_resource('bad', 'echo x >> tries; exit 1', { retries: 2 });" });
  const failed = await runProgram(t, ['ci'], { cwd: never });
  assert.equal(failed.code, 1);
  assert.equal(readFileSync(path.join(never, 'tries'), 'utf8'), 'x\nx\nx\n');
});

test('--settle lets a server that fails a little later fail the run', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `local_resource('api', { serve_cmd: 'sleep 1.4; exit 9', readiness_probe: probe({ exec: exec_action(['true']) }) });`,
  });
  const run = await runProgram(t, ['ci', '--settle', '20s'], { cwd });
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stderr, /api: Server .* exited with exit code 9/);
});

test('what waits for a resource that nothing starts is told at once', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js':
      "local_resource('db', 'true', { auto_init: false });\nlocal_resource('seed', 'true', { resource_deps: ['db'] });",
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stderr, /"seed" cannot start: it waits for "db", which nothing starts.*Tiltfile\.js:2:1/);
});

test('SIGTERM stops everything, shows what was said to it, and ends with 143', async (t) => {
  const { env, marker } = marked();
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('srv', { serve_cmd: "trap 'echo server says goodbye; exit 0' TERM; echo serving; while true; do sleep 0.05; done" });
      local_resource('cmd', "trap 'echo command says goodbye; exit 0' TERM; echo running; while true; do sleep 0.05; done", { resource_deps: ['srv'] });`,
  });
  const program = startProgram(t, ['ci'], { cwd, env });
  await program.waitFor(/│ running\n/);
  program.signal('SIGTERM');
  assert.equal(await program.exit, 143, program.output());
  assert.match(program.stdout(), /server says goodbye/);
  assert.match(program.stdout(), /command says goodbye/);
  assert.match(program.stderr(), /Stopped by SIGTERM/);
  await assertNothingLeft(marker);
});
