import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMemory, formatMilliseconds, formatRatio, table } from '../../bench/table.ts';

test('columns are as wide as their widest cell and aligned', () => {
  const drawn = table(
    [
      { title: 'name', align: 'left' },
      { title: 'ms', align: 'right' },
    ],
    [
      ['a', '1'],
      ['longer', '1000'],
    ],
  );
  assert.equal(drawn, ['name      ms', '──────  ────', 'a          1', 'longer  1000'].join('\n'));
});

test('a cell that is not there is empty', () => {
  const drawn = table(
    [
      { title: 'a', align: 'left' },
      { title: 'b', align: 'right' },
    ],
    [['x']],
  );
  assert.equal(drawn, ['a  b', '─  ─', 'x'].join('\n'));
});

test('times have three digits and the unit that fits', () => {
  assert.equal(formatMilliseconds(0.84), '0.8 ms');
  assert.equal(formatMilliseconds(9.96), '10 ms');
  assert.equal(formatMilliseconds(340.4), '340 ms');
  assert.equal(formatMilliseconds(999.6), '1.00 s');
  assert.equal(formatMilliseconds(29_123), '29.1 s');
});

test('memory is in MiB, and ratios below one keep a third digit', () => {
  assert.equal(formatMemory(136 * 2 ** 20), '136 MiB');
  assert.equal(formatRatio(0.0312), '0.031 ×');
  assert.equal(formatRatio(0.998), '1.00 ×');
  assert.equal(formatRatio(1.5), '1.50 ×');
});
