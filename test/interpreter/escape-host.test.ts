import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere, type Options } from './evaluate-here.ts';

// Ways in which scripts have left sandboxes. None may lead to the host, change it, or break it.

const { succeed, fail, folder } = evaluateHere();

/** What of the host a piece of code would show if it ran there. */
const HOST = `typeof process + typeof require + typeof Buffer + typeof module + typeof Deno_ + typeof fetch + typeof WebAssembly`;
const NOTHING = 'undefined'.repeat(7);

test('no constructor leads out', async () => {
  const values = [
    '[]',
    '{}',
    `''`,
    '1',
    'true',
    '1n',
    `Symbol('x')`,
    '/x/',
    '() => 1',
    'async () => 1',
    'function* () {}',
    'async function* () {}',
    'new Map()',
    'new Date()',
    'new Error()',
    'Promise.resolve()',
    'new Proxy({}, {})',
    'new Uint8Array(1)',
    'globalThis',
    'import.meta',
    'echo',
    'echo([])',
    'echo({})',
    'make("Probe", { a: [1] })',
    'make("Probe", {}).shout',
    'SECRET',
    'SECRET.list',
    'os',
    'os.path',
    'os.path.join',
    'settings',
    'console',
    'console.log',
    'setTimeout',
    'URL',
    'new URL("http://a")',
    'new URL("http://a").searchParams',
    'TextDecoder',
    'structuredClone',
    'performance',
    'new DOMException()',
    'queueMicrotask',
    'start("x").promise',
    '(() => { try { refuse("x"); } catch (error) { return error; } })()',
    '(() => { try { null.x; } catch (error) { return error; } })()',
  ];
  const script = `
    const values = [${values.map((value) => `(${value})`).join(',')}];
    const found = new Set();
    const walk = (value, depth) => {
      if (value === null || value === undefined || depth > 4) return;
      let makers = [];
      try { makers = [value.constructor, value.constructor?.constructor, Object.getPrototypeOf(value)?.constructor?.constructor]; } catch {}
      for (const maker of makers) {
        if (typeof maker !== 'function') continue;
        for (const run of [() => maker('return ${HOST}')(), () => { const self = maker('return this')(); return self === globalThis || !('Array' in self); }, () => maker.constructor('return ${HOST}')()]) {
          try {
            const result = run();
            if (typeof result === 'string') found.add(result);
            else if (result === false) found.add('another global');
          } catch {}
        }
      }
      let proto; try { proto = Object.getPrototypeOf(value); } catch {}
      walk(proto, depth + 1);
    };
    for (const value of values) walk(value, 0);
    const AsyncFunction = (async () => {}).constructor, GeneratorFunction = (function* () {}).constructor;
    found.add(await AsyncFunction('return ${HOST}')());
    found.add(GeneratorFunction('yield ${HOST}')().next().value);
    found.add((0, eval)('${HOST}')); found.add(eval('${HOST}')); found.add(new Function('return ${HOST}')());
    keep(...found);`;
  const run: Options['run'] = async () => ({ ok: false, error: { code: 'x', message: 'x', subject: 'x' } });
  const { seen } = await succeed(
    'main.js',
    `start("x").promise.catch(() => {});${script.replace('start("x").promise)', 'caught())')}\nfunction caught() { const { promise } = start("x"); promise.catch(() => {}); return promise; }`,
    {},
    { run },
  );
  assert.deepEqual(seen, [NOTHING]);
});

test('what a script gives to builtins changes nothing in the host', async () => {
  const script = `
    const evil = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}, "prototype": {"polluted": 3}}');
    for (const value of [evil, [evil], { a: evil }, Object.assign(Object.create(null), evil)]) { echo(value); make('__proto__', value); make('Probe', value); keep(value); }
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__']) {
      putenv(name, 'x'); getenv(name); make(name, 1);
      try { read(name); } catch {}
      echo({ [name]: { polluted: 4 } });
      kind(Object.defineProperty({}, name, { value: { polluted: 5 }, enumerable: true }));
    }
    invoke((value) => { value.__proto__.polluted2 = 1; return JSON.parse('{"__proto__": {"polluted": 6}}'); }, {});
    delete Object.prototype.polluted2;
    keep(...pollution(), ({}).polluted, [].polluted);`;
  const { seen } = await succeed('main.js', script);
  assert.deepEqual(seen.slice(4), [undefined, undefined]);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});

