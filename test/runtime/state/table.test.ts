import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Table } from '../../../runtime/state/table.ts';

/** Mark 0: even; mark 1: over 500. */
function table(count: number): Table<number> {
  const rows = Array.from({ length: count }, (_, index) => [`n${index}`, index] as const);
  return Table.of(rows, (value) => (value % 2 === 0 ? 1 : 0) | (value > 500 ? 2 : 0), 2);
}

test('rows are found by name and by mark, in order', () => {
  const numbers = table(600);
  assert.equal(numbers.size, 600);
  assert.equal(numbers.get('n599'), 599);
  assert.equal(numbers.get('n600'), undefined);
  assert.equal(numbers.count(0), 300);
  assert.equal(numbers.count(1), 99);
  assert.deepEqual([...numbers.marked(1)].slice(0, 2), [501, 502]);
  assert.deepEqual(
    [...numbers],
    Array.from({ length: 600 }, (_, index) => index),
  );
});

test('a replaced row changes counts and leaves the older version alone', () => {
  const before = table(300);
  const after = before.with('n130', 701);
  assert.equal(before.get('n130'), 130);
  assert.deepEqual([after.count(0), after.count(1)], [149, 1]);
  assert.deepEqual([...after.marked(1)], [701]);
  assert.deepEqual([...after.changedSince(before)], [701]);
  assert.equal(before.with('n130', 130), before);
  assert.equal(before.with('nosuch', 1), before);
});

test('a table that was made anew differs in every row', () => {
  const other = table(3);
  assert.deepEqual([...other.changedSince(table(3))], [0, 1, 2]);
  assert.equal(other.related(table(3)), false);
  assert.equal(other.with('n1', 9).related(other), true);
});

test('an empty table has nothing', () => {
  assert.deepEqual([...table(0).marked(0)], []);
  assert.equal(table(0).count(0), 0);
});
