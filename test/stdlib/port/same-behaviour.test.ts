import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { portText } from './fixtures.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

/** Programs that end well or fail: a port prints the same, and fails with the same words. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'a template shows values when all are computed': `
def push(xs, x):
    xs.append(x)
    return xs
xs = []
print('%s %s' % (push(xs, 1), push(xs, 2)))
print('{} {}'.format(push(xs, 3), push(xs, 4)))`,
  'a default is made once': `
def f(x, into=[], names={}):
    into.append(x)
    names[x] = 1
    return '%s %s' % (into, names)
print(f('a'), f('b'), f('c', into=[]))`,
  'a default is what it was when the function was made': `
n = 1
def f(x=n):
    return x
n = 2
print(f())
fs = [(lambda i=i: i) for i in range(3)]
print(str([g() for g in fs]))`,
  'and and or answer values': `
def f(x):
    return '%s %s' % (x or 'other', x and 'both')
for v in [None, '', 0, [], {}, (), 'a', 1, [0], {'a': None}, (None,), 0.0, set(), blob(''), blob('x')]:
    print(f(v))`,
  'lists are one thing under two names': `
a = [1]
b = a
b += [2]
a.extend((3,))
c = a + [4]
c.append(5)
print(str(a), str(b), str(c))
d = {'l': a}
d['l'].append(6)
print(str(a))`,
  'tuples and lists differ': `
def pair(): return 1, 2
def kinds(x): return '%s %s' % (type(x), x)
print(kinds(pair()), kinds([1, 2]), str(pair() == [1, 2]), str((1,) + (2,) == pair()))
d = {pair(): 'x'}
print(d[(1, 2)], str((1, 2) in d), str(sorted([(2, 'a'), (1, 'b')])))`,
  'dicts with keys of all kinds': `
d = {1: 'a', '1': 'b', True: 'c', None: 'd'}
d[2.0] = 'e'
d[2] = 'f'
print(str(d), str(len(d)), str([type(k) for k in d]), d.get(3, 'none'))
d.update({4: 'g'})
print(str(d.pop(4)), str(sorted([str(k) for k in d.keys()])))`,
  'keys that every object seems to have': `
def look(d, k): return d.get(k, 'nothing') + ' %s' % (k in d)
for k in ['constructor', 'toString', '__proto__', 'length']:
    print(look({}, k), look({k: 'there'}, k))`,
  'floats stay floats': `
def half(x): return x / 2
print(str(half(4)), str(half(3)), str(half(4) == 2), '%d %s' % (half(5), [half(2), 1]), type(half(2)))
print(str(1e3), str(-0.0), str(2 * 1.5), str(int(half(5))))`,
  'whole numbers of any size': `
a, b = 0, 1
for i in range(100):
    a, b = b, a + b
print(str(a), str((1 << 64) // 7), str(9007199254740991 + 2), '%x' % (1 << 65))`,
  'loops leave their variables': `
def f(xs):
    for i, x in enumerate(xs):
        if x == 'stop':
            break
        last = x
    return '%d %s %s' % (i, x, last)
print(f(['a', 'stop', 'b']), f(['a', 'b']))`,
  'closures see the last value': `
fs = []
for x in [1, 2, 3]:
    fs.append(lambda: x)
print(str([f() for f in fs]))`,
  'functions of unknown callers': `
def apply(f, *args, **kwargs): return f(*args, **kwargs)
def g(a, b=2, *c, **d): return '%s %s %s %s' % (a, b, c, d)
print(apply(g, 1), apply(g, 1, b=3), apply(g, 1, 2, 3, z=4), apply(lambda x, y=5: x + y, 1))
table = {'g': g}
print(table['g'](1, z=2))`,
  'a name of another file of the language': `
items = [3, 1, 2]
str_ = 'x'
len_ = len(items)
print(str(sorted(items, reverse=True)), str(len_), str_, str(max(items)), str(min([5, 4], key=lambda v: -v)))`,
  'a key that is not there': "d = {'a': 1}\ndef f(k): return d[k]\nprint(f('b'))",
  'an index that is not there': 'xs = [1, 2]\ndef f(i): return xs[i]\nprint(str(f(-1)), str(f(2)))',
  'a text and a number': "def f(a, b): return a + b\nprint(f('a', 'b'), f('a', 1))",
  'a list that changes while it is gone over': 'xs = [1]\nfor x in xs:\n    xs.append(2)\n    break\n',
  'a dict that changes while it is gone over': "d = {'a': 1}\nfor k in d:\n    d[k] = 2\n",
  'a variable without a value': 'def f(x):\n    if x:\n        y = 1\n    return y\nprint(str(f(True)))\nf(False)',
  'too many parts': "def f(s):\n    a, b = s.split(':')\n    return a\nprint(f('a:b'))\nf('a:b:c')",
  'an unknown keyword': 'def f(a, b=1): return a\ng = f\ng(1, c=2)',
  'a method that is not there': "def f(x): return x.title().nope()\nf('a')",
  'a struct without a field': "s = struct(a=1)\nprint(str(s.a), str(hasattr(s, 'b')))\ndef f(x): return x.b\nf(s)",
};

for (const [name, program] of Object.entries(PROGRAMS)) {
  test(name, async () => {
    const text = `${program.trimStart()}\n`;
    const result = portText(text);
    assert.ok(result.ok, JSON.stringify(result));
    const code = result.files[0]?.text ?? '';
    const before = await runner.run({ Tiltfile: text });
    const ported = await runner.run({ Tiltfile: text, 'Tiltfile.js': code });
    assert.equal(ported.printed, before.printed, code);
    assert.equal(
      ported.outcome.ok,
      before.outcome.ok,
      ported.outcome.ok ? code : `${ported.outcome.failure.message}\n${code}`,
    );
    if (!ported.outcome.ok && !before.outcome.ok) {
      assert.ok(
        ported.outcome.failure.message.includes(before.outcome.failure.message),
        ported.outcome.failure.message,
      );
    }
  });
}
