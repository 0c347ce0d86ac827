import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pollUntil } from '../../../support/poll.ts';
import { assertNothingLeft } from '../../../support/processes.ts';
import { makeProject } from '../../../support/program.ts';
import { type PtyProgram, startInTerminal, withoutPty } from '../../../support/pty.ts';
import { skipWithout } from '../../../support/testbed.ts';

const skip = withoutPty();

const TILTFILE = `
local_resource('one', 'echo first of one; cat one.txt', { deps: ['one.txt'] });
local_resource('two', 'echo "first of two  $(date +%s%N)" ', { serve_cmd: 'echo serving two; exec sleep 300' });
local_resource('bad', 'echo sad; exit 3');
`;

let count = 0;

interface Options {
  readonly env?: Record<string, string>;
  readonly args?: string[];
  readonly columns?: number;
  readonly command?: readonly string[];
}

function up(t: TestContext, options: Options = {}) {
  const marker = `TILT_TS_TEST_TERMINAL=${process.pid}-${count++}`;
  const folder = makeProject(t, { 'Tiltfile.js': TILTFILE, 'one.txt': 'content of one\n' });
  const [name = '', value = ''] = marker.split('=');
  const program = startInTerminal(t, ['up', ...(options.args ?? [])], {
    cwd: folder,
    env: { [name]: value, ...options.env },
    ...(options.columns === undefined ? {} : { columns: options.columns }),
    ...(options.command === undefined ? {} : { command: options.command }),
  });
  return { program, folder, marker };
}

const READY = /^2 ok · 0 pending · 1 error/;

async function ended(program: PtyProgram, marker: string, code = 130): Promise<void> {
  assert.deepEqual(await program.exit, { code, restored: true });
  await assertNothingLeft(marker);
  // The state is gone, so that the shell's prompt stands where it belongs.
  assert.ok(!program.lines().some((line) => READY.test(line)), program.lines().join('\n'));
}

test('lines run through, the state stands below them, q ends', { skip }, async (t) => {
  const { program, marker } = up(t);
  await program.shows(READY);
  const lines = program.lines();
  assert.ok(lines.includes('          one │ content of one'), lines.join('\n'));
  assert.match(lines.at(-1) ?? '', /^ one {2}done .*space page · s only this/);
  program.press('q');
  await ended(program, marker);
});

test('keys select, show only one, filter, restart, and help', { skip }, async (t) => {
  const { program, marker } = up(t);
  await program.shows(READY);
  program.press('\t');
  await program.shows(/^ two {2}ready/);
  program.press('s');
  await program.shows(/^── only two ──/);
  await program.shows(/only this one is shown/);
  const from = program.lines().findIndex((line) => line.startsWith('── only two'));
  await pollUntil(() =>
    program
      .lines()
      .slice(from)
      .some((line) => line.includes('serving two')),
  );
  assert.ok(
    !program
      .lines()
      .slice(from)
      .some((line) => line.includes('one │')),
  );
  const starts = () => program.lines().filter((line) => line.includes('two │ CLI Trigger')).length;
  assert.equal(starts(), 0);
  program.press('r');
  await pollUntil(() => starts() === 1);
  program.press('s');
  await program.shows(/^── everything ──/);
  program.press('/content\r');
  await program.shows(/^── everything, with "content" ──/);
  const filtered = program.lines().findIndex((line) => line.includes('with "content"'));
  await pollUntil(() =>
    program
      .lines()
      .slice(filtered)
      .some((line) => line.includes('content of one')),
  );
  assert.ok(
    !program
      .lines()
      .slice(filtered)
      .some((line) => line.includes('first of')),
  );
  program.press('\u001b');
  await pollUntil(() => program.lines().filter((line) => line === '── everything ──').length === 2);
  program.press('?');
  await program.shows(/a second Ctrl-C ends at once/);
  program.press(' ');
  await program.shows(/^── this session has no page ──|^── opening http/);
  program.press('\u0003');
  await ended(program, marker);
});

test('keys, another size and the end under Deno', { skip: skip || skipWithout('deno') }, async (t) => {
  const main = path.resolve(import.meta.dirname, '../../../../runtime/cli/main.ts');
  const { program, marker } = up(t, { command: ['deno', 'run', '--quiet', '--allow-all', main] });
  await program.shows(READY, 60_000);
  program.press('\t');
  await program.shows(/^ two {2}ready/);
  program.press('s');
  await program.shows(/^── only two ──/);
  program.press('s');
  program.press('r');
  await program.shows(/two │ CLI Trigger/);
  program.resize(50, 20);
  await program.shows(/^ two {2}ready/);
  program.press('q');
  await ended(program, marker);
});

test('a narrow terminal, also one that becomes narrow', { skip }, async (t) => {
  const { program, marker } = up(t, { columns: 40 });
  await program.shows(READY);
  assert.ok(program.lines().every((line) => line.length <= 40));
  program.resize(30, 10);
  await pollUntil(() => (program.lines().at(-1)?.length ?? 99) < 30);
  program.press('q');
  await ended(program, marker);
});

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const) {
  test(`${signal} gives the terminal back`, { skip }, async (t) => {
    const { program, marker } = up(t);
    await program.shows(READY);
    program.signal(signal);
    await ended(program, marker, code);
  });
}

test('Ctrl-Z gives the terminal back until the program goes on', { skip }, async (t) => {
  const { program, marker } = up(t);
  await program.shows(READY);
  program.press('\u001a');
  assert.equal(await program.stopped(), true);
  assert.ok(!program.lines().some((line) => READY.test(line)));
  program.signal('SIGCONT');
  await program.shows(READY);
  program.signal('SIGTSTP');
  assert.equal(await program.stopped(), true);
  program.signal('SIGCONT');
  await program.shows(READY);
  program.press('q');
  await ended(program, marker);
});

test('a terminal that is closed ends everything', { skip }, async (t) => {
  const { program, marker } = up(t);
  await program.shows(READY);
  program.hangUp();
  await program.exit;
  await assertNothingLeft(marker);
});

test('plain lines where the terminal is dumb, or when asked for', { skip }, async (t) => {
  const places = [up(t, { env: { TERM: 'dumb' } }), up(t, { args: ['--stream'] })];
  for (const { program, marker } of places) {
    await program.shows(/serving two/);
    await program.shows(/sad/);
    assert.ok(!program.output().includes('\u001b'), program.output());
    program.press('\u0003');
    await ended(program, marker);
  }
});

test('a crash of the program gives the terminal back', { skip }, async (t) => {
  const folder = makeProject(t, { 'Tiltfile.js': TILTFILE, 'one.txt': '', 'crash.cjs': CRASH });
  const env = { NODE_OPTIONS: `--require ${path.join(folder, 'crash.cjs')}`, CRASH_FILE: path.join(folder, 'now') };
  const program = startInTerminal(t, ['up'], { cwd: folder, env });
  await program.shows(READY);
  assert.ok(!existsSync(env.CRASH_FILE));
  program.signal('SIGUSR2');
  const { code, restored } = await program.exit;
  assert.equal(restored, true);
  assert.equal(code, 1);
  assert.ok(
    program.lines().some((line) => line.includes('Error: a bug')),
    program.lines().join('\n'),
  );
});

const CRASH = `
const { isMainThread } = require('node:worker_threads');
if (isMainThread && process.argv[2] === 'up') process.on('SIGUSR2', () => { throw new Error('a bug'); });
`;
