import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runStarlark } from '../../../support/run-starlark.ts';

/** Programs that fail, the message, and the frames from the innermost one. */
const FAILURES: readonly (readonly [program: string, message: string, ...frames: string[]])[] = [
  // operators
  ['x = 1 + "a"', 'unknown binary op: int + string', '<toplevel> 1:7'],
  ['x = 1 + 2 + "a" + 3', 'unknown binary op: int + string', '<toplevel> 1:11'],
  ['x = 2 * (3 - None)', 'unknown binary op: int - NoneType', '<toplevel> 1:12'],
  ['x = -"a"', 'unknown unary op: - string', '<toplevel> 1:5'],
  ['x = 1 < "a"', 'int < string not implemented', '<toplevel> 1:7'],
  ['x = 1 in 2', 'unknown binary op: int in int', '<toplevel> 1:7'],
  ['x = 1 not in 2', 'unknown binary op: int in int', '<toplevel> 1:11'],
  ['if not 1 in 2: pass', 'unknown binary op: int in int', '<toplevel> 1:10'],
  ['x = 1\nx += "a"', 'unknown binary op: int + string', '<toplevel> 2:3'],
  ['x = [1]\nx[0] -= "a"', 'unknown binary op: int - string', '<toplevel> 2:6'],
  // parts
  ['x = [1][2]', 'list index 2 out of range [-1:0]', '<toplevel> 1:8'],
  ['x = [1]\nx[2] = 3', 'list index 2 out of range [-1:0]', '<toplevel> 2:2'],
  ['x = [1]\nx[2] += 3', 'list index 2 out of range [-1:0]', '<toplevel> 2:2'],
  ['x = "a".nope', 'string has no .nope field or method', '<toplevel> 1:8'],
  ['x = "a".upper().nope()', 'string has no .nope field or method', '<toplevel> 1:16'],
  ['x = "a"\nx.y = 1', "can't assign to .y field of string", '<toplevel> 2:2'],
  ['x = {1: 2, len: 3, 1: 4}', 'duplicate key: 1', '<toplevel> 1:21'],
  ['x = {[]: 2}', 'unhashable type: list', '<toplevel> 1:8'],
  ['x = {[]: 2 for y in [1]}', 'unhashable type: list', '<toplevel> 1:8'],
  // A slice has no place of its own: it is reported where something was evaluated before it.
  ['x = [1, 2][::0]', 'zero is not a valid slice step', '<toplevel> 1:11'],
  ['y = [1, 2]\nx = y[::0]', 'zero is not a valid slice step', '<toplevel> 2:5'],
  ['y = [1, 2]\nx = y[len(y):0:1 - 1]', 'zero is not a valid slice step', '<toplevel> 2:18'],
  // unpacking and loops
  ['a, b = [1]', 'too few values to unpack (got 1, want 2)', '<toplevel> 1:6'],
  ['a, (b, c) = [1, [2]]', 'too few values to unpack (got 1, want 2)', '<toplevel> 1:11'],
  ['a, b = 1', 'got int in sequence assignment', '<toplevel> 1:6'],
  ['for a, b in [[1]]: pass', 'too few values to unpack (got 1, want 2)', '<toplevel> 1:1'],
  ['for a in 1: pass', 'int value is not iterable', '<toplevel> 1:1'],
  ['x = [a for b in [1] for a in b]', 'int value is not iterable', '<toplevel> 1:21'],
  ['x = [a for a, b in [[1]]]', 'too few values to unpack (got 1, want 2)', '<toplevel> 1:8'],
  // names
  ['def f():\n    return x\nf()\nx = 1', 'global variable x referenced before assignment', 'f 2:12', '<toplevel> 3:2'],
  ['def f():\n    y = x\n    x = 1\nf()', 'local variable x referenced before assignment', 'f 2:9', '<toplevel> 4:2'],
  ['def f():\n    x += 1\nf()', 'local variable x referenced before assignment', 'f 2:5', '<toplevel> 3:2'],
  [
    'def f():\n    def g(): return x\n    g()\n    x = 1\nf()',
    'local variable x referenced before assignment',
    'g 2:21',
    'f 3:6',
    '<toplevel> 5:2',
  ],
  ['if len([]): x = 1\nprint(x)', 'global variable x referenced before assignment', '<toplevel> 2:7'],
  // calls
  ['x = 1\nx()', 'invalid call of non-function (int)', '<toplevel> 2:2'],
  ['def f(): return 1()\nf()', 'invalid call of non-function (int)', 'f 1:18', '<toplevel> 2:2'],
  ['f = lambda: 1()\nf()', 'invalid call of non-function (int)', 'lambda 1:14', '<toplevel> 2:2'],
  ['print(*1)', 'argument after * must be iterable, not int', '<toplevel> 1:6'],
  ['print(**1)', 'argument after ** must be a mapping, not int', '<toplevel> 1:6'],
  [
    'def f():\n    return [\n        [a.b for a in [1]]\n        for c in [2]\n    ]\nf()',
    'int has no .b field or method',
    'f 3:11',
    '<toplevel> 6:2',
  ],
  [
    'def f(x):\n    return x and g(x)\ndef g(x):\n    return (x if not x else\n        x.y)\nf(1)',
    'int has no .y field or method',
    'g 5:10',
    'f 2:19',
    '<toplevel> 6:2',
  ],
];

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