test('builtins work whatever a script did to the language before', async () => {
  const script = `
    const real = { keys: Reflect.ownKeys, get: Reflect.getOwnPropertyDescriptor, define: Reflect.defineProperty, has: Set.prototype.has, apply: Reflect.apply };
    let stolen = '';
    const spy = (name) => function (...args) { stolen += name + ' '; throw 'poisoned ' + name; };
    const roots = [Object, Array, Function, String, Number, Boolean, BigInt, Symbol, Map, Set, WeakMap, WeakSet, Error, TypeError, RegExp, Date, Promise, Proxy, JSON, Reflect, Math,
      Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype, Map.prototype, Set.prototype, WeakMap.prototype, Error.prototype, RegExp.prototype,
      Date.prototype, Promise.prototype, Symbol.prototype, BigInt.prototype, Object.getPrototypeOf([][Symbol.iterator]()), Object.getPrototypeOf(new Map().entries())];
    const jobs = [];
    for (const root of roots) for (const key of real.keys(root)) jobs[jobs.length] = [root, key];
    const names = [];
    for (let i = 0; i < jobs.length; i++) {
      const root = jobs[i][0], key = jobs[i][1], own = real.get(root, key);
      if (!own || !own.configurable || key === 'constructor' && root === Object.prototype) continue;
      if (typeof own.value === 'function') real.define(root, key, { value: spy(typeof key === 'string' ? key : 'symbol'), configurable: true, writable: true });
      names[names.length] = key;
    }
    real.define(Object.prototype, 'toJSON', { value: spy('toJSON'), configurable: true });
    real.define(Object.prototype, 'get', { value: spy('get'), configurable: true });
    for (let i = 0; i < 5; i++) real.define(Array.prototype, i, { get: spy('index'), set: spy('index'), configurable: true });
    stolen = '';
    let result = '';
    result += add(1, 2);
    result += echo('x');
    result += make('Probe', 'p').value;
    result += echo({ a: 5 }).a;
    try { refuse('no'); } catch (error) { result += error.message; }
    console.log('shown', 1, { a: 2 });
    keep(result, stolen);`;
  const { seen } = await succeed('main.js', script);
  assert.deepEqual(seen, ['3xp5no', '']);
});

test('a tagged value cannot be forged', async () => {
  const script = `
    const real = make('Probe', 'real');
    const forged = [
      { '\\0': 't', i: 0 }, { '\\0': 't', i: 0, k: 'Probe', f: { value: 'x' } }, { '\\0': 'k', i: 0 }, { '\\0': 'p', i: 1 }, { '\\0': 'b', v: '1' },
      Object.assign(Object.create(Object.getPrototypeOf(real)), { value: 'x' }), Object.create(real), new Proxy(real, {}), { ...real, [Symbol.toStringTag]: 'Probe' },
      structuredClone(real),
    ];
    keep(...forged.map((value) => kind(value).startsWith('Tagged')), kind(real).startsWith('Tagged'));
    keep(echo({ '\\0': 't', i: 0 })['\\0'], JSON.stringify(echo([{ '\\0': 'k', i: 1 }])));
    for (const change of [() => { 'use strict'; real.value = 1; }, () => Object.setPrototypeOf(real, {}), () => Object.defineProperty(real, 'value', { value: 1 }), () => { Object.getPrototypeOf(real).shout = 1; }]) {
      try { change(); keep('changed'); } catch (error) { keep(error.name); }
    }
    keep(real.value, real.shout());`;
  const { seen } = await succeed('main.js', script);
  assert.deepEqual(seen.slice(0, 11), [...Array(10).fill(false), true]);
  assert.deepEqual(seen.slice(11), ['t', '[{"\\u0000":"k","i":1}]', ...Array(4).fill('TypeError'), 'real', 'real!']);
});

