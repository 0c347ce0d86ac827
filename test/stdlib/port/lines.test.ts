import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { portText } from './fixtures.ts';

/** The JavaScript for a text, without the import of what it needs. */
function javascript(text: string): string {
  const result = portText(text);
  assert.ok(result.ok, JSON.stringify(result));
  return (result.files[0]?.text ?? '').replace(/^import \{[^}]*\} from 'tilt';\n\n?/m, '').trimEnd();
}

/** What the last line of each text becomes. */
function becomes(cases: Readonly<Record<string, string>>): void {
  for (const [text, expected] of Object.entries(cases)) {
    test(text, () =>
      assert.equal(javascript(text).split('\n').slice(-expected.split('\n').length).join('\n'), expected),
    );
  }
}

suite('texts', () => {
  becomes({
    "x = 'a'\nprint('%s-%d' % (x, 3))": 'print(`${x}-${3}`);',
    "print('{}/{}'.format('a', 1 + 2))": 'print(`a/${1 + 2}`);',
    "def f(p):\n  print('%s' % p)": "  print(remainder('%s', p));\n}",
    "def f(p):\n  print('%d' % p)": "  print(remainder('%d', p));\n}",
    "print('50%% of `${x}`')": "print('50%% of `${x}`');",
    "x = 'b'\nprint('say \"%s\"\\n' % x)": 'print(`say "${x}"\\n`);',
    "print('{0} {0!r}'.format('q'))": "print(`q ${repr('q')}`);",
    "print('{:>8}'.format('x'))": "print(format('{:>8}', ['x']));",
    "print('a,b'.split(',')[-1].upper().strip())": "print('a,b'.split(',').at(-1).toUpperCase().trim());",
    "print('é'[0])": "print(item('é', 0));",
    "x = str(local('ls')).strip()": "const x = local('ls').trim();",
  });
});

suite('truth and equality', () => {
  becomes({
    'xs = [1]\nif not xs:\n  print(1)': 'if (xs.length === 0) {\n  print(1);\n}',
    'd = {}\nif d:\n  print(1)': 'if (Object.keys(d).length > 0) {\n  print(1);\n}',
    "x = os.getenv('A')\ny = x or 'b'": "const y = x || 'b';",
    'def f(a, b):\n  return a == b': '  return equal(a, b);\n}',
    "def f(a):\n  return a == 'x'": "  return a === 'x';\n}",
    'def f(a):\n  return a == None': '  return a == null;\n}',
    "def f(a):\n  return type(a) == 'string'": "  return typeof a === 'string';\n}",
    "def f(a):\n  return a in ('x', 'y')": "  return ['x', 'y'].includes(a);\n}",
    'print(str(1 < 2))': 'print(str(1 < 2));',
    "print(str('a' < 1))": "print(str(compare('a', '<', 1)));",
  });
});

suite('lists and dicts', () => {
  becomes({
    "d = {'a': {'b-c': 1}}\nx = d['a']['b-c']": "const x = d.a['b-c'];",
    "d = {'a': 1}\nx = d['b']": "const x = item(d, 'b');",
    "def f(d):\n  return d['a'][0]['b']": "  return item(d, 'a', 0, 'b');\n}",
    "def f(d):\n  return d.get('a', [])": '  return d.a ?? [];\n}',
    'def f(d, k):\n  return d.get(k)': '  return get(d, k);\n}',
    "d = {'constructor': 1}\nx = d['constructor']": "const x = item(d, 'constructor');",
    "d = {'__proto__': 1}": "const d = { ['__proto__']: 1 };",
    'xs = [1]\nxs += [2, 3]': 'xs.push(2, 3);',
    'xs = [1]\nys = xs + [2]': 'const ys = [...xs, 2];',
    "x = {'a': 1} | {'b': 2}": 'const x = { ...{ a: 1 }, ...{ b: 2 } };',
    'ys = [x * 2 for x in [1, 2] if x > 1]': 'const ys = [1, 2].filter((x) => x > 1).map((x) => x * 2);',
    "m = {k: v for k, v in {'a': 1}.items()}": 'const m = Object.fromEntries(Object.entries({ a: 1 }));',
    'x = {1: 2}': 'const x = new Map([[1, 2]]);',
    'x = (1, 2)\nprint(str(x))': 'print(str(x));',
    'a, b = (1, 2)': 'const [a, b] = [1, 2];',
    "a, b = 'x:y'.split(':')": "const [a, b] = unpack('x:y'.split(':'), 2);",
  });
});

