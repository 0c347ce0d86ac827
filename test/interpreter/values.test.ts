import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere } from './evaluate-here.ts';

const { succeed, fail } = evaluateHere();
const seen = async (script: string) => (await succeed('main.js', script)).seen;

test('plain values reach the host as they are', async () => {
  const values = `[1, -2.5, 'a"\\u0000\\ud800é😀', true, false, null, undefined, [1, [2]], { b: 1, a: { c: undefined } }, {}]`;
  assert.deepEqual(await seen(`keep(...${values})`), [
    1,
    -2.5,
    'a"\u0000\ud800é😀',
    true,
    false,
    null,
    undefined,
    [1, [2]],
    { b: 1, a: { c: undefined } },
    {},
  ]);
});

test('numbers that JSON cannot say and bigints reach the host', async () => {
  const script = `keep(NaN, Infinity, -Infinity, 123456789012345678901234567890n, 1e300); keep(kind(-0))`;
  const values = [Number.NaN, Infinity, -Infinity, 123456789012345678901234567890n, 1e300, 'number -0'];
  assert.deepEqual(await seen(script), values);
});

test('what the host answers comes back the same', async () => {
  const script = `
    const values = [1, -0, NaN, Infinity, 7n, 'x\\u0000\\ud83d', undefined, null, true, [undefined, [1n]], { a: { b: [-0] } }, { '\\0': 1, '\\0\\0x': 2n, y: 3 }];
    for (const value of values) {
      const back = echo(value);
      if (typeof value !== 'object' || value === null) keep(Object.is(value, back));
    }
    const nested = echo({ a: { b: [-0, undefined] } });
    keep(Object.is(nested.a.b[0], -0), 1 in nested.a.b, Object.getPrototypeOf(nested) === Object.prototype);
    keep(Object.keys(echo({ '\\0': 1, '\\0\\0x': 2n, y: 3 })).join('|'), echo({ '\\0\\0x': 2n })['\\0\\0x'] === 2n);`;
  const result = await seen(script);
  assert.deepEqual(result, [...Array(9).fill(true), true, true, true, '\0|\0\0x|y', true]);
});

test('objects have no prototype in the host, and keys like __proto__ are keys', async () => {
  const script = `keep(kind({}), kind(JSON.parse('{"__proto__": 1, "constructor": 2}')), Object.keys(echo(JSON.parse('{"__proto__": {"x": 1}}'))))`;
  assert.deepEqual(await seen(script), ['object null ', 'object null __proto__,constructor', ['__proto__']]);
});

test('functions keep their identity on a way through the host, and can be called by it', async () => {
  const script = `
    function double(n) { return n * 2; }
    keep(kind(double), echo(double) === double, echo([double])[0] === double, invoke(double, 21));
    keep(invoke((a, ...rest) => rest, 1, { x: [2] }, 3n));`;
  assert.deepEqual(await seen(script), ['function double', true, true, 42, [{ x: [2] }, 3n]]);
});

test('an error in a function that the host calls comes out as the same error', async () => {
  const script = `
    class Mine extends Error {}
    const error = new Mine('ours');
    try { invoke(() => { throw error; }); } catch (caught) { keep(caught === error); }
    try { invoke(() => { throw 'text'; }); } catch (caught) { keep(caught); }`;
  assert.deepEqual(await seen(script), [true, 'text']);
});

test('values without a meaning outside cross as their kind, and come back as themselves', async () => {
  const script = `
    class Car {}
    const values = [new Map(), new Set(), Symbol('s'), Promise.resolve(), /x/, new Date(), new Car(), new Error('e'), os, new Uint8Array(2)];
    keep(values.map(kind), values.every((value) => echo(value) === value));`;
  const kinds = ['Map', 'Set', 'symbol', 'Promise', 'RegExp', 'Date', 'Car', 'Error', 'module', 'Uint8Array'];
  assert.deepEqual(await seen(script), [kinds.map((kind) => `foreign ${kind}`), true]);
});

test('a value that contains itself is refused', async () => {
  const failure = await fail('main.js', `const a = { list: [] };\na.list.push(a);\necho(a);`);
  assert.equal(failure.message, 'TypeError: a value that contains itself cannot be given to a builtin');
  assert.equal(failure.at, 'main.js:3:1');
});

test('a value that is nested without end is refused', async () => {
  const failure = await fail('main.js', `let a = [];\nfor (let i = 0; i < 1e5; i++) a = [a];\necho(a);`);
  assert.match(failure.message, /nested more than 400 levels deep/);
  assert.equal(failure.at, 'main.js:3:1');
});

test('the same value twice is no cycle', async () => {
  assert.deepEqual(await seen(`const a = [1]; keep({ x: a, y: [a, a] })`), [{ x: [1], y: [[1], [1]] }]);
});