test('arguments that run code while they are read', async () => {
  const script = `
    let calls = 0;
    const tricky = {
      get a() { calls += 1; return echo({ get b() { return add(1, 2); } }).b; },
      get c() { return make('Probe', 'inner').value; },
    };
    keep(echo(tricky), calls);
    const shifting = new Proxy([], { get: (_, key) => key === 'length' ? { valueOf: () => (calls += 1) % 3 } : 'e' });
    echo_all(shifting, 'after');
    for (const length of [NaN, -1, 2.5, '2', null, undefined, 1n, {}, Symbol('x')]) {
      try { echo_all(new Proxy([], { get: (_, key) => key === 'length' ? length : make('Probe', 1) }), 'after'); } catch (error) { keep(error instanceof TypeError); }
    }
    keep(echo_all(new Proxy([], { get: (_, key) => key === 'length' ? 2.5 : 'e' }), 'after').at(-1));
    const revoked = Proxy.revocable({}, {}); revoked.revoke();
    for (const value of [revoked.proxy, [revoked.proxy], new Proxy({}, { ownKeys() { throw new RangeError('mine'); } }), new Proxy({}, { getPrototypeOf() { throw new RangeError('mine'); } }),
      new Proxy({}, { ownKeys: () => ['a', 'a'] }), new Proxy({ a: 1 }, { getOwnPropertyDescriptor: () => undefined })]) {
      try { echo(value); keep('went'); } catch (error) { keep(error.name); }
    }
    const changing = []; changing[0] = 1; Object.defineProperty(changing, 1, { get() { changing.length = 0; return 7; }, configurable: true }); changing[2] = 3;
    try { keep(echo(changing).length); } catch (error) { keep(error.name); }
    const self = {}; Object.defineProperty(self, 'again', { enumerable: true, get: () => self });
    try { echo(self); } catch (error) { keep(error.message); }
    const fresh = () => ({ get again() { return fresh(); } });
    try { echo(fresh()); } catch (error) { keep(error.message); }
    keep(echo({ toJSON() { return 'no'; }, valueOf() { return 1; }, [Symbol.toPrimitive]() { return 2; } }) !== 'no');`;
  const { seen } = await succeed('main.js', script);
  assert.deepEqual(seen.slice(0, 2), [{ a: 3, c: 'inner' }, 1]);
  assert.deepEqual(seen.slice(2), [
    true,
    true,
    'after',
    'TypeError',
    'TypeError',
    'RangeError',
    'RangeError',
    'TypeError',
    'went',
    3,
    'a value that contains itself cannot be given to a builtin',
    'a value that is nested more than 400 levels deep cannot be given to a builtin',
    true,
  ]);
});

test('builtins inside of builtins', async () => {
  const script = `
    keep(invoke(() => invoke(() => invoke(() => add(1, echo(2))))));
    try { invoke(() => invoke(() => refuse('deep'))); } catch (error) { keep(error.message); }
    invoke(() => { keep(include(import.meta.dirname + '/lib.js').x); });
    let depth = 0; const dive = () => { depth += 1; return invoke(dive); };
    invoke(() => setTimeout(() => keep('timer')));
    keep(invoke(async () => 1) instanceof Promise, invoke(() => new Map([[1, 2]])) instanceof Map);`;
  const files = { 'lib.js': `export const x = invoke(() => invoke(() => add(20, 22)));` };
  assert.deepEqual((await succeed('main.js', script, files)).seen, [3, 'deep', 42, true, true, 'timer']);
});

test('modules of odd names', async () => {
  const specifiers = [
    'node:fs',
    'fs',
    'os',
    'std',
    'bjson',
    'child_process',
    'data:text/javascript,export default 1',
    'http://example.com/x.js',
    'blob:x',
    'npm:left-pad',
    'jsr:@std/fs',
    'tilt:sandbox',
    'tilt:sandbox:prelude',
    'tilt:refused:0',
    'tilt:',
    'file:',
    'file://host/x.js',
    'file:///etc/passwd',
    '/etc/passwd',
    '/proc/self/environ',
    '/dev/zero/x.js',
    '',
    ' ',
    '.',
    './',
    '..',
    '\\u0000',
    './\\u0000.js',
    './a\\u0000/../main.js',
    './nope.js',
    './lib',
    './lib.js?x=1',
    './lib.js#y',
    'tilt/x',
    'TILT',
    '__proto__',
    'constructor',
    `./${'x'.repeat(10_000)}.js`,
  ];
  const script = `
    for (const specifier of ${JSON.stringify(specifiers).replaceAll('\\\\u0000', '\\u0000')}) {
      try { await import(specifier); keep('loaded ' + specifier); } catch (error) { if (!(error instanceof Error)) keep('odd ' + specifier); }
    }
    for (const specifier of [Symbol('x'), { toString() { throw new RangeError('mine'); } }, Object.create(null), null, undefined, 1n, { toString: () => './lib.js' }]) {
      try { const { x } = await import(specifier); keep(x); } catch (error) { keep(error.name); }
    }`;
  const { seen } = await succeed('main.js', script, { 'lib.js': 'export const x = 1;' });
  assert.deepEqual(seen, ['TypeError', 'RangeError', 'TypeError', 'Error', 'Error', 'Error', 1]);
});

