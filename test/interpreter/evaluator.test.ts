import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startEvaluator } from '../../interpreter/evaluate.ts';
import { evaluateHere, limits, workerUrl } from './evaluate-here.ts';

const { folder, succeed, start, write } = evaluateHere();

test('each evaluation has a sandbox of its own', async () => {
  assert.deepEqual((await succeed('main.js', `globalThis.left = 1; Array.prototype.left = 1; keep(1);`)).seen, [1]);
  assert.deepEqual((await succeed('main.js', `keep(typeof left, [].left)`)).seen, ['undefined', undefined]);
});

test('a changed file is read anew', async () => {
  assert.deepEqual(
    (await succeed('main.js', `import { x } from './x.js'; keep(x)`, { 'x.js': 'export const x = 1' })).seen,
    [1],
  );
  assert.deepEqual(
    (await succeed('main.js', `import { x } from './x.js'; keep(x)`, { 'x.js': 'export const x = 2' })).seen,
    [2],
  );
});

test('stop ends an endless loop, with the record of what was read', async () => {
  write({ 'main.js': `import './x.js';\nprint('begun');\nfor (;;) {}` });
  const evaluation = start('main.js', { onPrint: () => evaluation.stop() });
  const outcome = await evaluation.outcome;
  assert.ok(!outcome.ok);
  assert.equal(outcome.failure.kind, 'stopped');
  assert.deepEqual(outcome.record.filesRead, [`${folder}/main.js`, `${folder}/x.js`]);
});

test('stop ends a loop that QuickJS cannot interrupt', async () => {
  write({ 'main.js': `print('begun'); Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);` });
  const evaluation = start('main.js', { onPrint: () => evaluation.stop() });
  const outcome = await evaluation.outcome;
  assert.ok(!outcome.ok && outcome.failure.kind === 'stopped');
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('stop aborts a command and waits for its end', async () => {
  write({ 'main.js': `try { run('sleep'); } finally { for (;;); }` });
  let ended = false;
  const evaluation = start('main.js', {
    run: async (_command, _environment, _output, signal) => {
      evaluation.stop();
      assert.ok(signal.aborted);
      await new Promise((resolve) => setTimeout(resolve, 400));
      ended = true;
      return { ok: false, error: { code: 'ABORT', message: 'aborted', subject: 'sleep' } };
    },
  });
  const outcome = await evaluation.outcome;
  assert.ok(!outcome.ok && outcome.failure.kind === 'stopped');
  assert.ok(ended);
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('stop before the script began, twice and after the end', async () => {
  write({ 'main.js': 'keep(1)' });
  const early = start('main.js');
  early.stop();
  early.stop();
  await early.outcome;
  const late = start('main.js');
  assert.ok((await late.outcome).ok);
  late.stop();
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('only one evaluation at a time, and none after dispose', async () => {
  const first = start('main.js');
  assert.throws(() => start('main.js'), /being evaluated already/);
  await first.outcome;
  const evaluator = startEvaluator(workerUrl);
  evaluator.dispose();
  const host = { print: () => undefined, runCommand: () => Promise.reject(new Error('none')) };
  const request = { file: 'x', environment: {}, limits, libraryOptions: undefined };
  assert.throws(() => evaluator.evaluate(request, host), /disposed/);
});

test('a worker that cannot start is an internal error', async () => {
  const evaluator = startEvaluator(new URL('./no-such-worker.ts', import.meta.url));
  const host = { print: () => undefined, runCommand: () => Promise.reject(new Error('none')) };
  const request = { file: 'x', environment: {}, limits, libraryOptions: undefined };
  await assert.rejects(evaluator.evaluate(request, host).outcome, /no-such-worker/);
  evaluator.dispose();
});

test('an idle evaluator lets the process end, disposed of or not', async () => {
  write({ 'main.js': 'keep(1)' });
  const evaluate = JSON.stringify(new URL('../../interpreter/evaluate.ts', import.meta.url).href);
  for (const end of ['evaluator.dispose();', '']) {
    const program = `
      import { startEvaluator } from ${evaluate};
      const evaluator = startEvaluator(new URL(${JSON.stringify(workerUrl.href)}));
      const request = { file: ${JSON.stringify(`${folder}/main.js`)}, environment: {}, limits: ${JSON.stringify(limits)} };
      const outcome = await evaluator.evaluate(request, { print() {}, runCommand() {} }).outcome;
      console.log(JSON.stringify(outcome.result.seen));
      ${end}`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
    assert.equal(stdout, '[1]\n');
  }
});
