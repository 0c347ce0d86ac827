import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runStarlark } from '../../../support/run-starlark.ts';

/** The last line that each program prints. */
function shows(cases: readonly (readonly [program: string, expected: string])[]): void {
  for (const [program, expected] of cases) {
    test(program, () => {
      const { prints, error } = runStarlark(`${program}\n`);
      assert.equal(error?.message, undefined);
      assert.equal(prints.at(-1), expected);
    });
  }
}

function refuses(cases: readonly (readonly [program: string, message: string])[]): void {
  for (const [program, message] of cases) {
    test(program, () => assert.equal(runStarlark(`${program}\n`).error?.message, message));
  }
}

suite('lists and tuples', () => {
  shows([
    ['x = [1]\nx += x\nx += (2,)\nx.extend({3: 0})\nprint(x)', '[1, 1, 2, 3]'],
    [
      'x = [1, 2, 3, 4]\nx[0] = 9\nx[-1] = 8\nprint(x[1:3], x[::-1], x[5:], x[-2:], x[3:0:-2], x[:None])',
      '[2, 3] [8, 3, 2, 9] [] [3, 8] [8, 2] [9, 2, 3, 8]',
    ],
    [
      'x = [3, 1]\nx.insert(-9, 0)\nx.insert(9, 5)\nx.insert(-1, 4)\nprint(x, x.pop(0), x.pop(), x.index(1, 1), x)',
      '[3, 1, 4] 0 5 1 [3, 1, 4]',
    ],
    ['x = [1, 2, 1]\nx.remove(1)\ny = x\nx.clear()\nprint(x, y, len(y))', '[] [] 0'],
    ['x = []\nx.append(x)\ny = {}\ny["y"] = y\nprint(x, y)', '[[...]] {"y": {...}}'],
    [
      'print((1,), (), (1, 2) + (3,), 2 * (1,), [0] * 3, (1, 2) < (1, 3), [1, [2]] == [1, [2]], (1) == 1)',
      '(1,) () (1, 2, 3) (1, 1) [0, 0, 0] True True True',
    ],
    ['a, (b, c) = 1, (2, 3)\nprint(a, b, c)', '1 2 3'],
    [
      'print(sorted([3, 1, 2], reverse=True), sorted(["b", "A"], key=lambda s: s.lower()), reversed([1, 2]))',
      '[3, 2, 1] ["A", "b"] [2, 1]',
    ],
    [
      'print(sorted([(1, "b"), (0, "z"), (1, "a")], key=lambda p: p[0], reverse=True))',
      '[(1, "b"), (1, "a"), (0, "z")]',
    ],
    [
      'print(enumerate(["a"], 5), zip([1, 2], "ab".elems()), zip(), zip([1], []), list(range(10, 0, -3)))',
      '[(5, "a")] [(1, "a"), (2, "b")] [] [] [10, 7, 4, 1]',
    ],
    [
      'print(any([0, 1]), all([]), max(["a", "bb"], key=len), min(2, 1), list((1,)), tuple([1]), bool([]))',
      'True True bb 1 [1] (1,) False',
    ],
    [
      'r = range(0, 10, 2)\nprint(r, len(r), r[1], r[-1], r[1:3], 4 in r, 5 in r, 4.0 in r, r == range(0, 9, 2), range(0) == range(5, 5), bool(range(0)))',
      'range(0, 10, 2) 5 2 8 range(2, 6, 2) True False True True True False',
    ],
    ['n = 0\nfor i in range(1000000000):\n    n += 1\n    if i == 200:\n        break\nprint(n)', '201'],
    [
      'b = b"a\\xffb"\nprint([b, len(b), b[1], b[::2]], list(b.elems()), b"b" in b, 255 in b, b < b"b", [b * 2], {b: 1}[b"a\\xffb"])',
      '[b"a\\xffb", 3, b"\\xff", b"ab"] [97, 255, 98] True True True [b"a\\xffba\\xffb"] 1',
    ],
  ]);
  refuses([
    ['x = [1]\nfor i in x:\n    x.append(i)', 'append: cannot append to list during iteration'],
    ['x = [1]\n[x.pop() for i in x]', 'pop: cannot pop from list during iteration'],
    ['x = [1]\nfor i in x:\n    x[0] = 2', 'cannot assign to element of list during iteration'],
    ['x = [1]\nfor i in x:\n    x += [1]', 'cannot apply += to list during iteration'],
    ['x = [1]\nsorted(x, key=lambda e: x.append(e))', 'append: cannot append to list during iteration'],
    ['[1][1]', 'list index 1 out of range [-1:0]'],
    ['[][0]', 'index 0 out of range: empty list'],
    ['[1][1.0]', 'list index: got float, want int'],
    ['[1][1 << 40]', 'list index: 1099511627776 out of range'],
    ['[1]["a":]', 'invalid start index: got string, want int'],
    ['[1][::0]', 'zero is not a valid slice step'],
    ['1[0]', 'unhandled index operation int[int]'],
    ['1[0:1]', 'invalid slice operand int'],
    ['(1,)[0] = 2', 'tuple value does not support item assignment'],
    ['[].pop()', 'pop: index -1 out of range: empty list'],
    ['[1].remove(2)', 'remove: element not found'],
    ['[1].index(2)', 'index: value not in list'],
    ['a, b = 1, 2, 3', 'too many values to unpack (got 3, want 2)'],
    ['a, b = [1]', 'too few values to unpack (got 1, want 2)'],
    ['a, b = 1', 'got int in sequence assignment'],
    ['sorted([1, "a"])', 'string < int not implemented'],
    ['sorted(1)', 'sorted: for parameter iterable: got int, want iterable'],
    ['sorted([1], key=1)', 'sorted: for parameter "key": got int, want callable'],
    ['sorted([1], kee=1)', 'sorted: unexpected keyword argument "kee" (did you mean key?)'],
    ['range(1, 2, 0)', 'range: step argument must not be zero'],
    ['len(1)', 'len: value of type int has no len'],
    ['zip(1)', 'zip: argument #1 is not iterable: int'],
    ['x = [[[[[[[[[[[1]]]]]]]]]]]\nx == [[[[[[[[[[[1]]]]]]]]]]]', 'comparison exceeded maximum recursion depth'],
  ]);
});

