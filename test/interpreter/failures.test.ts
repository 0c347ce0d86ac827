import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluateHere } from './evaluate-here.ts';

const { folder, fail, succeed, printed, start, write } = evaluateHere();

test('a thrown error: message, place, stack of the user’s frames only, code frame', async () => {
  const files = {
    'lib/x.ts': `export class Box<T> {\n  open(value: T): never {\n    throw new TypeError("no " + value);\n  }\n}`,
  };
  const script = `import { Box } from './lib/x.ts';\nconst go = (): unknown => [1].map(function each(n: number) {\n  return new Box<number>().open(n);\n});\ngo();`;
  const failure = await fail('main.ts', script, files);
  assert.equal(failure.kind, 'thrown');
  assert.equal(failure.message, 'TypeError: no 1');
  assert.equal(failure.at, 'lib/x.ts:3:11');
  assert.equal(failure.builtin, undefined);
  assert.deepEqual(
    failure.stack.map(
      (frame) => `${frame.functionName} ${frame.file.replace(`${folder}/`, '')}:${frame.line}:${frame.column}`,
    ),
    ['open lib/x.ts:3:11', 'each main.ts:3:10', 'go main.ts:2:31', '<toplevel> main.ts:5:1'],
  );
  assert.equal(
    failure.codeFrame,
    [
      '  2 |   open(value: T): never {',
      '> 3 |     throw new TypeError("no " + value);',
      '    |           ^',
      '  4 |   }',
    ].join('\n'),
  );
});

test('the first line has its own columns, also behind a hashbang line', async () => {
  assert.equal((await fail('main.js', `missing();`)).at, 'main.js:1:1');
  assert.equal((await fail('main.js', `/* 日本😀 */ missing();`)).at, 'main.js:1:12');
  assert.equal(
    (await fail('main.ts', `#!/usr/bin/env -S tilt-ts up -f\nlet x: string;\n  missing();`)).at,
    'main.ts:3:3',
  );
});

test('a Refusal of a builtin is an error that can be caught; uncaught it says which builtin it was', async () => {
  const { seen } = await succeed(
    'main.js',
    `try { refuse('not now'); } catch (error) { keep(error instanceof Error, error.message); }`,
  );
  assert.deepEqual(seen, [true, 'not now']);
  const failure = await fail('main.js', `function f() {\n  os.path.join(refuse('not now'));\n}\nf();`);
  assert.deepEqual([failure.kind, failure.message, failure.builtin], ['refused', 'not now', 'refuse']);
  assert.equal(failure.at, 'main.js:2:16');
  assert.equal(failure.stack[1]?.functionName, '<toplevel>');
});

test('thrown things that are no errors', async () => {
  const text = await fail('main.js', `const a = 1;\nthrow 'text';`);
  assert.deepEqual([text.kind, text.message, text.at], ['thrown', "the script threw 'text'", 'main.js:2:1']);
  assert.equal((await fail('main.js', `throw { a: 1 };`)).message, 'the script threw { a: 1 }');
  assert.equal((await fail('main.js', `throw null;`)).message, 'the script threw null');
  assert.equal((await fail('main.js', `throw undefined;`)).message, 'the script threw undefined');
  const hostile = `throw new Proxy({}, { get() { throw new Error('x'); }, ownKeys() { throw new Error('y'); } });`;
  assert.equal((await fail('main.js', hostile)).kind, 'thrown');
  assert.equal((await fail('main.js', `throw { get stack() { for (;;); } };`)).kind, 'thrown');
});

test('causes and the errors of an AggregateError are told', async () => {
  const cause = await fail(
    'main.js',
    `throw new Error('outer', {\n  cause: new TypeError('inner', { cause: 'why' }),\n});`,
  );
  assert.equal(
    cause.message,
    `outer\nCaused by: TypeError: inner (${join(folder, 'main.js')}:2:10)\nCaused by: the script threw 'why'`,
  );
  const many = await fail('main.js', `await Promise.any([Promise.reject(new Error('a')), Promise.reject(2)]);`);
  assert.match(many.message, /^AggregateError.*\n {2}- a\n {2}- the script threw 2$/);
});

test('syntax errors have a place and a code frame', async () => {
  const own = await fail('main.js', `const a = 1;\nconst b = = 2;`);
  assert.deepEqual([own.kind, own.at], ['syntax', 'main.js:2:11']);
  assert.match(own.message, /^SyntaxError: /);
  assert.match(own.codeFrame ?? '', /> 2 \| const b = = 2;\n {4}\| {11}\^/);
  assert.equal((await fail('main.js', `let x = ;`)).at, 'main.js:1:9');
  const imported = await fail('main.js', `import './bad.js';`, { 'bad.js': '\n  function (' });
  assert.match(imported.at, /^bad\.js:2:/);
  const open = await fail('main.js', 'function f() {\n  if (true) {\n');
  assert.match(open.at, /^main\.js:2:/);
});

