import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluateHere } from './evaluate-here.ts';

const here = evaluateHere();
const { folder, succeed, fail, evaluate } = here;

test('relative imports of JavaScript and TypeScript, and of JSON with and without attribute', async () => {
  const script = `
    import { a } from './lib/a.ts';
    import { b } from './lib/b.mjs';
    import plain from './data.json';
    import typed from './data.json' with { type: 'json' };
    import { up } from './lib/deep/up.mts';
    keep(a, b, plain, plain === typed, up, Object.keys(plain));`;
  const files = {
    'lib/a.ts': 'export const a: number = 1;',
    'lib/b.mjs': 'export const b = 2;',
    'data.json': '{"x": [1, {"__proto__": "key"}], "y": null}',
    'lib/deep/up.mts': `import { a } from '../a.ts'; export const up = a as number + 10;`,
  };
  const { seen } = await succeed('main.js', script, files);
  assert.deepEqual(seen.slice(0, 2), [1, 2]);
  assert.deepEqual(seen.slice(3), [true, 11, ['x', 'y']]);
  assert.equal(JSON.stringify(seen[2]), JSON.stringify({ x: [1, JSON.parse('{"__proto__":"key"}')], y: null }));
});

test('import.meta', async () => {
  const files = { 'lib/x.js': 'export const meta = { ...import.meta };' };
  const { seen } = await succeed(
    'main.ts',
    `import { meta } from './lib/x.js'; keep({ ...import.meta }, meta);`,
    files,
  );
  const meta = (file: string, dirname: string, main: boolean) => {
    return { url: `file://${file}`, filename: file, dirname, main };
  };
  assert.deepEqual(seen, [
    meta(join(folder, 'main.ts'), folder, true),
    meta(join(folder, 'lib/x.js'), join(folder, 'lib'), false),
  ]);
});

test('modules run once, in the order of their imports, dependencies first', async () => {
  const files = {
    'a.js': `import './c.js'; keep('a');`,
    'b.js': `import './c.js'; keep('b');`,
    'c.js': `keep('c');`,
  };
  const { seen } = await succeed(
    'main.js',
    `import './a.js'; import './b.js'; keep('main'); await import('./a.js');`,
    files,
  );
  assert.deepEqual(seen, ['c', 'a', 'b', 'main']);
});

test('circular imports work as in ES', async () => {
  const files = {
    'even.js': `import { odd } from './odd.js'; export function even(n) { return n === 0 || odd(n - 1); }`,
    'odd.js': `import { even } from './even.js'; export function odd(n) { return n !== 0 && even(n - 1); }`,
  };
  assert.deepEqual(
    (await succeed('main.js', `import { even } from './even.js'; keep(even(10), even(7));`, files)).seen,
    [true, false],
  );
});

test('top-level await, also in imported and included modules', async () => {
  const files = {
    'imported.js': `export const x = await Promise.resolve(1);`,
    'included.js': `await null; export const y = await new Promise((resolve) => resolve(2)); keep('included');`,
  };
  const script = `
    import { x } from './imported.js';
    keep(x, include('${join(folder, 'included.js')}'), await Promise.resolve(3));
    keep((await import('./imported.js')).x);`;
  assert.deepEqual((await succeed('main.js', script, files)).seen, ['included', 1, { y: 2 }, 3, 1]);
});

test('an included module is evaluated once, and its functions and values come back as they are', async () => {
  const files = {
    'lib.js': `keep('once'); export const map = new Map(); export function f(n) { return n + 1; } export default { a: [1] };`,
  };
  const path = join(folder, 'lib.js');
  const script = `
    import { map, f } from './lib.js';
    const first = include('${path}'), second = include('${path}');
    keep(first.map === map, first.f === f, second.f(1), first.default);`;
  assert.deepEqual((await succeed('main.js', script, files)).seen, ['once', true, true, 2, { a: [1] }]);
});

test('an included module may import what ran before, and what includes it may be imported itself', async () => {
  const files = {
    'helpers.js': `export const helper = 1;`,
    'a.js': `import './helpers.js'; export const { sub } = include('${join(folder, 'sub.js')}');`,
    'sub.js': `import { helper } from './helpers.js'; export const sub = helper + 1;`,
  };
  assert.deepEqual((await succeed('main.js', `import { sub } from './a.js'; keep(sub);`, files)).seen, [2]);
});