suite('dicts and sets', () => {
  shows([
    [
      'd = {"b": 1, "10": 2, "2": 3, 4: 5, (1, 2): 6, None: 7, True: 8, "__proto__": 9}\nprint(d)',
      '{"b": 1, "10": 2, "2": 3, 4: 5, (1, 2): 6, None: 7, True: 8, "__proto__": 9}',
    ],
    [
      'd = {"a": None}\nprint(d.get("a", 1), d.pop("a", 1), d.get("a"), d.setdefault("a", 5), d.setdefault("a"), d.get("x", 2))',
      'None None None 5 5 2',
    ],
    [
      'd = {"a": 1, "b": 2}\nd["a"] = 3\nd.pop("a")\nd["a"] = 4\nprint(d.items(), d.keys(), d.values(), d.popitem(), list(d))',
      '[("b", 2), ("a", 4)] ["b", "a"] [2, 4] ("b", 2) ["a"]',
    ],
    [
      'd = dict([("a", 1), ["b", 2]], c=3)\nd.update({"a": 9}, d=4)\nprint(d, d | {"a": 0, "z": 1}, {"x": 1} == dict(x=1))',
      '{"a": 9, "b": 2, "c": 3, "d": 4} {"a": 0, "b": 2, "c": 3, "d": 4, "z": 1} True',
    ],
    ['d = {"a": 1}\ne = d\nd |= {"b": 2}\nprint(e, "a" in d, [] in d, len(d))', '{"a": 1, "b": 2} True False 2'],
    [
      'f = lambda: 1\nd = {f: 1, (f, 1): 2, len: 3}\nprint(d[f], d[(f, 1)], d[len], ("a", 1) in {("a", "1"): 0}, {("a,", "b"): 1} == {("a", ",b"): 1})',
      '1 2 3 False False',
    ],
    ['print({k: v for k, v in [("a", 1), ("a", 2)]})', '{"a": 2}'],
    [
      's = set([3, 1, 3])\ns.add(2)\ns.discard(9)\nprint(s, 1 in s, s | set([9]), s & set([1, 9]), s - set([1]), s ^ set([1, 9]), len(s), s.pop())',
      'set([1, 2]) True set([3, 1, 2, 9]) set([1]) set([3, 2]) set([3, 2, 9]) 3 3',
    ],
    [
      'a, b = set([1]), set([1, 2])\nprint(a < b, a <= a, b > a, a == set([1]), a.issubset([1, 2]), b.issuperset([1]), a.union([5]), b.difference([1]), b.intersection((2,)), b.symmetric_difference([2, 3]))',
      'True True True True True True set([1, 5]) set([2]) set([2]) set([1, 3])',
    ],
    ['print([x for x in set([2, 1])], bool(set()), type(set()))', '[2, 1] False set'],
  ]);
  refuses([
    ['{"a": 1, "a": 2}', 'duplicate key: "a"'],
    ['{[1]: 1}', 'unhashable type: list'],
    ['{(1, {}): 1}', 'unhashable type: dict'],
    ['{}["a"]', 'key "a" not in dict'],
    ['{}[(1, "a")]', 'key (1, "a") not in dict'],
    ['d = {"a": 1}\nfor k in d:\n    d["b"] = 1', 'cannot insert into hash table during iteration'],
    ['d = {"a": 1}\nfor k in d:\n    d.pop("a")', 'pop: cannot delete from hash table during iteration'],
    ['d = {"a": 1}\nfor k in d:\n    d |= {}', 'cannot apply |= to hash table during iteration'],
    ['{}.pop("a")', 'pop: missing key'],
    ['{}.popitem()', 'popitem: empty dict'],
    ['{} + {}', 'unknown binary op: dict + dict'],
    ['dict(1)', 'dict: got int, want iterable'],
    ['dict([1])', 'dict: dictionary update sequence element #0 is not iterable (int)'],
    ['dict([(1, 2, 3)])', 'dict: dictionary update sequence element #0 has length 3, want 2'],
    ['{}.update(1, 2)', 'update: got 2 arguments, want at most 1'],
    ['set([[]])', 'set: unhashable type: list'],
    ['set().remove(1)', 'remove: missing key'],
    ['set().pop()', 'pop: empty set'],
    ['s = set([1])\nfor x in s:\n    s.add(2)', 'add: cannot insert into hash table during iteration'],
    ['set() | [1]', 'unknown binary op: set | list'],
    ['set().difference()', 'difference: got 0 arguments, want 1'],
    ['set()[0]', 'unhandled index operation set[int]'],
    ['[] in set()', 'unhashable type: list'],
  ]);
});

