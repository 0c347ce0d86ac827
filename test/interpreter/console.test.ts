import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere } from './evaluate-here.ts';

const { succeed, printed, folder } = evaluateHere();

async function shown(expression: string): Promise<string> {
  await succeed('main.js', `console.log(${expression});`);
  return printed.join('');
}

test('values are shown as Node shows them', async () => {
  const cases: [expression: string, text: string][] = [
    [`'text', 1, -0, 2n, true, null, undefined, Symbol('s')`, 'text 1 -0 2n true null undefined Symbol(s)'],
    [`[1, 'it\\'s', "a", ['b']]`, `[ 1, "it's", 'a', [ 'b' ] ]`],
    [`{ a: 1, 'b-c': { d: { e: { f: 1 } } } }`, `{ a: 1, 'b-c': { d: { e: [Object] } } }`],
    [`{}, [], () => 1, function named() {}`, '{} [] [Function (anonymous)] [Function: named]'],
    [`new Map([['a', { b: 1 }]]), new Set([1, 'x'])`, `Map(1) { 'a' => { b: 1 } } Set(2) { 1, 'x' }`],
    [`new (class Car { wheels = 4 })()`, 'Car { wheels: 4 }'],
    [`Object.create(null)`, '[Object: null prototype] {}'],
    [`/x/g, new Date(0), Promise.resolve()`, '/x/g 1970-01-01T00:00:00.000Z Promise {}'],
    [`make('Probe', 3)`, 'Probe { value: 3 }'],
    [`'%s is %d years, %j %o 100%%', 'Ann', 42.5, { a: 1 }, [1], 'rest'`, 'Ann is 42.5 years, {"a":1} [ 1 ] 100% rest'],
    [`'100%'`, '100%'],
    [`(() => { const a = { n: 1 }; a.self = a; return a; })()`, '{ n: 1, self: [Circular] }'],
    [`{ error: new TypeError('bad') }`, '{ error: [TypeError: bad] }'],
    [``, ''],
  ];
  for (const [expression, text] of cases) assert.equal(await shown(expression), `${text}\n`);
});

test('long values take several lines, and very long ones are cut', async () => {
  const text = await shown(`{ a: 'x'.repeat(50), b: ['y'.repeat(40), { c: 'z'.repeat(40) }] }`);
  assert.equal(text.split('\n').length, 8);
  assert.match(await shown('Array(120).fill(0)'), /\.\.\. 20 more items/);
});

test('errors are shown with the user’s frames', async () => {
  assert.equal(await shown(`new RangeError('far')`), `RangeError: far\n    at <toplevel> (${folder}/main.js:1:13)\n`);
});

test('each method has its level, and nothing can break it', async () => {
  const script = `
    console.info('i'); console.warn('w'); console.error('e'); console.debug('d');
    console.log(new Proxy({}, { get() { throw new Error('x'); } }), { get a() { throw new Error('y'); } });
    let deep = {}; for (let i = 0; i < 1e4; i++) deep = { deep }; console.log(deep);
    console.log('two\\nlines \\u0000 \\ud800');`;
  await succeed('main.js', script);
  assert.deepEqual(printed.slice(0, 4), ['i\n', 'w\n', 'e\n', 'd\n']);
  assert.equal(printed.at(-1), 'two\nlines \u0000 \ud800\n');
});
