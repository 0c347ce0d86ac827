import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OutputSink, type ProcessSpec, startProcess } from '../../../../runtime/clients/process/process.ts';
import type { Command } from '../../../../stdlib/model/command.ts';
import { CommandRig, isAlive } from '../../../support/command-rig.ts';
import { pollUntil } from '../../../support/poll.ts';

function spec(command: Command, more: Partial<ProcessSpec> = {}): ProcessSpec {
  return { argv: command.argv, dir: command.dir, env: process.env, ...more };
}

function collector(): { readonly sink: OutputSink; text(): string } {
  let text = '';
  return {
    sink: (chunk) => {
      text += Buffer.from(chunk).toString('latin1');
      return undefined;
    },
    text: () => text,
  };
}

test('the exit code and all output arrive', async (t) => {
  const rig = await CommandRig.create(t);
  const output = collector();
  const child = startProcess(spec(rig.command('a')), output.sink);
  const run = await rig.started('a');
  await run.print('one\ntwo');
  run.exit(7);
  assert.deepEqual(await child.ended, { kind: 'exited', code: 7 });
  assert.equal(output.text(), 'one\ntwo');
});

test('stop ends the whole tree, also what ignores SIGTERM and what has a session of its own', async (t) => {
  const rig = await CommandRig.create(t);
  const child = startProcess(spec(rig.command('top')), () => undefined, 50);
  const top = await rig.started('top');
  top.child('member');
  top.child('stray', { detached: true });
  const [member, stray] = [await rig.started('member'), await rig.started('stray')];
  stray.child('below-stray');
  const below = await rig.started('below-stray');
  const all = [top, member, stray, below];
  for (const run of all) await run.ignore('SIGTERM');
  await child.stop();
  assert.deepEqual(
    all.map((run) => isAlive(run.pid)),
    [false, false, false, false],
  );
  assert.deepEqual(await child.ended, { kind: 'signaled', signal: 'SIGKILL' });
});

test('what is printed on SIGTERM is not lost', async (t) => {
  const rig = await CommandRig.create(t);
  const output = collector();
  const child = startProcess(spec(rig.command('a')), output.sink);
  await (await rig.started('a')).farewell('closing the database');
  await child.stop();
  assert.equal(output.text(), 'closing the database');
  assert.deepEqual(await child.ended, { kind: 'exited', code: 0 });
});

test('a process in the background that keeps the pipes does not keep the command from being over', async (t) => {
  const rig = await CommandRig.create(t);
  const output = collector();
  const child = startProcess(spec(rig.command('front')), output.sink);
  const front = await rig.started('front');
  front.child('back');
  const back = await rig.started('back');
  await front.print('last words');
  front.exit(0);
  assert.deepEqual(await child.ended, { kind: 'exited', code: 0 });
  assert.equal(output.text(), 'last words');
  assert.equal(isAlive(back.pid), true);
  // It can go on writing.
  await back.print('x'.repeat(200_000));
  await child.stop();
  assert.equal(isAlive(back.pid), false);
});

test('a slow sink holds the process back, and nothing is lost', async (t) => {
  const rig = await CommandRig.create(t);
  let bytes = 0;
  let release = (): void => {};
  const child = startProcess(spec(rig.command('a')), (chunk) => {
    bytes += chunk.length;
    return new Promise((resolve) => {
      release = resolve;
    });
  });
  const run = await rig.started('a');
  const size = 4 * 1024 * 1024;
  let printed = false;
  const printing = run.print('y'.repeat(1024), 'stdout', size / 1024).then(() => {
    printed = true;
  });
  await pollUntil(() => bytes > 0);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(printed, false);
  assert.ok(bytes <= 1024 * 1024, `${bytes} bytes were read although the first was not taken`);
  const timer = setInterval(() => release(), 0);
  await printing;
  run.exit(0);
  await child.ended;
  clearInterval(timer);
  assert.equal(bytes, size);
});

test('a missing program, a missing folder and a file that cannot be run are told apart', async () => {
  const sink: OutputSink = () => undefined;
  const reason = async (argv: readonly string[], dir: string) => {
    const child = startProcess({ argv, dir, env: process.env }, sink);
    const end = await child.ended;
    await child.stop();
    assert.equal(end.kind, 'not-started');
    return end.kind === 'not-started' ? end.problem.reason : '';
  };
  assert.equal(await reason(['tilt-ts-no-such-program'], '/'), 'command not found in PATH');
  assert.equal(await reason(['/no/such/program'], '/'), 'no such file');
  assert.equal(await reason(['sh', '-c', 'true'], '/no/such/folder'), 'folder "/no/such/folder" does not exist');
  assert.equal(await reason(['sh', '-c', 'true'], '/etc/passwd'), '"/etc/passwd" is not a folder');
  assert.equal(await reason(['/etc/passwd'], '/'), 'permission denied: is the file executable?');
});

test('input is handed on, also to a process that does not read it', async () => {
  const output = collector();
  const reader = startProcess({ argv: ['cat'], dir: '/', env: process.env, stdin: 'hello' }, output.sink);
  assert.deepEqual(await reader.ended, { kind: 'exited', code: 0 });
  assert.equal(output.text(), 'hello');
  const deaf = startProcess({ argv: ['true'], dir: '/', env: process.env, stdin: 'x'.repeat(1e6) }, output.sink);
  assert.deepEqual(await deaf.ended, { kind: 'exited', code: 0 });
});
