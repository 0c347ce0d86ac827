import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runStarlark } from '../../../support/run-starlark.ts';

/** What a program prints. */
function prints(program: string): readonly string[] {
  const ran = runStarlark(program);
  assert.equal(ran.error, undefined, program);
  return ran.prints;
}

test('variables may be called what JavaScript cannot have as a name', () => {
  const words = [
    'new',
    'this',
    'arguments',
    'eval',
    'undefined',
    'NaN',
    'let',
    'Object',
    'module',
    'Ünï',
    'true',
    'null',
  ];
  for (const word of words) {
    const program = `
${word} = 1
def f(${word}, *, other=2):
    g = lambda: ${word} + other
    return g() + len([${word} for ${word} in [1, 2]])
print(${word}, f(${word}), f(${word}=3, other=4))
`;
    assert.deepEqual(prints(program), ['1 5 9'], word);
  }
});

test('a comprehension has variables of its own', () => {
  const program = `
x = 'outer'
print([x for x in ['a', 'b']], x)
print([[x + y for y in 'ab'.elems()] for x in 'cd'.elems()], x)
print([x for x in [x]])
print({k: [k for k in [v]] for k, v in {1: 2}.items()})
def f(x):
    return [x for x in [x, x + 1] if x for x in [x * 10]], x
print(f(1))
fs = [lambda: x for x in [1, 2]]
print([f() for f in fs])
`;
  assert.deepEqual(prints(program), [
    '["a", "b"] outer',
    '[["ca", "cb"], ["da", "db"]] outer',
    '["outer"]',
    '{1: [2]}',
    '([10, 20], 1)',
    '[2, 2]',
  ]);
});

test('functions see the variables around them as they are when they are called', () => {
  const program = `
def counter():
    n = [0]
    def bump(by=1):
        n[0] += by
        return n[0]
    return bump
c = counter()
c(); c(10)
print(c(), counter()())
def late():
    f = lambda: x
    x = 1
    x = 2
    return f()
print(late())
def named():
    return [f() for f in [lambda i=i: i for i in range(3)]]
print(named())
`;
  assert.deepEqual(prints(program), ['12 1', '2', '[0, 1, 2]']);
});

test('a default is evaluated once, when the function is made', () => {
  const program = `
def made(): print('made'); return []
def f(x=made(), *args, y=len('abc'), **kwargs): x.append(y); return x, args, kwargs
f()
print(f(), f([], 1, 2, z=3, y=4))
`;
  assert.deepEqual(prints(program), ['made', '([3, 3], (), {}) ([4], (1, 2), {"z": 3})']);
});

test('the target of an augmented assignment is evaluated once', () => {
  const program = `
log = []
def at(x): log.append(x); return x
d = {'a': [1], 'b': 2}
d[at('b')] += at(3)
x = [0, 0]
def xs(): log.append('xs'); return x
xs()[at(1)] += 5
l = d['a']
d['a'] += [2]
print(d, x, log, l)
e = {1: 2}
f = e
f |= {3: 4}
print(e)
`;
  assert.deepEqual(prints(program), ['{"a": [1, 2], "b": 5} [0, 5] ["b", 3, "xs", 1] [1, 2]', '{1: 2, 3: 4}']);
});

test('the value of an assignment is evaluated before its target', () => {
  const program = `
log = []
def at(x): log.append(x); return x
x = [[0]]
x[at(0)][at(0)] = at(1)
(x[at(0)], y) = (at([2]), at(3))
[a, (b, c)] = 1, [2, 3]
b, a = a, b
print(log, x, y, a, b, c)
`;
  assert.deepEqual(prints(program), ['[1, 0, 0, [2], 3, 0] [[2]] 3 2 1 3']);
});

test('and, or, not and conditions', () => {
  const program = `
print([] or {} or 'x', 1 and [] and 2, not [], not 'a', 0 or None)
print(1 if [] else 2, (1 if 1 else 2) if 0 else 3)
print(1 == 1 and 'y', 1 != 1 or 'z', 1 < 2 and 2 in [2], None == None, True != False)
print('a' if 1 and not 0 or 2 else 'b', [x for x in [1, 0, 2] if x and not x == 2])
def loud(x): print(x); return x
loud(0) and loud(1)
loud(2) or loud(3)
if not (loud(4) or loud(5)) and loud(6): pass
`;
  assert.deepEqual(prints(program), [
    '"x" [] True False None'.replaceAll('"', ''),
    '2 3',
    'y z True True True',
    'a [1]',
    '0',
    '2',
    '4',
  ]);
});

