import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScriptFailure } from '../../interpreter/failure.ts';
import { everythingAllowed } from '../../interpreter/permissions.ts';
import type { ToMain } from '../../interpreter/wire.ts';
import { WorkerBroker } from '../../interpreter/worker-broker.ts';
import { evaluateHere, type Options } from './evaluate-here.ts';

// Scripts that want too much. Each ends at a limit or with an error of its own, and the next script runs as ever.

const { succeed, evaluate } = evaluateHere();
const tight: Options = { limits: { computeMs: 200, memoryBytes: 24 * 2 ** 20 } };

type Kind = ScriptFailure['kind'];
type Case = readonly [script: string, kinds: readonly (Kind | 'ok')[]];

/** How each of the scripts may end; what it catches itself counts as well. */
function ends(title: string, cases: readonly Case[], options: Options = tight): void {
  test(title, async () => {
    for (const [script, kinds] of cases) {
      const outcome = await evaluate('main.js', script, {}, options);
      const kind = outcome.ok ? 'ok' : outcome.failure.kind;
      // On a busy machine the time limit may come before any other.
      assert.ok(
        kind === 'time-limit' || kinds.includes(kind),
        `${script}\nended as ${kind}: ${outcome.ok ? '' : outcome.failure.message}`,
      );
    }
    assert.deepEqual((await succeed('main.js', 'keep(add(1, 2))')).seen, [3]);
  });
}

ends('huge texts and lists as arguments', [
  [`const s = 'x'.repeat(2 ** 22); for (;;) keep.call(null, s + Math.random());`, ['time-limit', 'memory-limit']],
  [`echo('x'.repeat(2 ** 26));`, ['memory-limit']],
  [`echo('\\u0000'.repeat(2 ** 22));`, ['ok', 'memory-limit']],
  [`const a = []; a.length = 2 ** 32 - 1; echo(a);`, ['time-limit', 'memory-limit']],
  [`const a = []; a[2 ** 32 - 2] = 1; echo(a);`, ['time-limit', 'memory-limit']],
  [`echo(new Proxy([], { get: (_, key) => key === 'length' ? 2 ** 53 : 1 }));`, ['time-limit', 'memory-limit']],
  [`echo(new Proxy([], { get: (_, key) => key === 'length' ? Infinity : 1 }));`, ['time-limit', 'memory-limit']],
  [
    `echo(new Proxy({}, { ownKeys: () => Array.from({ length: 1e6 }, (_, i) => 'k' + i), getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) }));`,
    ['time-limit', 'memory-limit'],
  ],
  [`let a = []; for (let i = 0; i < 1e5; i++) a = [a]; echo(a);`, ['thrown', 'stack-limit']],
  [
    `let a = {}; for (let i = 0; i < 1e5; i++) a = { a }; try { echo(a); } catch (error) { keep(error.name); } console.log(a); structuredClone(a);`,
    ['stack-limit', 'thrown', 'time-limit'],
  ],
  [`add(...Array(1e6).fill(1));`, ['thrown', 'stack-limit', 'memory-limit']],
  [`add.apply(null, { length: 2 ** 31 });`, ['thrown', 'memory-limit', 'stack-limit', 'time-limit']],
  [
    `putenv('x'.repeat(2 ** 20), 'y'.repeat(2 ** 20)); getenv('x'.repeat(2 ** 20)); make('t'.repeat(2 ** 20), 1);`,
    ['ok', 'memory-limit'],
  ],
]);

