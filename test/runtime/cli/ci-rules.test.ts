import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { assertNothingLeft } from '../../support/processes.ts';
import { MAIN, makeProject, runProgram, startProgram } from '../../support/program.ts';

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

test('--cache-dir runs a command once for the same inputs, and says when it did not', async (t) => {
  const cwd = makeProject(t, {
    'src/a': '1',
    'Tiltfile.js': `
      local_resource('make', 'echo x >> count; mkdir -p out; cp src/a out/a', { cache: { inputs: 'src', outputs: 'out' } });
      local_resource('use', 'cat out/a', { resource_deps: ['make'] });`,
  });
  const count = () => readFileSync(path.join(cwd, 'count'), 'utf8').length / 2;
  const args = ['ci', '--cache-dir', 'kept'];
  assert.equal((await runProgram(t, args, { cwd })).code, 0);
  rmSync(path.join(cwd, 'out'), { recursive: true });
  const second = await runProgram(t, args, { cwd });
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stdout, /make │ Its inputs are those of an earlier run/);
  assert.match(second.stdout, /use │ 1\n/);
  assert.equal(count(), 1);
  assert.equal((await runProgram(t, ['ci'], { cwd })).code, 0);
  assert.equal(count(), 2);
  const nowhere = await runProgram(t, ['ci', '--cache-dir', 'Tiltfile.js/kept'], { cwd });
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.stderr, /^Error: Cannot keep results of commands in "Tiltfile\.js\/kept": /);
});

test('a Tiltfile that is edited while ci runs is not loaded again', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "local_resource('a', 'echo begun; until [ -e end ]; do sleep 0.02; done');",
  });
  const program = startProgram(t, ['ci'], { cwd });
  await program.waitFor(/│ begun/);
  writeFileSync(path.join(cwd, 'Tiltfile.js'), "throw new Error('not this one');");
  writeFileSync(path.join(cwd, 'end'), '');
  assert.equal(await program.exit, 0, program.output());
  assert.equal(program.stdout().match(/Loading Tiltfile/g)?.length, 1);
});

test('200 MB of logs from one server leave memory flat', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('loud', { serve_cmd: "seq -f '%099.0f' 1 2000000; echo all said; exec sleep 1000" });
      local_resource('wait', 'until [ -e end ]; do sleep 0.05; done');`,
  });
  // To a file: what a pipe's reader does not take must not count.
  const program = startProgram(t, ['-c', `exec "$0" "$1" ci > log`, process.execPath, MAIN], { cwd, command: ['sh'] });
  const log = path.join(cwd, 'log');
  let peak = 0;
  await pollUntil(() => {
    const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
    peak = Math.max(peak, Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
    return existsSync(log) && statSync(log).size > 200_000_000 && readTail(log).includes('all said');
  }, 90_000);
  writeFileSync(path.join(cwd, 'end'), '');
  assert.equal(await program.exit, 0, program.output());
  assert.ok(peak < 450, `it took ${peak} MiB`);
});

function readTail(file: string): string {
  const size = statSync(file).size;
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(2000);
  readSync(handle, buffer, 0, 2000, Math.max(0, size - 2000));
  closeSync(handle);
  return buffer.toString('utf8');
}

test('without a locale and without a terminal the log is the same', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'echo grüße');" });
  const run = await runProgram(t, ['ci'], { cwd, env: { LANG: 'C', LC_ALL: 'C', TERM: '' } });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /a │ grüße\n/);
  assert.ok(!run.stdout.includes('\u001b'));
});