test('modules that include each other are refused with the path of the one that is being loaded', async () => {
  const main = join(folder, 'main.js');
  const [a, b] = [join(folder, 'a.js'), join(folder, 'b.js')];
  const self = await fail('main.js', `include('${main}');`);
  assert.deepEqual([self.kind, self.message, self.builtin], ['refused', `Circular load: ${main}`, 'include']);

  const files = { 'a.js': `include('${b}');`, 'b.js': `\ninclude('${a}');` };
  const circle = await fail('main.js', `include('${a}');`, files);
  assert.equal(circle.message, `Circular load: ${a}`);
  assert.equal(circle.at, 'b.js:2:1');
  assert.deepEqual(
    circle.stack.map(({ file, line }) => [file, line]),
    [
      [b, 2],
      [a, 1],
      [main, 1],
    ],
  );
});

test('an included module that imports one which is running is refused, and QuickJS survives it', async () => {
  const files = {
    'lib.js': `export const x = 1; include('${join(folder, 'sub.js')}');`,
    'sub.js': `import { x } from './lib.js'; keep(x);`,
  };
  const failure = await fail('main.js', `import { x } from './lib.js'; keep(x);`, files);
  assert.equal(failure.message, `Circular load: ${join(folder, 'lib.js')}`);
  assert.equal(failure.at, 'sub.js:1:19');
});

test('an included module that imports the main script waits for it without end: refused', async () => {
  const files = { 'sub.js': `import { x } from './main.js'; keep(x);` };
  const failure = await fail('main.js', `export const x = 1;\ninclude('${join(folder, 'sub.js')}');`, files);
  assert.match(failure.message, /^Circular load: .*main\.js$/);
});

test('an error in an included module can be caught, and comes again the next time', async () => {
  const files = { 'bad.js': `throw new RangeError('broken');`, 'late.js': `await null; throw new Error('late');` };
  const script = `
    for (const name of ['bad.js', 'bad.js', 'late.js', 'none.js']) {
      try { include('${folder}/' + name); } catch (error) { keep(error.name + ': ' + error.message); }
    }`;
  const missing = `Error: error reading file ${folder}/none.js: open ${folder}/none.js: no such file or directory`;
  const expected = ['RangeError: broken', 'RangeError: broken', 'Error: late', missing];
  assert.deepEqual((await succeed('main.js', script, files)).seen, expected);
});

test('an included module that never ends is refused', async () => {
  const files = { 'slow.js': 'await new Promise(() => {});' };
  const failure = await fail('main.js', `include('${join(folder, 'slow.js')}');`, files);
  assert.equal(failure.message, `Cannot load "${join(folder, 'slow.js')}": it waits for a promise that never settles`);
});

test('a missing file is told in the words of Tilt, with a hint', async () => {
  const path = join(folder, 'lib/nothing.tilt');
  const failure = await fail('main.js', `\nimport { a } from './lib/nothing.tilt';`);
  assert.equal(
    failure.message,
    `cannot load ./lib/nothing.tilt: error reading file ${path}: open ${path}: no such file or directory`,
  );
  assert.equal(failure.at, 'main.js:2:19');
  assert.equal(failure.kind, 'missing-file');
  const hinted = await fail('main.js', `import { a } from './lib/there';`, { 'lib/there.ts': '' });
  assert.match(hinted.message, /no such file or directory \(did you mean "\.\/lib\/there\.ts"\?\)$/);
});

test('a missing main script', async () => {
  const missing = await here.start('absent.js').outcome;
  assert.ok(!missing.ok);
  assert.equal(missing.failure.kind, 'missing-file');
  assert.match(
    missing.failure.message,
    /^error reading file .*absent\.js: open .*absent\.js: no such file or directory$/,
  );
  assert.deepEqual(missing.record.filesRead, [join(folder, 'absent.js')]);
});

