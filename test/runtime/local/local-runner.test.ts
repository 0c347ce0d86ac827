import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Output, ServerListener } from '../../../runtime/engine/ports.ts';
import { createLocalRunner } from '../../../runtime/local/local-runner.ts';
import type { Failure } from '../../../runtime/state/failure.ts';
import { createLogStore, type LogStore } from '../../../runtime/state/log-store.ts';
import { CommandRig, isAlive } from '../../support/command-rig.ts';
import { pollUntil } from '../../support/poll.ts';

const never = new AbortController().signal;

function makeLog(): { readonly log: LogStore; readonly output: Output; lines(): readonly string[] } {
  const log = createLogStore();
  const output = log.open({ resource: 'a', source: 'build', span: 'build:1' });
  return { log, output, lines: () => log.tail('a', 1000).map((line) => line.text) };
}

interface Heard {
  readonly listener: ServerListener;
  readonly readiness: (readonly [boolean, string])[];
  readonly exited: Promise<readonly [Failure, number | null]>;
  hasExited(): boolean;
}

function listen(): Heard {
  const readiness: (readonly [boolean, string])[] = [];
  let hasExited = false;
  let tell: (end: readonly [Failure, number | null]) => void = () => {};
  const exited = new Promise<readonly [Failure, number | null]>((resolve) => {
    tell = resolve;
  });
  const listener: ServerListener = {
    started: () => {},
    readiness: (ready, reason) => void readiness.push([ready, reason]),
    exited: (failure, code) => {
      hasExited = true;
      tell([failure, code]);
    },
  };
  return { listener, readiness, exited, hasExited: () => hasExited };
}

test('a command that succeeds, with its output', async (t) => {
  const rig = await CommandRig.create(t);
  const { output, lines } = makeLog();
  const result = createLocalRunner().runCommand(rig.command('a'), output, never);
  const run = await rig.started('a');
  await run.print('half a ');
  await run.print('warning\n', 'stderr');
  await run.print('line\nno newline');
  run.exit(0);
  assert.deepEqual(await result, { ok: true, value: undefined });
  assert.match(lines()[0] ?? '', /^Running cmd: .*controlled-command\.mjs/);
  // The two streams do not mix within a line.
  assert.deepEqual(lines().slice(1).sort(), ['half a line', 'no newline', 'warning']);
});

const failures = [
  [['sh', '-c', 'exit 3'], '/', 'Command "exit 3" failed: exit status 3'],
  [['sh', '-c', 'kill -9 $$'], '/', 'Command "kill -9 $$" failed: ended by signal SIGKILL'],
  [['tilt-ts-nosuch', 'x'], '/', 'Cannot run "tilt-ts-nosuch": command not found in PATH'],
  [['true'], '/no/such', 'Cannot run "true": folder "/no/such" does not exist'],
] as const;
for (const [argv, dir, message] of failures) {
  test(`a command that fails: ${message}`, async () => {
    const result = await createLocalRunner().runCommand({ argv, dir, env: [] }, makeLog().output, never);
    assert.ok(!result.ok);
    assert.deepEqual([result.failure.kind, result.failure.message], ['command', message]);
  });
}

test('commands get the given environment and their own variables', async (t) => {
  const rig = await CommandRig.create(t);
  const environment = { PATH: process.env.PATH, TILT_PORT: '10350', COLOR: 'red' };
  const runner = createLocalRunner({ environment });
  const result = runner.runCommand(rig.command('a', { env: ['COLOR=a=b', 'MORE=1'] }), makeLog().output, never);
  const run = await rig.started('a');
  const { TILT_PORT, COLOR, MORE, HOME } = run.env;
  assert.deepEqual([TILT_PORT, COLOR, MORE, HOME], ['10350', 'a=b', '1', undefined]);
  run.exit(0);
  await result;
});

test('an abort ends the tree of a command, and its last words are kept', async (t) => {
  const rig = await CommandRig.create(t);
  const { output, lines } = makeLog();
  const abort = new AbortController();
  const result = createLocalRunner().runCommand(rig.command('a'), output, abort.signal);
  const run = await rig.started('a');
  run.child('b');
  const below = await rig.started('b');
  await run.farewell('bye');
  abort.abort();
  const end = await result;
  assert.ok(!end.ok && end.failure.kind === 'cancelled');
  assert.deepEqual([isAlive(run.pid), isAlive(below.pid)], [false, false]);
  assert.equal(lines().at(-1), 'bye');
});