suite('functions', () => {
  shows([
    [
      'def f(a, b=2, *args, c, d=4, **kw):\n    return (a, b, args, c, d, kw)\nprint(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3, "d": 0}))',
      '(1, 2, (), 3, 4, {}) (1, 2, (3, 4), 5, 4, {"e": 6}) (1, 2, (), 3, 0, {})',
    ],
    [
      'def f(x=[]):\n    x.append(1)\n    return x\nf()\nprint(f(), f, (lambda: 0), len, [].append, type(len))',
      '[1, 1] <function f> <function lambda> <built-in function len> <built-in method append of list value> builtin_function_or_method',
    ],
    [
      'def make(n):\n    def add(x):\n        return x + n\n    return add\nprint([f(10) for f in [make(i) for i in range(3)]])',
      '[10, 11, 12]',
    ],
    [
      'print(getattr("a", "upper")(), getattr("a", "x", 5), hasattr([], "append"), hasattr(1, "x"), dir({})[:2], dir(1))',
      'A 5 True False ["clear", "get"] []',
    ],
    ['a = "x".upper\nprint(a == a, "x".upper == "x".upper, len == len)', 'True False True'],
  ]);
  refuses([
    ['def f(a, b=1): pass\nf(1, 2, 3)', 'function f accepts at most 2 positional arguments (3 given)'],
    ['def f(a, *, b=1): pass\nf(1, 2)', 'function f accepts 1 positional argument (2 given)'],
    ['def f(): pass\nf(1)', 'function f accepts no arguments (1 given)'],
    ['def f(a, *, b, c): pass\nf()', 'function f missing 3 arguments (a, b, c)'],
    ['def f(a): pass\nf(1, a=2)', 'function f got multiple values for parameter "a"'],
    ['def f(a): pass\nf(1, b=2)', 'function f got an unexpected keyword argument "b"'],
    ['def f(**kw): pass\nf(a=1, **{"a": 2})', 'function f got multiple values for parameter "a"'],
    ['def f(*a): pass\nf(*1)', 'argument after * must be iterable, not int'],
    ['def f(**k): pass\nf(**1)', 'argument after ** must be a mapping, not int'],
    ['def f(**k): pass\nf(**{1: 2})', 'keywords must be strings, not int'],
    ['"a"()', 'invalid call of non-function (string)'],
    ['None.x', 'NoneType has no .x field or method'],
    ['x = 1\nx.y = 2', "can't assign to .y field of int"],
    ['getattr(1, "x")', 'getattr: int has no .x field or method'],
    ['def f():\n    x = y\n    y = 1\nf()', 'local variable y referenced before assignment'],
    ['fail("a", [1], sep="-")', 'fail: a-[1]'],
  ]);
});
