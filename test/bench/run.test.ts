import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { commandMeasure } from '../../bench/command-measure.ts';
import { checkForHangs, describeHangCheck } from '../../bench/hang-check.ts';
import type { Workplace } from '../../bench/measure.ts';
import { descendants } from '../../bench/process-tree.ts';
import { type Program, parseProgram } from '../../bench/program.ts';
import { echoes } from '../../bench/project.ts';
import { Run } from '../../bench/run.ts';
import { changeToStart, upFirstOutput } from '../../bench/up-measure.ts';
import { pollUntil } from '../support/poll.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bench-run-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const place: Workplace = { folder, sample: '', environment: process.env };
const linux = process.platform === 'linux';
const onLinux = { skip: linux ? false : 'memory and children are read from /proc' };

function standIn(mode: string): Program {
  const file = path.join(import.meta.dirname, 'stand-in.mjs');
  return parseProgram(mode, 'starlark', `node ${file} ${mode}`, []) ?? assert.fail();
}

function start(...command: [string, ...string[]]) {
  return { command, folder, environment: process.env };
}

test('a run tells its exit code, time and own memory', onLinux, async () => {
  const end = await new Run(start('node', '-e', 'setTimeout(() => process.exit(7), 100)'), 20_000).end;
  assert.ok(end.kind === 'exited');
  assert.equal(end.code, 7);
  assert.ok(end.wall >= 100, `${end.wall} ms`);
  const mebibytes = (end.peakBytes ?? 0) / 2 ** 20;
  assert.ok(mebibytes > 10 && mebibytes < 500, `${mebibytes} MiB`);
});

test('memory of children is not counted', onLinux, async () => {
  const end = await new Run(start('sh', '-c', 'node -e "setTimeout(() => {}, 200)"; true'), 20_000).end;
  assert.ok(end.kind === 'exited');
  assert.ok((end.peakBytes ?? Infinity) < 10 * 2 ** 20, `${end.peakBytes} bytes`);
});

test('a program that does not exist is told', async () => {
  const end = await new Run(start('no-such-program-anywhere'), 5000).end;
  assert.ok(end.kind === 'not started');
  assert.match(end.message, /ENOENT/);
});

test('a run past its limit is ended with everything below it', onLinux, async () => {
  // What compiles these tests may run below this process too.
  const others = new Set(descendants(process.pid));
  const below = () => descendants(process.pid).filter((pid) => !others.has(pid));
  const run = new Run(start('sh', '-c', 'sh -c "sleep 600 & echo up; wait; true"; true'), 1500);
  await run.firstOutput;
  assert.equal(below().length, 3, 'sh, sh and sleep');
  const end = await run.end;
  assert.deepEqual(end, { kind: 'over time', afterMs: 1500 });
  await pollUntil(() => below().length === 0, 5000, 'the end of everything below it');
});

test('a command that fails is no sample, and its output is told', async () => {
  const measure = commandMeasure('m', ['ci'], () => echoes(1));
  const fine = await measure.take(standIn('fine'), place);
  assert.ok(fine.kind === 'measured' && fine.sample.milliseconds.length === 1);
  const broken = await measure.take(standIn('broken'), place);
  assert.ok(broken.kind === 'failed');
  assert.match(broken.reason, /exited with code 3[\s\S]*it is broken/);
});

test('the first output of up counts only when up goes on to work', async () => {
  const fine = await upFirstOutput.take(standIn('fine'), place);
  assert.ok(fine.kind === 'measured', JSON.stringify(fine));
  const broken = await upFirstOutput.take(standIn('broken'), place);
  assert.ok(broken.kind === 'failed');
  assert.match(broken.reason, /exited with code 3/);
});

test('from change to start is taken several times in one session', onLinux, async () => {
  const outcome = await changeToStart.take(standIn('fine'), place);
  assert.ok(outcome.kind === 'measured', JSON.stringify(outcome));
  assert.equal(outcome.sample.milliseconds.length, 5);
  for (const each of outcome.sample.milliseconds) assert.ok(each >= 0 && each < 5000, `${each} ms`);
});

test('runs that hang and runs that fail are counted apart', onLinux, async () => {
  const check = async (mode: string) => describeHangCheck(await checkForHangs(standIn(mode), 2, place, () => {}, 1500));
  assert.equal(await check('fine'), 'fine: 0 of 2 runs did not end within 1.5 s');
  assert.match(
    await check('hangs'),
    /^hangs: 2 of 2 runs did not end within 1\.5 s\n.*\n {4}doing ci\n.*\n {4}doing ci$/,
  );
  assert.equal(await check('broken'), 'broken: 0 of 2 runs did not end within 1.5 s; 2 exited with code 3');
});