test('tagged values are frozen, have the registered prototype and cannot be forged', async () => {
  const script = `
    const probe = make('Probe', { list: [1] });
    keep(kind(probe), echo(probe) === probe, Object.isFrozen(probe), Object.isFrozen(probe.value.list));
    keep(String(make('Probe', 5)), make('Probe', 'hey').shout(), Object.prototype.toString.call(probe));
    keep(kind(Object.create(Object.getPrototypeOf(probe))), kind({ ...probe }), kind(new Proxy(probe, {})));
    const plain = make('Unknown', 1);
    keep(Object.prototype.toString.call(plain), Object.isFrozen(Object.getPrototypeOf(plain)));
    try { 'use strict'; probe.value = 1; } catch (error) { keep(error.name); }`;
  assert.deepEqual(await seen(script), [
    'Tagged Probe {"value":{"list":[1]}}',
    true,
    true,
    true,
    'probe 5',
    'hey!',
    '[object Probe]',
    'foreign Object',
    'object null value',
    'foreign Object',
    '[object Unknown]',
    true,
    'TypeError',
  ]);
});

test('constants are frozen in depth, also tagged ones that were made before their prototype', async () => {
  const script = `
    keep(SECRET.upper, kind(SECRET), Object.isFrozen(SECRET.list[1]), Object.isFrozen(settings), Object.isFrozen(settings.list[2]), os.name);`;
  const secret = 'Tagged Secret {"name":"constant","list":[1,{"deep":true}]}';
  assert.deepEqual(await seen(script), ['CONSTANT', secret, true, true, true, 'posix']);
});

test('namespaces are frozen and say what they do not have', async () => {
  const script = `
    keep(os.path.join('a', 'b'), os.lazy.anything, Object.isFrozen(os), os.then, os.toJSON, os[Symbol.iterator], 'path' in os, 'x' in os);
    keep(String(os), Object.keys(os).sort());
    try { os.path = 1; } catch (error) { keep(error.name); }
    os.listdir();`;
  const failure = await fail('main.js', script);
  assert.equal(failure.message, 'TypeError: module has no .listdir field or method');
  assert.equal(failure.at, 'main.js:5:8');
  const values = await seen(script.replace('os.listdir();', ''));
  const keys = ['lazy', 'listdir_', 'name', 'path'];
  assert.deepEqual(values, [
    'a/b',
    'lazy anything',
    true,
    undefined,
    undefined,
    undefined,
    true,
    false,
    '[object Object]',
    keys,
    'TypeError',
  ]);
});

test('a script may shadow and overwrite builtins; the module keeps the originals', async () => {
  const script = `
    import { echo as original, os as system } from 'tilt';
    import * as all from 'tilt';
    const add = (a, b) => 'mine ' + a + b;
    globalThis.echo = () => 'overwritten';
    globalThis.os = 1;
    keep(add(1, 2), echo(1), original(1), system.name, all.SECRET === SECRET, all.twice(2), typeof all.console);`;
  assert.deepEqual(await seen(script), ['mine 12', 'overwritten', 1, 'posix', true, 4, 'undefined']);
});

test('a script that replaces intrinsics does not confuse the host', async () => {
  const script = `
    const spoil = () => 'spoilt';
    Array.prototype.toJSON = Object.prototype.toJSON = String.prototype.toJSON = spoil;
    JSON.stringify = JSON.parse = Object.keys = Array.isArray = spoil;
    Array.prototype[Symbol.iterator] = Array.prototype.push = Array.prototype.map = spoil;
    WeakMap.prototype.get = Map.prototype.get = Function.prototype.call = String.prototype.slice = spoil;
    Object.defineProperty(Object.prototype, '\\0', { get() { return 'u'; }, set() {}, configurable: true });
    Object.defineProperty(Object.prototype, 'value', { get() { return 'spoilt'; }, set() {}, configurable: true });
    globalThis.Error = globalThis.Map = globalThis.Object = undefined;
    const probe = make('Probe', { a: [1] });
    keep(echo({ a: [1, { b: 'x' }], toJSON: 1 }), kind(probe), echo(-0) === 0, invoke((a) => a, [7]));
    declare();
    try { refuse('as ever'); } catch (error) { keep(error.message); }
    console.log({ a: 1 });`;
  const result = await succeed('main.js', script);
  const expected = [{ a: [1, { b: 'x' }], toJSON: 1 }, 'Tagged Probe {"value":{"a":[1]}}', true, [7], 'as ever'];
  assert.deepEqual(result.seen, expected);
  assert.equal(result.positions.length, 1);
});

test('getters and proxies run as the script’s own code, also when they call builtins', async () => {
  const script = `
    const tricky = { get a() { return echo({ inner: [1, 2] }); }, b: 2 };
    const proxy = new Proxy({ x: 1 }, { get: (target, key) => add(1, 2) });
    keep(tricky, proxy, toJSON());
    function toJSON() { return { toJSON() { throw new Error('never'); } }.x; }
    echo({ get broken() { throw new RangeError('from a getter'); } });`;
  const failure = await fail('main.js', script);
  assert.equal(failure.message, 'RangeError: from a getter');
  assert.equal(failure.kind, 'thrown');
  assert.equal(failure.at, 'main.js:6:33');
  const values = await seen(script.replace(/echo\(\{ get broken.*/, ''));
  assert.deepEqual(values, [{ a: { inner: [1, 2] }, b: 2 }, { x: 3 }, undefined]);
});