test('binary output is made printable', async (t) => {
  const rig = await CommandRig.create(t);
  const { output, lines } = makeLog();
  const result = createLocalRunner().runCommand(rig.command('a'), output, never);
  const run = await rig.started('a');
  await run.print(Uint8Array.of(0x00, 0xff, 0x41, 0x1b, 0x0a));
  run.exit(0);
  await result;
  assert.deepEqual(lines().slice(1), ['\\x00\uFFFDA\\x1b']);
});

test('400 MB of output pass completely, in bounded memory, with a slow reader', async (t) => {
  const rig = await CommandRig.create(t);
  const { log, output } = makeLog();
  const size = 400 * 1024 * 1024;
  let bytes = 0;
  let taken = 0;
  let waiting: Promise<void> | undefined;
  log.subscribe({
    line: (line) => {
      bytes += line.text.length + 1;
      if (bytes - taken > 1024 * 1024) {
        waiting ??= new Promise((resolve) =>
          setImmediate(() => {
            taken = bytes;
            waiting = undefined;
            resolve();
          }),
        );
      }
    },
    backlog: () => waiting,
  });
  const result = createLocalRunner().runCommand(rig.command('a'), output, never);
  const run = await rig.started('a');
  bytes = 0;
  const before = process.memoryUsage.rss();
  const text = `${'z'.repeat(99)}\n`.repeat(10_000);
  await run.print(text, 'stdout', Math.floor(size / text.length));
  run.exit(0);
  assert.ok((await result).ok);
  assert.equal(bytes, Math.floor(size / text.length) * text.length);
  const grown = (process.memoryUsage.rss() - before) / 1024 / 1024;
  assert.ok(grown < 350, `memory grew by ${grown} MB`);
});

const endings = [
  [4, 4],
  [0, 0],
] as const;
for (const [code, exitCode] of endings) {
  test(`a server that exits with ${code} is told with its command and code`, async (t) => {
    const rig = await CommandRig.create(t);
    const heard = listen();
    const running = createLocalRunner().startServer(rig.command('srv'), undefined, makeLog().output, heard.listener);
    const run = await rig.started('srv');
    run.exit(code);
    const [failure, told] = await heard.exited;
    assert.equal(told, exitCode);
    assert.equal(failure.kind, 'server');
    assert.match(failure.message, new RegExp(`^Server ".+" exited with exit code ${code}$`));
    assert.deepEqual(heard.readiness, [[true, '']]);
    await running.stop();
  });
}

test('a server that cannot be started', async () => {
  const heard = listen();
  const command = { argv: ['tilt-ts-nosuch'], dir: '/', env: [] };
  const running = createLocalRunner().startServer(command, undefined, makeLog().output, heard.listener);
  const [failure, code] = await heard.exited;
  assert.deepEqual([failure.message, code], ['Cannot run "tilt-ts-nosuch": command not found in PATH', null]);
  assert.deepEqual(heard.readiness, []);
  await running.stop();
});

test('a server that is stopped is gone with its tree and says no more', async (t) => {
  const rig = await CommandRig.create(t);
  const heard = listen();
  const runner = createLocalRunner({ graceMs: 50 });
  const running = runner.startServer(rig.command('srv'), undefined, makeLog().output, heard.listener);
  const run = await rig.started('srv');
  run.child('worker');
  const worker = await rig.started('worker');
  await run.ignore('SIGTERM');
  await running.stop();
  assert.deepEqual([isAlive(run.pid), isAlive(worker.pid)], [false, false]);
  assert.equal(heard.hasExited(), false);
});

test('what a command leaves in the background ends with the session', async (t) => {
  const rig = await CommandRig.create(t);
  const runner = createLocalRunner();
  const result = runner.runCommand(rig.command('front'), makeLog().output, never);
  const front = await rig.started('front');
  front.child('back');
  const back = await rig.started('back');
  front.exit(0);
  await result;
  assert.equal(isAlive(back.pid), true);
  await runner.end();
  await pollUntil(() => !isAlive(back.pid));
});

test('a server that became a daemon ends with its resource', { skip: process.platform !== 'linux' }, async (t) => {
  const rig = await CommandRig.create(t);
  const { output } = makeLog();
  const heard = listen();
  // Twice away from whoever started it, in a session of its own, as daemons do.
  const words = rig
    .command('daemon')
    .argv.map((word) => `'${word}'`)
    .join(' ');
  const argv = ['sh', '-c', `setsid sh -c "(setsid ${words} >/dev/null 2>&1 &)"`];
  const { dir, env } = rig.command('daemon');
  const running = createLocalRunner({ graceMs: 500 }).startServer(
    { argv, dir, env },
    undefined,
    output,
    heard.listener,
  );
  const daemon = await rig.started('daemon');
  await heard.exited;
  assert.ok(isAlive(daemon.pid));
  await running.stop();
  assert.ok(!isAlive(daemon.pid));
});
