import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runStarlark } from '../../../support/run-starlark.ts';
import { FAILURES } from './failing-programs.ts';

test('a failure is placed where go.starlark.net places it, and so is everything that led to it', () => {
  for (const [program, message, ...frames] of FAILURES) {
    assert.deepEqual(runStarlark(program).error, { message, frames }, program);
  }
});

test('the column is in characters', () => {
  assert.deepEqual(runStarlark("x = '😀é' + 1").error?.frames, ['<toplevel> 1:10']);
});

test('an argument is not evaluated when there is no such method', () => {
  assert.deepEqual(runStarlark('"a".nope(print("no"))').prints, []);
});

test('a load stands at its place in the order of things', () => {
  const { prints, error } = runStarlark(
    'print(1)\nload("m", "a", b="c")\nprint(a, b)\na.x',
    {},
    { m: { a: 'A', c: 'C' } },
  );
  assert.deepEqual(prints, ['1', 'A C']);
  assert.deepEqual(error?.frames, ['<toplevel> 4:2']);
});

test('long chains fail at the place of their part', () => {
  const count = 500;
  const sum = runStarlark(`x = 1${' + 1'.repeat(count)} + "a"${' + 1'.repeat(count)}`);
  assert.deepEqual(sum.error?.frames, [`<toplevel> 1:${7 + 4 * count}`]);
  const calls = runStarlark(`x = "a"${'.upper()'.repeat(count)}.nope()${'.upper()'.repeat(count)}`);
  assert.deepEqual(calls.error?.frames, [`<toplevel> 1:${8 + 8 * count}`]);
});
