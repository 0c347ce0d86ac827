import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measure, Outcome } from '../../bench/measure.ts';
import { parseProgram } from '../../bench/program.ts';
import { failures, report } from '../../bench/report.ts';
import { collect, rotate, takeRounds } from '../../bench/rounds.ts';

const [ours, other] = ['ours', 'other'].map((name) => parseProgram(name, 'javascript', name, []) ?? assert.fail());
assert.ok(ours !== undefined && other !== undefined);

const measured = (milliseconds: number, peakBytes?: number): Outcome => ({
  kind: 'measured',
  sample: { milliseconds: [milliseconds], peakBytes },
});

test('failed runs are counted and told, not averaged', () => {
  const result = collect('m', 'ours', [measured(10), { kind: 'failed', reason: 'exited with code 1' }, measured(30)]);
  assert.deepEqual(result.milliseconds, [10, 30]);
  assert.deepEqual(failures([result]), ['ours failed in m: exited with code 1']);
});

test('each measure has a row for every program and ratios beside the others', () => {
  const measure: Measure = { name: 'm', title: '', take: () => assert.fail() };
  const drawn = report(
    [measure],
    [ours, other],
    [
      collect('m', 'ours', [measured(10, 50 * 2 ** 20)]),
      collect('m', 'other', [measured(40, 100 * 2 ** 20), measured(20)]),
    ],
  );
  const [, , first, second] = drawn.split('\n').map((line) => line.trim().split(/\s{2,}/));
  assert.deepEqual(first, ['m', 'ours', '1', '10 ms', '10 ms – 10 ms', '50 MiB']);
  assert.deepEqual(second, ['other', '2', '30 ms', '20 ms – 40 ms', '0.333 ×', '100 MiB', '0.500 ×']);
});

test('a program all of whose runs failed has no median and no ratio', () => {
  const measure: Measure = { name: 'm', title: '', take: () => assert.fail() };
  const nothing: Outcome = { kind: 'failed', reason: 'broken' };
  const drawn = report(
    [measure],
    [ours, other],
    [collect('m', 'ours', [measured(10)]), collect('m', 'other', [nothing])],
  );
  assert.deepEqual(
    drawn
      .split('\n')[3]
      ?.trim()
      .split(/\s{2,}/),
    ['other', '0', '–', '–', '1'],
  );
});

test('programs run in turn, each round in another order', async () => {
  const order: string[] = [];
  const measure: Measure = {
    name: 'm',
    title: '',
    take: async (program) => {
      order.push(program.name);
      return measured(order.length);
    },
  };
  const place = { folder: '/nonexistent', sample: '', environment: {} };
  const results = await takeRounds(measure, [ours, other], 3, place, () => {});
  assert.deepEqual(order, ['ours', 'other', 'other', 'ours', 'ours', 'other']);
  assert.deepEqual(
    results.map(({ program, milliseconds }) => [program, milliseconds]),
    [
      ['ours', [1, 4, 5]],
      ['other', [2, 3, 6]],
    ],
  );
});

test('rotating begins later and loses nothing', () => {
  assert.deepEqual(rotate(['a', 'b', 'c'], 4), ['b', 'c', 'a']);
  assert.deepEqual(rotate([], 3), []);
});