test('a syntax error in evaluated text is an ordinary error', async () => {
  const failure = await fail('main.js', `JSON.parse('{');`);
  assert.equal(failure.kind, 'thrown');
  assert.equal(failure.at, 'main.js:1:6');
  assert.equal((await fail('main.js', `keep(1);\neval('let x = = 1');`)).kind, 'thrown');
});

test('a rejection that nobody handles', async () => {
  const failure = await fail(
    'main.js',
    `async function work() {\n  await null;\n  throw new Error('lost');\n}\nwork();\nprint('end');`,
  );
  assert.deepEqual([failure.kind, failure.at], ['rejected', 'main.js:3:9']);
  assert.equal(failure.message, 'A promise was rejected and nothing handles it: lost');
  assert.deepEqual(printed, ['end\n']);
  assert.equal(
    (await fail('main.js', `Promise.reject(7);`)).message,
    'A promise was rejected and nothing handles it: the script threw 7',
  );
});

test('a rejection that is handled later is none', async () => {
  const script = `
    const lost = (async () => { throw new Error('x'); })();
    for (let i = 0; i < 10; i++) await null;
    try { await lost; } catch (error) { keep(error.message); }
    Promise.reject(1).catch(() => keep('caught'));
    await Promise.allSettled([Promise.reject(2)]);`;
  assert.deepEqual((await succeed('main.js', script)).seen, ['x', 'caught']);
});

test('a module that throws and whose import is handled', async () => {
  const files = {
    'bad.js': `throw new Error('bad');`,
    'outer.js': `import './bad.js';`,
    'last.js': `throw new Error('last');`,
  };
  const script = `
    for (const name of ['./bad.js', './outer.js']) {
      try { await import(name); } catch (error) { keep(error.message); }
    }`;
  assert.deepEqual((await succeed('main.js', script, files)).seen, ['bad', 'bad']);
  const failure = await fail('main.js', `${script}\nimport('./last.js');`, files);
  assert.equal(failure.message, 'A promise was rejected and nothing handles it: last');
});

test('a promise that never settles', async () => {
  const failure = await fail('main.js', `const never = new Promise(() => {});\nkeep(await never);`);
  assert.equal(failure.kind, 'rejected');
  assert.equal(failure.message, `${join(folder, 'main.js')} waits (await) for a promise that never settles`);
  assert.equal(failure.at, 'main.js:2:6');
  const imported = await fail('main.js', `import './slow.js';`, {
    'slow.js': '// await here\n\nawait new Promise(() => {});',
  });
  assert.equal(imported.at, 'slow.js:3:1');
});

test('exit ends a script at once and successfully, whatever the script does about it', async () => {
  const script = `
    keep(1);
    try { quit(); } catch { keep('caught'); } finally { keep('finally'); }
    keep('after');`;
  assert.deepEqual((await succeed('main.js', script)).seen, [1]);
  const inside = `try { invoke(() => quit()); } catch {}\nkeep('after');`;
  assert.deepEqual((await succeed('main.js', inside)).seen, []);
  const included = { 'sub.js': `keep('sub'); quit();` };
  assert.deepEqual((await succeed('main.js', `include('${folder}/sub.js'); keep('after');`, included)).seen, ['sub']);
  assert.deepEqual((await succeed('main.js', `try { quit() } catch {}\nfor (;;);`)).seen, []);
  assert.deepEqual((await succeed('main.js', `await null; Promise.reject(1); quit();`)).seen, []);
});

test('a bug of the host is an internal error with its stack', async () => {
  write({ 'main.js': `try { bug(); } catch {}` });
  await assert.rejects(start('main.js').outcome, (error: Error) => {
    assert.equal(error.message, 'the host is broken');
    assert.equal(error.name, 'TypeError');
    assert.match(error.stack ?? '', /undefinedFunction .*worker\.ts/);
    return true;
  });
  await assert.rejects(start('main.js', { libraryOptions: 'bug-at-end' }).outcome, /the host is broken/);
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('what the library refuses at the end is a failure with its place', async () => {
  const failure = await fail('main.js', `\n keep(1);`, {}, { libraryOptions: 'refuse-at-end' });
  assert.deepEqual([failure.kind, failure.message, failure.at], ['refused', 'too late', 'main.js:1:2']);
});

test('the place of a call is the innermost frame of the user', async () => {
  const script = `declare();\n[1].forEach(() => declare());\nfunction f() {\n  return invoke(() => declare());\n}\nf(); twice(1);`;
  const { positions } = await succeed('main.js', script);
  assert.deepEqual(
    positions.map((position) => position.replace(`${folder}/`, '')),
    ['main.js:1:1', 'main.js:2:19', 'main.js:4:23'],
  );
  const stack = (await succeed('main.js', `function a() { return stack(); }\nkeep(a());`)).seen[0];
  assert.deepEqual(stack, [`a ${folder}/main.js:1:23`, `<toplevel> ${folder}/main.js:2:6`]);
});
