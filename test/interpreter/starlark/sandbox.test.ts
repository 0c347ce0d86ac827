import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere } from '../evaluate-here.ts';

const { folder, printed, succeed, fail } = evaluateHere();

/** What a Starlark file prints; the library's `print` takes one value only. */
async function prints(main: string, files: Record<string, string> = {}): Promise<string[]> {
  printed.length = 0;
  const show = `def show(*values):\n    print(' '.join([str(value) for value in values]))\n`;
  await succeed('main.star', show + main.replaceAll(/\bprint\(/g, 'show('), files);
  return printed.join('').split('\n').slice(0, -1);
}

const shortened = (text: string | undefined) => (text ?? '').replaceAll(`${folder}/`, '').split('\n');

test('each value of Starlark is told apart at the border', async () => {
  const lines = await prints(`
def f(): pass
values = [None, True, 1, 1 << 60, -1, 1.5, 2.0, -0.0, 'ä', [1], (1, 2), set([1]), range(3), {'a': 1}, {}, {1: 'x', 'b': 2}, b'x', f, len, SECRET]
for v in values:
    print(kind(v))
`);
  assert.deepEqual(lines, [
    'object null',
    'boolean true',
    'number 1',
    `bigint ${2n ** 60n}`,
    'number -1',
    'number 1.5',
    'float 2',
    'float 0',
    'string ä',
    'array 1',
    'tuple 2',
    'set 1',
    'range 3',
    'object null a',
    'object null ',
    'mixed number 1=string x,string b=number 2',
    'foreign bytes',
    'function f',
    'builtin len',
    'Tagged Secret {"name":"constant","list":[1,{"deep":true}]}',
  ]);
});

test('values come back from builtins as what they were', async () => {
  const lines = await prints(`
def same(v):
    return echo(v)
for v in [None, True, 1, 1 << 60, 1.5, 2.0, -0.0, float('inf'), 'ä\\x00', [1, [2]], (1,), {'b': 1, 'a': {'\\x00': 2}}, {1: 2}]:
    print(repr(same(v)))
f = lambda: 1
print(same(f) == f, same(len) == len, same(SECRET) == SECRET, same(b'x') == b'x', type(same(os)), SECRET.list)
print(invoke(lambda a, b: [a, b], 1.0, {'x': (1,)}), make('Thing', [1]), make('Thing', 1).value, pair('k'), pair(3))
`);
  assert.deepEqual(lines, [
    'None',
    'True',
    '1',
    String(2n ** 60n),
    '1.5',
    '2.0',
    '-0.0',
    '+inf',
    '"ä\\x00"',
    '[1, [2]]',
    '(1,)',
    '{"b": 1, "a": {"\\x00": 2}}',
    '{1: 2}',
    'True True True True module [1, {"deep": True}]',
    '[1.0, {"x": (1,)}] Thing(value = [1]) 1 (2.0, {"k": None}) (2.0, {3: None})',
  ]);
});

test('keywords come apart from a dict at the end', async () => {
  const lines = await prints(`
print(keywords(), keywords({'a': 1}), keywords(1, b=2, **{'c': [3]}))
`);
  assert.deepEqual(lines, ['{} {} {"b": 2, "c": [3]}']);
  await succeed('main.js', `keep(keywords({ a: 1 }))`).then(({ seen }) => assert.deepEqual(seen, ['not told']));
});

test('a value that contains itself is refused by builtins and goes over to JavaScript', async () => {
  const failure = await fail('main.star', 'x = []\nx.append(x)\nkeep(x)\n');
  assert.equal(failure.message, 'a value that contains itself cannot be given to a builtin');
  assert.equal(failure.at, 'main.star:3:5');
  const script = `import { x, d } from './lib.star'; keep(x[0] === x, d.self === d, x.length);`;
  const { seen } = await succeed('main.js', script, { 'lib.star': 'x = []\nx.append(x)\nd = {}\nd["self"] = d\n' });
  assert.deepEqual(seen, [true, true, 1]);
});

const library = `
NAMES = ['a', 'b']
CONF = {'x': 1, 'f': 2.0, 'deep': {'l': [1]}}
MIXED = {1: 'one', 'two': 2}
BIG = 1 << 70
def greet(name, *rest, loud=False, **more):
    return '%s %s %s %s' % (name, rest, loud, more)
def strict(name, loud=False):
    return '%s %s' % (name, loud)
def call(fn, x):
    return fn(x, key='v')
def boom(d):
    return d['missing']
_private = 1
def same(x): return x
def kind_of(x): return type(x)
`;

test('JavaScript imports what a Starlark file defines', async () => {
  const script = `
    import * as lib from './lib.star';
    keep(Object.keys(lib).join(), typeof lib.BIG, lib.MIXED.get(1), lib.MIXED.get('two'), lib.CONF.f, Object.isFrozen(lib.NAMES));
    keep(lib.greet('x', 1, { loud: true, more: 1 }), lib.strict('x', { loud: 1 }), lib.strict({ other: 1 }), lib.greet({ a: 1 }, 2, {}));
    try { lib.strict('x', { other: 1 }); } catch (error) { keep(error.message); }
    keep(lib.call((x, { key }) => x + key, 3), lib.same(lib.strict) === lib.strict, lib.same(os) === os, lib.same(SECRET) === SECRET);
    const values = [null, undefined, true, 1, 1.5, 2n ** 80n, 2n, 'x', [1], { a: 1 }, new Map([[1, 2]]), new Set([1]), new Uint8Array([1]), () => 1, Symbol('x'), new Date(0), SECRET, os];
    keep(values.map((value) => lib.kind_of(value)).join());
    keep(lib.same(new Map([[1, 2]])).get(1), lib.same({ __proto__: null, a: 1 }).a, Object.is(lib.same(-0), -0), lib.same([1, [2]])[1][0]);
    try { lib.boom({}) } catch (error) { keep(error instanceof Error, error.constructor === Error, error.message); }
    try { lib.NAMES.push('c'); } catch (error) { keep(error.name); }
  `;
  const { seen } = await succeed('main.js', script, { 'lib.star': library });
  assert.deepEqual(seen, [
    'BIG,CONF,MIXED,NAMES,_private,boom,call,greet,kind_of,same,strict',
    'bigint',
    'one',
    2,
    2,
    true,
    'x (1,) True {"more": 1}',
    'x 1',
    '{"other": 1} False',
    '{"a": 1} (2,) False {}',
    'function strict got an unexpected keyword argument "other"',
    '3v',
    true,
    true,
    true,
    'NoneType,NoneType,bool,int,float,int,int,string,list,dict,dict,set,bytes,function,symbol,Date,Secret,module',
    2,
    1,
    true,
    2,
    true,
    true,
    'key "missing" not in dict',
    'TypeError',
  ]);
});

test('Starlark does not see what a script did to its own intrinsics', async () => {
  const script = `
    const evil = () => { throw new Error('evil'); };
    Array.prototype.map = Array.prototype.push = Array.prototype.slice = Array.prototype[Symbol.iterator] = evil;
    Object.entries = Object.keys = JSON.parse = JSON.stringify = Reflect.apply = evil;
    Map.prototype.get = Map.prototype.set = Set.prototype.add = String.prototype.slice = Array.from = evil;
    const { call, greet, CONF } = await import('./lib.star');
    keep(call((x, o) => x + o.key, 3));
    keep(greet('x', { loud: true }));
    keep(CONF.deep.l[0]);
  `;
  const { seen } = await succeed('main.js', script, { 'lib.star': `${library}\nkeep(sorted([3, 1]))\n` });
  assert.deepEqual(seen, [[1, 3], '3v', 'x () True {}', 1]);
});

test('Starlark loads what a JavaScript module exports', async () => {
  const module = `
    export const n = 5, list = [1, 2], obj = { a: { b: 1.5 } };
    export const twice = (x) => x * 2, options = (a, { b = 1 } = {}) => [a, b], back = (f) => f(1, { k: 2 });
    export default 7;
    await null;
  `;
  const main = `
load('./lib.mjs', 'n', 'list', 'obj', 'options', 'back', d='default', double='twice')
def f(*args, **kwargs): return (args, kwargs)
print(n, list, obj, double(4), options(1, b=5), back(f), d, type(double), double)
`;
  assert.deepEqual(await prints(main, { 'lib.mjs': module }), [
    '5 [1, 2] {"a": {"b": 1.5}} 8 [1, 5] ((1,), {"k": 2}) 7 function <function twice>',
  ]);
  const failure = await fail('main.star', `load('./lib.mjs', 'list')\nlist.append(3)\n`, { 'lib.mjs': module });
  assert.equal(failure.message, 'append: cannot append to frozen list');
  const missing = await fail('main.star', `load('./lib.mjs', 'twize')\n`, { 'lib.mjs': module });
  assert.equal(missing.message, 'load: name twize not found in module ./lib.mjs (did you mean twice?)');
});

test('a stack goes through both languages', async () => {
  const files = {
    'lib.mjs': `export function each(f) {\n  return f('x');\n}\n`,
    'lib.star': `load('./lib.mjs', 'each')\ndef outer():\n    return each(inner)\ndef inner(x):\n    return sorted([1], key=lambda y: x + y)\n`,
  };
  const failure = await fail('main.js', `import { outer } from './lib.star';\nouter();`, files);
  assert.equal(failure.message, 'unknown binary op: string + int');
  assert.equal(failure.at, 'lib.star:5:40');
  assert.deepEqual(shortened(failure.traceback), [
    'Traceback (most recent call last):',
    '  main.js:2:1: in <toplevel>',
    '  lib.star:3:16: in outer',
    '  lib.mjs:2:10: in each',
    '  lib.star:5:18: in inner',
    '  <builtin>: in sorted',
    '  lib.star:5:40: in lambda',
    'Error: unknown binary op: string + int',
  ]);
  assert.match(failure.codeFrame ?? '', /> 5 \| {5}return sorted/);
  const thrown = await fail(
    'main.star',
    `load('./lib.mjs', 'each')\ndef f(x):\n    each(g)\ndef g(x):\n    refuse('no ' + x)\neach(f)\n`,
  );
  assert.equal(thrown.kind, 'refused');
  assert.equal(thrown.at, 'main.star:5:11');
  assert.equal(shortened(thrown.traceback).at(-1), 'Error in refuse: no x');
});

test('arguments that do not fit are an error inside of the function', async () => {
  const failure = await fail('main.star', 'def f(a):\n    return a\nf()\n');
  assert.deepEqual(shortened(failure.traceback), [
    'Traceback (most recent call last):',
    '  main.star:3:2: in <toplevel>',
    '  main.star:2:12: in f',
    'Error: function f missing 1 argument (a)',
  ]);
  assert.deepEqual(
    failure.stack.map(({ functionName, line }) => `${functionName} ${line}`),
    ['f 2', '<toplevel> 3'],
  );
});

test('builtins know where they are called', async () => {
  const { positions } = await succeed('main.star', 'declare()\n[declare() for _ in range(1)]\n(lambda: declare())()\n');
  assert.deepEqual(positions, [`${folder}/main.star:1:8`, `${folder}/main.star:2:9`, `${folder}/main.star:3:17`]);
});

test('files that load each other in a circle are refused, in whatever language', async () => {
  const circle = { 'a.star': `load('./b.star', 'b')\na = 1\n`, 'b.star': `load('./a.star', 'a')\nb = 1\n` };
  const failure = await fail('main.star', `load('./a.star', 'a')\n`, circle);
  assert.equal(failure.message, `cannot load ./a.star: Circular load: ${folder}/a.star`);
  assert.equal(failure.at, 'b.star:1:1');
  const mixed = await fail('main.star', `load('./a.mjs', 'a')\n`, {
    'a.mjs': `import { b } from './b.star'; export const a = b;`,
    'b.star': `load('./a.mjs', 'a')\nb = 1\n`,
  });
  assert.match(mixed.message, /Circular load/);
});

test('a file runs once, whoever loads it, and fails once', async () => {
  const files = {
    'once.star': `print('once')\nx = 1\n`,
    'a.mjs': `export { x } from './once.star';`,
    'bad.star': `print('bad')\nfail('broken')\n`,
  };
  const lines = await prints(`load('./a.mjs', 'x')\nload('./once.star', y='x')\nprint(x + y)\n`, files);
  assert.deepEqual(lines, ['once', '2']);
  printed.length = 0;
  const script = `for (let i = 0; i < 2; i++) try { include(import.meta.dirname + '/bad.star'); } catch (error) { console.log(error.message); }`;
  await succeed('main.js', script, files);
  assert.deepEqual(printed.join('').split('\n').slice(0, -1), ['bad', 'fail: broken', 'fail: broken']);
});

test('what is wrong with the text of a file has its place', async () => {
  const failure = await fail('main.star', 'x = 1\nif x:\n    y = )\n');
  assert.equal(failure.kind, 'syntax');
  assert.equal(failure.at, 'main.star:3:9');
  assert.equal(failure.traceback, undefined);
  const name = await fail('main.star', 'def deploy():\n    return deplyo\ndeploy()\n');
  assert.equal(name.message, 'undefined: deplyo (did you mean deploy?)');
  assert.equal(name.at, 'main.star:2:12');
  const loaded = await fail('main.star', `load('./lib.star', 'x')\n`, { 'lib.star': 'x = = 1\n' });
  assert.match(loaded.message, new RegExp(`^cannot load ./lib.star: ${folder}/lib.star:1:5: `));
  assert.equal(loaded.at, 'main.star:1:1');
  const imported = await fail('main.js', `import { x } from './lib.star';`);
  assert.equal(imported.at, 'lib.star:1:5');
  const missing = await fail('main.js', `import { secnd } from './lib.star';`, {
    'lib.star': 'first = 1\nsecond = 2\n',
  });
  assert.equal(missing.message, 'load: name secnd not found in module ./lib.star (did you mean second?)');
  const gone = await fail('main.star', `load('./gone.star', 'x')\n`);
  assert.equal(
    gone.message,
    `cannot load ./gone.star: error reading file ${folder}/gone.star: open ${folder}/gone.star: no such file or directory`,
  );
});

test('limits hold for Starlark', async () => {
  const deep = await fail('main.star', 'def f(n):\n    return f(n + 1)\nf(0)\n');
  assert.equal(deep.kind, 'stack-limit');
  assert.equal(deep.at.startsWith('main.star:2:'), true);
  const endless = await fail(
    'main.star',
    'x = 0\nwhile True:\n    x = str(x) and 1\n',
    {},
    { limits: { computeMs: 300 } },
  );
  assert.equal(endless.kind, 'time-limit');
  assert.equal(endless.at, 'main.star:3:12');
  const large = await fail('main.star', 'x = [1]\nwhile True:\n    x = x + x\n');
  assert.equal(large.kind, 'memory-limit');
  printed.length = 0;
  await succeed('main.star', `print('a')\nload('./quit.star', 'x')\nprint('b')\n`, { 'quit.star': 'quit()\nx = 1\n' });
  assert.deepEqual(printed, ['a\n']);
});

test('a bug of the host is one also when Starlark calls it', async () => {
  await assert.rejects(succeed('main.star', 'bug()\n'), /the host is broken/);
});
