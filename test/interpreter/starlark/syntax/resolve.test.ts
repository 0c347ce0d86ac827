import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakes } from '../../../support/run-starlark.ts';

const MISTAKES: readonly (readonly [program: string, ...mistakes: string[]])[] = [
  ['print(x)\nx = 1', '1:7: undefined: x'],
  ['service_port = 1\nprint(servce_port)', '2:7: undefined: servce_port (did you mean service_port?)'],
  ['def f(long_name):\n    return longname', '2:12: undefined: longname (did you mean long_name?)'],
  ['def f():\n    return [nope, nope]', '2:13: undefined: nope'],
  ['[x for x in [1]]\nprint(x)', '2:7: undefined: x'],
  ['[x for x in x]', '1:13: undefined: x'],
  [
    'load("m", "_a", b="")',
    '1:12: load: names with leading underscores are not exported: _a',
    '1:20: load: empty identifier',
  ],
  ['def f():\n    load("m", "a")', '2:5: load statement within a function'],
  ['if 1:\n    load("m", "a")', '2:5: load statement within a conditional'],
  ['for i in []:\n    load("m", "a")', '2:5: load statement within a loop'],
  ['return 1', '1:1: return statement not within a function'],
  ['break', '1:1: break not in a loop'],
  ['for i in []:\n    def f(): continue', '2:14: continue not in a loop'],
  ['1 = 0', "1:1: can't assign to literal"],
  ['len() = 0', "1:1: can't assign to callexpr"],
  ['1 + 2 = 0', "1:1: can't assign to binaryexpr"],
  ['-a = 0', "1:1: can't assign to unaryexpr"],
  ['{} = 0', "1:1: can't assign to dictexpr"],
  ['[x for x in []] = 0', "1:1: can't assign to comprehension"],
  ['(a if b else c) = 0', "1:2: can't assign to condexpr"],
  ['lambda: 0 = 0', "1:1: can't assign to lambdaexpr"],
  ['len[:] = 0', "1:1: can't assign to sliceexpr"],
  ['(a, b) += 0', "1:2: can't use tuple expression in augmented assignment"],
  ['[a, b] += 0', "1:1: can't use list expression in augmented assignment"],
  ['def f(a, a): pass', '1:10: duplicate parameter: a'],
  ['def f(a, a=1): pass', '1:11: duplicate parameter: a'],
  ['def f(a, *a): pass', '1:11: duplicate parameter: a'],
  ['def f(a=1, b): pass', '1:12: required parameter may not follow optional'],
  ['def f(**k, a): pass', '1:12: required parameter may not follow **k'],
  ['def f(**k, a=1): pass', '1:13: optional parameter may not follow **k'],
  ['def f(**k, *a): pass', '1:12: * parameter may not follow **k'],
  ['def f(*a, *b): pass', '1:11: multiple * parameters not allowed'],
  ['def f(**a, **b): pass', '1:12: multiple ** parameters not allowed'],
  ['def f(a, *): pass', '1:10: bare * must be followed by keyword-only parameters'],
  ['print(a=1, a=2)', '1:12: keyword argument "a" is repeated'],
  ['print(a=1, 2)', '1:12: positional argument may not follow named'],
  ['print(*[], 2)', '1:12: positional argument may not follow *args'],
  ['print(**{}, 2)', '1:13: positional argument may not follow **kwargs'],
  ['print(*[], a=2)', '1:12: keyword argument may not follow *args'],
  ['print(**{}, a=2)', '1:13: keyword argument may not follow **kwargs'],
  ['print(*[], *[])', '1:12: multiple *args not allowed'],
  ['print(**{}, **{})', '1:13: multiple **kwargs not allowed'],
  ['print(**{}, *[])', '1:13: *args may not follow **kwargs'],
  [`print(${'1,'.repeat(256)})`, '1:1: 256 positional arguments in call, limit is 255'],
];

test('mistakes that need no run, each at its place', () => {
  for (const [program, ...expected] of MISTAKES)
    assert.deepEqual(mistakes(program, ['a', 'b', 'c']), expected, program);
});

test('mistakes of the top level come first, those in functions after them', () => {
  const program = 'def f():\n    return one\ntwo\nlambda: three\n';
  assert.deepEqual(mistakes(program), ['3:1: undefined: two', '2:12: undefined: one', '4:9: undefined: three']);
});

test('what Tilt switches on is no mistake', () => {
  const program = [
    'x = 1',
    'x = 2',
    'len = len',
    'load("m", "y")',
    'y = 3',
    'for i in range(3):',
    '    if i: continue',
    'while False: pass',
    'def f(): return f()',
    'def g(): return later',
    'later = set([1])',
    'x += 1',
    'print(**{}); print(1,); (a, b,) = 1, 2; [] = []',
  ].join('\n');
  assert.deepEqual(mistakes(program), []);
});
