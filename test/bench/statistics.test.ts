import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, ratio, summarize } from '../../bench/statistics.ts';

test('the median is the middle value, or the mean of the two in the middle', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([10, 2, 4, 1000]), 7);
  assert.equal(median([3]), 3);
  assert.ok(Number.isNaN(median([])));
});

test('a summary has the count, the median and both ends, and leaves the values as they are', () => {
  const values = [30, 10, 20];
  assert.deepEqual(summarize(values), { count: 3, median: 20, min: 10, max: 30 });
  assert.deepEqual(values, [30, 10, 20]);
});

test('no values have no summary', () => {
  assert.equal(summarize([]), undefined);
});

test('the ratio says how many times the other median ours is', () => {
  assert.equal(ratio(summarize([50]), summarize([100, 200, 300])), 0.25);
  assert.equal(ratio(summarize([300]), summarize([100])), 3);
});

test('without values of both there is no ratio', () => {
  assert.equal(ratio(undefined, summarize([1])), undefined);
  assert.equal(ratio(summarize([1]), undefined), undefined);
  assert.equal(ratio(summarize([1]), summarize([0])), undefined);
});