ends(
  'code without end',
  [
    [`/^(a+)+$/.test('a'.repeat(40) + 'b');`, ['time-limit', 'ok']],
    [
      `/(?=(a+))*b/.exec('a'.repeat(1e6)); /^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60));`,
      ['time-limit', 'ok', 'memory-limit', 'thrown'],
    ],
    [`(function* () { for (;;) yield 1; })().forEach(() => {});`, ['time-limit']],
    [`[...(function* () { for (;;) yield 1; })()];`, ['memory-limit', 'time-limit']],
    [`const p = new Proxy({}, { get: (_, k) => p[k] }); p.x;`, ['stack-limit']],
    [`const p = new Proxy({}, { has() { for (;;); } }); 'x' in p;`, ['time-limit']],
    [`const p = new Proxy({}, { getPrototypeOf() { for (;;); } }); echo(p);`, ['time-limit']],
    [`echo({ get x() { for (;;); } });`, ['time-limit']],
    [`console.log({ get x() { for (;;); } });`, ['time-limit']],
    [`throw { get message() { for (;;); }, stack: 'x' };`, ['thrown', 'time-limit']],
    [
      `throw Object.assign(new Error(), { get cause() { return new Proxy({}, { get() { for (;;); } }); } });`,
      ['thrown', 'time-limit'],
    ],
    [`Object.prototype.toJSON = () => { for (;;); }; echo({}); JSON.stringify({});`, ['time-limit']],
    [`String({ [Symbol.toPrimitive]() { for (;;); } });`, ['time-limit']],
    [
      `function chain(p) { return p.then(() => chain(Promise.resolve())); } await chain(Promise.resolve());`,
      ['time-limit', 'memory-limit'],
    ],
    [`const t = { then(f) { f(t); } }; await t;`, ['time-limit', 'memory-limit', 'stack-limit']],
    [
      `for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false }) }) });`,
      ['time-limit'],
    ],
    [
      `await Promise.all({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) });`,
      ['time-limit', 'memory-limit'],
    ],
    [`const f = () => { try { f(); } finally { f(); } }; f();`, ['time-limit', 'stack-limit']],
    [`try { for (;;); } catch {} finally { for (;;); }`, ['time-limit']],
    [`label: for (;;) { try { continue label; } finally { continue label; } }`, ['time-limit']],
    [`class A { static { for (;;); } }`, ['time-limit']],
    [`(async () => { for (;;) await null; })(); for (;;);`, ['time-limit']],
    [`new Date(NaN).toString(); [3, 1, 2].sort(() => { for (;;); });`, ['time-limit']],
    [`eval('for (;;);');`, ['time-limit']],
    [`new Function('for (;;);')();`, ['time-limit']],
    [`setTimeout(() => { for (;;); });`, ['time-limit']],
    [`queueMicrotask(function again() { queueMicrotask(again); });`, ['time-limit', 'memory-limit']],
    [`invoke(() => invoke(() => { for (;;); }));`, ['time-limit']],
    [`await (await start('x').promise.catch(() => ({ then(f) { for (;;); } })));`, ['time-limit']],
  ],
  { ...tight, run: async () => ({ ok: false, error: { code: 'x', message: 'x', subject: 'x' } }) },
);

ends('memory without end', [
  [`const r = []; for (;;) r.push(new WeakRef({}));`, ['memory-limit', 'time-limit']],
  [
    `const g = new FinalizationRegistry(() => { for (;;); }); for (let i = 0; i < 1e4; i++) g.register({}, i);`,
    ['ok', 'time-limit', 'memory-limit'],
  ],
  [`for (let i = 0; ; i++) globalThis['v' + i] = i;`, ['memory-limit', 'time-limit']],
  [`for (;;) setTimeout(() => {}, 1e9);`, ['memory-limit', 'time-limit']],
  [`for (;;) echo(() => {});`, ['memory-limit', 'time-limit']],
  [`for (;;) make('Probe', {});`, ['memory-limit', 'time-limit']],
  [`for (let i = 0; ; i++) console.count(String(i));`, ['memory-limit', 'time-limit']],
  [`for (let i = 0; ; i++) console.group('x');`, ['memory-limit', 'time-limit']],
  [`let s = 'x'; for (;;) s = s.replaceAll('x', 'xx');`, ['memory-limit']],
  [`'x'.padEnd(2 ** 30);`, ['memory-limit']],
  [
    `[].concat(...Array(100).fill(Array(1e5).fill(0))).flat(Infinity).join('x'.repeat(1000));`,
    ['memory-limit', 'time-limit'],
  ],
  [`Array.from({ length: 2 ** 32 });`, ['memory-limit', 'time-limit', 'thrown']],
  [`let n = 2n; for (;;) n *= n;`, ['memory-limit', 'time-limit', 'thrown']],
  [`2n ** 1000000000n;`, ['memory-limit', 'time-limit', 'thrown']],
  [`String(3n ** 300000n).length;`, ['ok', 'time-limit', 'memory-limit']],
  [`new ArrayBuffer(8, { maxByteLength: 2 ** 31 });`, ['ok', 'memory-limit', 'thrown']],
  [
    `const b = new ArrayBuffer(8, { maxByteLength: 2 ** 24 }); for (let i = 8; ; i *= 2) b.resize(i);`,
    ['thrown', 'memory-limit'],
  ],
  [`new SharedArrayBuffer(2 ** 31);`, ['memory-limit', 'thrown']],
  [`JSON.parse('[' .repeat(1e5) + ']'.repeat(1e5));`, ['stack-limit', 'memory-limit', 'ok']],
  [`new RegExp('(?:'.repeat(1e5));`, ['thrown', 'stack-limit', 'memory-limit']],
  [`eval('('.repeat(1e5));`, ['stack-limit', 'thrown', 'memory-limit', 'syntax']],
  [`eval('a' + '.a'.repeat(1e6));`, ['thrown', 'memory-limit', 'time-limit', 'stack-limit']],
  [`new TextDecoder().decode(new TextEncoder().encode('ä'.repeat(2 ** 24)));`, ['memory-limit', 'time-limit']],
  [`new URLSearchParams('a=1&'.repeat(1e6));`, ['memory-limit', 'time-limit']],
  [`new URL('http://a/' + 'x'.repeat(2 ** 24));`, ['memory-limit', 'ok']],
  [`atob('a'.repeat(2 ** 24));`, ['memory-limit', 'time-limit']],
  [`console.table(Array.from({ length: 1e5 }, (_, i) => ({ ['c' + i]: 1 })));`, ['ok', 'memory-limit', 'time-limit']],
]);