test('branches and loops, at the top level too', () => {
  const program = `
def f(n):
    if n == 0: return 'zero'
    elif n == 1: r = 'one'
    elif n == 2:
        for i in range(10):
            if i == 3: break
            if i % 2: continue
            r = i
    else:
        while True:
            n -= 1
            if n < 5: break
        r = n
    return r
print(f(0), f(1), f(2), f(9))
for i in range(3):
    for j in range(3):
        if j == i: break
    else_ = i
print(i, j, else_)
n = 3
while n:
    n -= 1
    if n == 1: continue
    print(n)
def first(xs):
    for x in xs:
        for y in x:
            return y
xs = [[1], [2]]
print(first(xs), first([]))
xs.append(3)
print(xs)
`;
  assert.deepEqual(prints(program), ['zero one 2 4', '2 2 2', '2', '0', '1 None', '[[1], [2], 3]']);
});

test('a loop goes over all of a range, and lets go of a list however it ends', () => {
  const program = `
total = 0
for i in range(1000): total += i
print(total, len([i for i in range(1, 10000, 3)]))
xs = [1, 2]
def stop():
    for x in xs:
        [y for y in xs if y]
        return x
stop()
xs.append(3)
for x in xs: break
xs.append(4)
print(xs)
`;
  assert.deepEqual(prints(program), ['499500 3333', '[1, 2, 3, 4]']);
  assert.equal(
    runStarlark('xs = [1]\nfor x in xs: xs.append(2)').error?.message,
    'append: cannot append to list during iteration',
  );
});

test('literals', () => {
  const program = `
print(0, 00, -0, 0xff, 0o17, 0b101, 9007199254740991, 9007199254740992, -9007199254740992, 123456789012345678901234567890)
print(1.0, .5, 1.e3, 1e-7, -0.0)
print('\\x41\\101\\u00e9\\U0001F600\\'', r'\\n', """a
b""", 'a\\
b')
print(list(b'\\xff\\x00a\\u00e9'.elems()), list(rb'\\x'.elems()), b'' == b"")
print(b'a' + (b'b') + b'\\xff', 'a' + 'b' * 2 + 'c' + ('d' + 'e'))
print((), (1,), (1, 'a'), [], {}, {1: 2, 'a': []}, {'a' + 'b': 1})
print('\\u2028\\u2029', '\${x} \`y\` </script>')
`;
  assert.deepEqual(prints(program), [
    '0 0 0 255 15 5 9007199254740991 9007199254740992 -9007199254740992 123456789012345678901234567890',
    '1.0 0.5 1000.0 1e-07 -0.0',
    "AAé😀' \\n a\nb ab",
    '[255, 0, 97, 195, 169] [92, 120] True',
    'ab\udcff abbcde',
    '() (1,) (1, "a") [] {} {1: 2, "a": []} {"ab": 1}',
    '\u2028\u2029 ${x} `y` </script>',
  ]);
});

test('a name that load takes may have been a global variable before, and may become one', () => {
  const program = 'x = 1\nf = lambda: x\nprint(x)\nload("m", "x")\nprint(x, f())\nx = 3\nprint(x, f())';
  const ran = runStarlark(program, {}, { m: { x: 2 } });
  assert.deepEqual(ran.prints, ['1', '2 2', '3 3']);
  assert.deepEqual(Object.keys(ran.globals), ['x', 'f']);
});

test('globals are answered in the order in which they were bound first; what was never assigned is not there', () => {
  const { globals } = runStarlark('b = 1\nif b == 2: a = 3\ndef c(): pass\n[x for x in []]\nb = 4');
  assert.deepEqual(Object.keys(globals), ['b', 'a', 'c']);
  assert.equal(globals.b, 4);
  assert.equal(globals.a, undefined);
});

test('text in front of a function’s body, and text by itself, does nothing', () => {
  assert.deepEqual(prints('"""About."""\ndef f():\n    "Doc."\n    1\n    1.5\n    b"x"\nprint(f())'), ['None']);
});