test('what cannot be imported is refused with what can', async () => {
  const refusals: [specifier: string, message: RegExp][] = [
    ['lodash', /^Cannot import "lodash": a script can import files by a relative path with extension .* from "tilt"$/],
    ['ext://hello', /^Cannot import "ext:\/\/hello": a script can import files by a relative path/],
    ['./x.jsx', /^Cannot import "\.\/x\.jsx": JSX cannot be loaded/],
    ['./x.cjs', /^Cannot import "\.\/x\.cjs": CommonJS modules cannot be loaded/],
    ['./lib', /is a directory/],
    ['https://example.org/x.js', /^Cannot import "https:/],
    ['tilt:sandbox', /^Cannot import "tilt:sandbox"/],
  ];
  for (const [specifier, message] of refusals) {
    const failure = await fail('main.js', `\n\nimport { a } from '${specifier}';`, {
      'x.cjs': '',
      'x.jsx': '',
      'lib/a.js': '',
    });
    assert.match(failure.message, message);
    assert.equal(failure.at, 'main.js:3:19');
    const caught = await succeed(
      'main.js',
      `try { await import('${specifier}') } catch (error) { keep(error.message); }`,
    );
    assert.match(String(caught.seen[0]), message);
  }
});

test('a name that a module does not export', async () => {
  const files = { 'lib/x.js': 'export function make_service() {}\nexport { make_service as other };' };
  const failure = await fail('main.js', `import {\n  other,\n  make_sevice,\n} from './lib/x.js';`, files);
  assert.equal(failure.message, 'load: name make_sevice not found in module ./lib/x.js (did you mean make_service?)');
  assert.equal(failure.at, 'main.js:3:3');
  const builtin = await fail('main.js', `import { ecko } from 'tilt';`);
  assert.equal(builtin.message, 'load: name ecko not found in module tilt (did you mean echo?)');
  assert.equal(builtin.at, 'main.js:1:10');
});

test('JSON that is none', async () => {
  const failure = await fail('main.js', `import x from './bad.json';`, { 'bad.json': '{\n  "a": 1,\n  b: 2\n}' });
  assert.equal(failure.kind, 'syntax');
  assert.match(failure.message, /^Cannot read ".*bad\.json" as JSON: /);
  assert.equal(failure.at, 'bad.json:3:3');
});

test('all files that were loaded are in the record', async () => {
  const outcome = await evaluate('main.js', `import './a.js'; import './d.json';`, {
    'a.js': `import './b.js'`,
    'b.js': '',
    'd.json': '1',
  });
  const names = ['main.js', 'a.js', 'b.js', 'd.json'];
  assert.deepEqual([...outcome.record.filesRead].sort(), names.map((name) => join(folder, name)).sort());
});

test('specifiers with a scheme of the library lead where it says', async () => {
  const files = {
    'libraries/one.ts': `import { two } from './two.js'; export const one: number = two - 1; export const dir = import.meta.dirname;`,
    'libraries/two.js': `export const two = 2;`,
    'other/main.js': `export { one } from "lib:one.ts";`,
  };
  const script = `import { one, dir } from 'lib:one.ts';
    import * as other from './other/main.js';
    const { two } = await import('lib:two.js');
    keep(one, dir, other.one, two);`;
  const { seen, positions } = await succeed('main.js', script, files);
  assert.deepEqual(seen, [1, join(folder, 'libraries'), 1, 2]);
  assert.deepEqual(positions, [
    `lib:one.ts ${folder}/main.js:1:26`,
    `lib:one.ts ${folder}/other/main.js:1:21`,
    `lib:two.js ${folder}/main.js:3:34`,
  ]);
});

test('a library can refuse a specifier, and a script can catch that', async () => {
  const failure = await fail('main.js', `\nimport 'lib:none';`);
  assert.equal(failure.kind, 'refused');
  assert.equal(failure.message, 'cannot load lib:none: there is no such library');
  assert.equal(failure.at, 'main.js:2:8');
  const missing = await fail('main.js', `import { x } from 'lib:absent.js';`);
  assert.match(missing.message, /^cannot load lib:absent\.js: error reading file .*libraries\/absent\.js/);
  const { seen } = await succeed('main.js', `await import('lib:none').catch((error) => keep(error.message));`);
  assert.deepEqual(seen, ['cannot load lib:none: there is no such library']);
});

test('a bug of the library’s is a bug, and stopping works while it looks for a module', async () => {
  await assert.rejects(evaluate('main.js', `import 'lib:bug';`), /the host is broken/);
  here.write({ 'main.js': `import 'lib:run:one.ts';` });
  let begin = (): void => undefined;
  const began = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const evaluation = here.start('main.js', {
    run: async (_command, _environment, _output, signal) => {
      begin();
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      return { ok: false, error: { code: 'ABORT_ERR', message: 'stopped', subject: 'wait' } };
    },
  });
  await began;
  evaluation.stop();
  const outcome = await evaluation.outcome;
  assert.ok(!outcome.ok && outcome.failure.kind === 'stopped', JSON.stringify(outcome));
});