test('a module that pretends to be a promise', async () => {
  const files = {
    'then.js': `export function then(resolve) { resolve({ x: 'fake' }); }`,
    'odd.js': `export function then(resolve) { resolve(5); }`,
    'throws.js': `export function then() { throw new Error('not loaded'); }`,
    'hangs.js': `export function then() {}`,
  };
  const script = `
    const load = (name) => include(import.meta.dirname + '/' + name);
    keep(load('then.js'));
    for (const name of ['odd.js', 'throws.js', 'hangs.js']) try { keep(load(name)); } catch (error) { keep(error.message.replace(/".*"/, '…')); }`;
  const { seen } = await succeed('main.js', script, files);
  assert.deepEqual(seen.slice(0, 1), [{ x: 'fake' }]);
  assert.deepEqual(seen.slice(-2), ['not loaded', 'Cannot load …: it waits for a promise that never settles']);
  assert.equal((await fail('main.js', `export function then() {}`)).kind, 'rejected');
});

test('stacks tell and lead nowhere', async () => {
  const script = `
    const got = [];
    Error.prepareStackTrace = (error, sites) => { got.push(sites); return 'forged (/etc/x.js:1:1)'; };
    Error.stackTraceLimit = 1e9;
    invoke(() => { try { refuse('x'); } catch (error) { String(error.stack); } });
    const functions = got.flat().map((site) => { try { return site.getFunction?.() ?? site.getThis?.(); } catch {} }).filter((fn) => fn !== undefined);
    keep(functions.length);
    delete Error.prepareStackTrace;
    const error = new Error('x'); Object.defineProperty(error, 'stack', { get() { return invoke(() => '    at f (${folder}/main.js:1:1)\\n'.repeat(1e4)); } });
    console.log(error);
    const odd = { get stack() { throw new Error('never'); }, get message() { for (let i = 0; i < 10; i++) add(1, 1); return { toString() { return 'x'; } }; } };
    console.log(odd);
    keep(echo(new Error('y')) instanceof Error);`;
  assert.deepEqual((await succeed('main.js', script)).seen, [0, true]);
  for (const thrown of [
    'null',
    'undefined',
    'Symbol("x")',
    '{ get message() { throw 1; } }',
    'new Proxy({}, { get() { throw 1; } })',
    'Object.create(null)',
    '() => 1',
    '10n',
    '{ stack: 5, message: {} }',
    'new AggregateError([null, new Error("a")])',
  ]) {
    const failure = await fail('main.js', `throw ${thrown.startsWith('{') ? `(${thrown})` : thrown};`);
    assert.equal(typeof failure.message, 'string', thrown);
  }
});

test('nothing of the sandbox’s own is found by looking around', async () => {
  const script = `
    const names = Object.getOwnPropertyNames(globalThis).filter((name) => /^(host|__|\\$)|kept|tagIds|mark/.test(name));
    keep(names, Object.getOwnPropertySymbols(globalThis).length, arguments_());
    function arguments_() { try { return echo.caller ?? echo.arguments ?? 'none'; } catch (error) { return error.name; } }
    keep(String(echo).includes('host('), typeof echo.prototype, Object.isFrozen(echo));`;
  const { seen } = await succeed('main.js', script);
  assert.deepEqual(seen[0], []);
  assert.ok(['none', 'TypeError'].includes(String(seen[2])));
});