suite('numbers', () => {
  becomes({
    'x = 7 // 2': 'const x = Math.floor(7 / 2);',
    'x = 7 / 2': 'const x = divide(7, 2);',
    'x = -7 % 3': 'const x = remainder(-7, 3);',
    'x = 9007199254740991 + 1': 'const x = add(9007199254740991, 1);',
    'x = 123456789012345678901': 'const x = 123456789012345678901n;',
    'n = 0\nfor i in range(10):\n  n += i': 'for (const i of range(10)) {\n  n += i;\n}',
    'n = 1\nfor i in range(99):\n  n *= 2': 'for (const i of range(99)) {\n  n = multiply(n, 2);\n}',
    'x = 1.0': 'const x = float(1);',
    'x = 0.5': 'const x = 0.5;',
  });
});

suite('variables', () => {
  becomes({
    "if os.name == 'nt':\n  cmd = 'a'\nelse:\n  cmd = 'b'\nprint(cmd)": 'print(cmd);',
    "if os.name == 'nt':\n  cmd = 'a'\nprint(cmd)": "print(defined(cmd, 'cmd', 'global'));",
    'for i in [1]:\n  pass\nprint(i)': 'print(i);',
    'package = 1': 'const package_ = 1;',
    'config = config.parse()': 'const config_ = config.parse();',
  });
  test('a variable of two loops is one in each', () => {
    const code = javascript('for x in [1]:\n  print(x)\nfor x in [2]:\n  print(x)\n');
    assert.equal(code.match(/const x of/g)?.length, 2);
  });
  test('what a loop changes while it goes over it is watched', () => {
    assert.match(javascript('xs = [1]\nfor x in xs:\n  xs.append(x)\n'), /for \(const x of iterate\(xs\)\)/);
  });
});

suite('functions', () => {
  becomes({
    'def f(a, b=1):\n  return a\nf(1, b=2)': 'f(1, { b: 2 });',
    'def f(a, b=1):\n  return a\nf(1, 2)': 'f(1, 2);',
    'def f(a, b):\n  return a\nf(b=1, a=2)': 'f(2, 1);',
    'def f(**kw):\n  return kw\nf(a=1)': 'f({ a: 1 });',
    'def f(*xs):\n  return xs\nf(*[1, 2])': 'f(...[1, 2]);',
    "docker_build('a', '.', {'A': '1'})": "docker_build('a', '.', { build_args: { A: '1' } });",
    "load('ext://x', 'f', g='h')\nf(a=1)": 'f({ a: 1 });',
    'xs = sorted([1, 2], key=lambda x: -x)': 'const xs = sorted([1, 2], { key: (x) => negate(x) });',
  });
  test('a call that cannot be bound fails with the same words, and is announced', () => {
    const result = portText('def f(a):\n  return a\nf()\n');
    assert.ok(result.ok);
    assert.match(result.files[0]?.text ?? '', /\/\/ port: .*\nfail\('function f missing 1 argument \(a\)'\);/);
    assert.deepEqual(
      result.files[0]?.notes.map(({ line }) => line),
      [3],
    );
  });
  test('an extension is loaded where its turn comes, if something was done before', () => {
    const code = javascript("v1alpha1.extension_repo('default', url='file:///x')\nload('ext://x', 'f')\nf()\n");
    assert.match(code, /\nconst f = item\(load_dynamic\('ext:\/\/x'\), 'f'\);\nf\(\);$/);
  });
});

suite('layout', () => {
  test('comments and blank lines stay where they were', () => {
    const text = [
      '# first',
      'x = [  # inside',
      '    1,',
      '    # between',
      '    2,  # behind',
      ']',
      '',
      '',
      'if x:',
      '    print(1)  # in the block',
      '    # at its end',
      '# after it',
      'print(2)',
    ].join('\n');
    assert.equal(
      javascript(text),
      [
        '// first',
        'const x = [',
        '  // inside',
        '  1,',
        '  // between',
        '  2, // behind',
        '];',
        '',
        '',
        'if (x.length > 0) {',
        '  print(1); // in the block',
        '  // at its end',
        '}',
        '// after it',
        'print(2);',
      ].join('\n'),
    );
  });
  test('a file with a mistake is refused with its places, and its port fails with the same words', () => {
    const result = portText('x = 1\ny = nope\n');
    assert.ok(!result.ok);
    assert.deepEqual(result.problems, [{ path: '/project/Tiltfile', line: 2, column: 5, message: 'undefined: nope' }]);
    assert.match(result.text, /^fail\('undefined: nope'\);$/m);
  });
  test('what is too long to be ported is refused', () => {
    const result = portText(`x = ${Array(20_000).fill("'a'").join(' + ')}\n`);
    assert.ok(!result.ok);
    assert.match(result.problems[0]?.message ?? '', /too long to be ported/);
  });
});