ends('what other engines block or share on', [
  [`Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1e9);`, ['thrown', 'time-limit']],
  [`Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`, ['thrown', 'time-limit']],
  [
    `Atomics.notify(new Int32Array(new SharedArrayBuffer(4)), 0); Atomics.add(new Int32Array(1), 0, 1);`,
    ['ok', 'thrown'],
  ],
  [`echo(new SharedArrayBuffer(8)); echo(new Int32Array(new SharedArrayBuffer(8)));`, ['ok', 'thrown']],
  [
    `const b = new ArrayBuffer(8), v = new Uint8Array(b); b.transfer?.(); echo(v); console.log(v); structuredClone(v); new TextDecoder().decode(v);`,
    ['ok', 'thrown'],
  ],
  [`debugger; with_(); function with_() { return new Function('o', 'with (o) { return x; }')({ x: 1 }); }`, ['ok']],
]);

test('a script cannot start commands without end', async () => {
  const run: Options['run'] = (_command, _environment, _output, signal) =>
    new Promise((resolve) => {
      const stopped = { ok: false, error: { code: 'ABORT_ERR', message: 'stopped', subject: 'x' } } as const;
      signal.addEventListener('abort', () => resolve(stopped), { once: true });
    });
  const outcome = await evaluate('main.js', `for (;;) start('x').promise;`, {}, { run });
  assert.ok(!outcome.ok);
  assert.equal(outcome.failure.message, 'More than 1000 commands wait for their turn: await some of them first');
});

test('a script that prints without end waits now and then until its lines are taken', async () => {
  let ahead = 0;
  let most = 0;
  const never = () => assert.fail('nothing is run');
  const mainland = {
    post: (message: ToMain) => {
      if (message.type === 'print') ahead += message.text.length;
      most = Math.max(most, ahead);
    },
    catchUp: () => {
      ahead = 0;
    },
    ...{ command: never, start: never, next: never },
  };
  const broker = new WorkerBroker(mainland, everythingAllowed, {});
  for (let i = 0; i < 100; i++) broker.print('x'.repeat(2 ** 20), 'info');
  assert.ok(most > 0 && most <= 8 * 2 ** 20, `${most} characters were ahead`);
  const prints: string[] = [];
  const onPrint = (text: string) => void prints.push(text);
  const script = `const line = 'x'.repeat(${2 ** 20}); for (let i = 0; i < 12; i++) print(line + i);`;
  await succeed('main.js', script, {}, { onPrint });
  assert.deepEqual(
    prints.map((text) => text.slice(2 ** 20)),
    Array.from({ length: 12 }, (_, i) => `${i}\n`),
  );
});

test('a script cannot put more names on record than anybody can use', async () => {
  const outcome = await evaluate('main.js', `for (let i = 0; i < 2e5; i++) getenv('v' + i);`);
  assert.ok(!outcome.ok);
  assert.match(outcome.failure.message, /^More than 100000 files and variables/);
});
