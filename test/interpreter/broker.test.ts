import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CommandResult, EffectResult } from '../../interpreter/broker.ts';
import { evaluateHere, type Options } from './evaluate-here.ts';

const { folder, succeed, fail, evaluate, printed, start, write } = evaluateHere();

const done = (stdout: Uint8Array): EffectResult<CommandResult> => {
  return { ok: true, value: { exitCode: 0, signal: null, stdout, stderr: new Uint8Array() } };
};
const text = (value: string) => new TextEncoder().encode(value);

test('commands run in the main thread and stream in order with what the script prints', async () => {
  const run: Options['run'] = async (command, environment, output) => {
    output(`${command.argv.join(' ')} in ${environment.PLACE}\n`);
    await new Promise(setImmediate);
    output('more\n');
    return done(text('answer'));
  };
  const script = `
    putenv('PLACE', 'here');
    print('before');
    keep(run('one', 'two'));
    console.log('between');
    run('three');
    print('after');`;
  const outcome = await evaluate('main.js', script, {}, { run, environment: { PLACE: 'there', OTHER: 'x' } });
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.result.seen, ['answer6']);
  const expected = ['before', 'one two in here', 'more', 'between', 'three in here', 'more', 'after'];
  assert.deepEqual(
    printed,
    expected.map((line) => `${line}\n`),
  );
  assert.deepEqual(outcome.record.commandsRun, [['one', 'two'], ['three']]);
});

test('a hundred megabytes of output, streamed and answered', async () => {
  const chunk = 'x'.repeat(2 ** 20);
  let length = 0;
  const run: Options['run'] = async (_command, _environment, output) => {
    for (let i = 0; i < 100; i++) output(chunk);
    return done(new Uint8Array(100 * 2 ** 20).fill(120));
  };
  const onPrint = (output: string) => {
    length += output.length;
  };
  const { seen } = await succeed('main.js', `keep(run('big').length);`, {}, { run, onPrint });
  printed.length = 0;
  assert.equal(length, 100 * 2 ** 20);
  assert.deepEqual(seen, [1000 + '104857600'.length]);
});

test('a command that fails in the host is a refusal or, if it is a bug, an internal error', async () => {
  const missing = { code: 'ENOENT', message: 'no such program', subject: 'nope' };
  const failure = await fail('main.js', `run('nope')`, {}, { run: async () => ({ ok: false, error: missing }) });
  assert.deepEqual([failure.kind, failure.message, failure.at], ['refused', 'no such program', 'main.js:1:1']);
  const bug = async () => Promise.reject(new Error('the runner is broken'));
  await assert.rejects(start('main.js', { run: bug }).outcome, /the runner is broken/);
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('what was read is recorded, each once, also what is missing', async () => {
  write({ 'data.txt': 'data' });
  const script = `
    keep(read('${folder}/data.txt'), read('${folder}/data.txt'), getenv('A'), getenv('NONE'));
    putenv('B', 'mine'); keep(getenv('B'));
    try { read('${folder}/absent'); } catch {}
    throw new Error('end');`;
  const outcome = await evaluate('main.js', script, {}, { environment: { A: '1', B: '2' } });
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.record.filesRead,
    ['main.js', 'data.txt', 'absent'].map((name) => join(folder, name)),
  );
  assert.deepEqual(outcome.record.variablesRead, ['A', 'NONE', 'B']);
});
