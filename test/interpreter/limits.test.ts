import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere } from './evaluate-here.ts';

const { succeed, fail } = evaluateHere();

test('a script that computes without end', async () => {
  for (const script of [
    `let i = 0;\nfor (;;) { i++; }`,
    `const a = { n: 0 };\nfunction f() {\n  while (true) a.n += 1;\n}\ntry { f(); } catch { keep('caught'); } finally { for (;;); }`,
    `await null;\nfor (;;) await null;`,
    `function again() { Promise.resolve().then(again); }\nagain();`,
    `invoke(() => {\n  for (;;) {}\n});`,
  ]) {
    const failure = await fail('main.js', script, {}, { limits: { computeMs: 100 } });
    assert.equal(failure.kind, 'time-limit');
    assert.equal(failure.message, 'The script computes for longer than the 0.1 s that it may take');
    assert.match(failure.at, /^main\.js:\d:\d/, script);
  }
});

test('computing that QuickJS cannot interrupt is ended from outside', async () => {
  const script = `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);`;
  const failure = await fail('main.js', script, {}, { limits: { computeMs: 100 } });
  assert.equal(failure.kind, 'time-limit');
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('time in builtins does not count', async () => {
  const wait = async () => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    const nothing = new Uint8Array();
    return { ok: true as const, value: { exitCode: 0, signal: null, stdout: nothing, stderr: nothing } };
  };
  await succeed('main.js', `run('sleep');`, {}, { limits: { computeMs: 300 }, run: wait });
});

test('a script that takes more and more memory', async () => {
  const options = { limits: { memoryBytes: 16 * 2 ** 20 } };
  for (const script of [
    `const a = [];\nfor (;;) a.push({ x: [1, 2, 3] });`,
    `const m = new Map();\nfor (let i = 0; ; i++) m.set(i, { i });`,
    `const a = [];\nfor (;;) a.push('x'.repeat(1e5) + a.length);`,
    `const a = [];\nasync function f() {\n  for (;;) { await null; a.push({ x: [1] }); }\n}\nawait f();`,
    `const a = [];\ntry { for (;;) a.push({}); } catch { for (;;) a.push({}); }`,
  ]) {
    const failure = await fail('main.js', script, {}, options);
    assert.equal(failure.kind, 'memory-limit', script);
    assert.equal(failure.message, 'The script needs more memory than the 16 MiB that it may use');
    assert.match(failure.at, /^main\.js:\d:\d/, script);
  }
  assert.deepEqual((await succeed('main.js', 'keep(1)', {}, options)).seen, [1]);
});

test('one huge string or array', async () => {
  for (const expression of [
    `'x'.repeat(2 ** 30)`,
    `'x'.repeat(2 ** 29)`,
    `new Array(1e9).fill(0)`,
    `new ArrayBuffer(2 ** 31 - 1)`,
    `new Uint8Array(2 ** 30)`,
  ]) {
    const failure = await fail('main.js', `const a = 1;\nconst b = ${expression};`);
    assert.equal(failure.kind, 'memory-limit', expression);
    assert.match(failure.at, /^main\.js:2:/, expression);
  }
  assert.equal((await fail('main.js', `let s = 'x';\nfor (;;) s += s;`)).kind, 'memory-limit');
});

test('a function that calls itself without end', async () => {
  for (const script of [
    `function f() { return f() + 1; }\nf();`,
    `function f() { return [1].map(f); }\nf();`,
    `const o = { toJSON: () => JSON.stringify(o) };\nJSON.stringify(o);`,
    `const o = { get a() { return o.a; } };\no.a;`,
    `function f() { return invoke(f); }\nf();`,
    `async function f() { await f(); }\nawait f();`,
    `function* g() { yield* g(); }\n[...g()];`,
    `JSON.parse('['.repeat(1e6));`,
    `let a = [];\nfor (let i = 0; i < 1e5; i++) a = [a];\nString(a);`,
  ]) {
    for (const stackBytes of [2 ** 18, 2 ** 24]) {
      const failure = await fail('main.js', script, {}, { limits: { stackBytes } });
      assert.equal(failure.kind, 'stack-limit', script);
      assert.match(failure.at, /^main\.js:\d:\d/, script);
      assert.ok(failure.stack.length <= 100);
    }
  }
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('a script may catch that its stack is full', async () => {
  const { seen } = await succeed(
    'main.js',
    `let depth = 0;\nfunction f() { depth++; f(); }\ntry { f(); } catch (error) { keep(error.message, depth > 100); }`,
  );
  assert.deepEqual(seen, ['stack overflow', true]);
});
