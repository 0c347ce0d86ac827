import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type BuiltinFunction, Refusal } from '../../interpreter/builtin.ts';
import { startEngine } from '../../interpreter/engine.ts';
import { evaluateScript } from '../../interpreter/evaluate-script.ts';
import { ScriptFunction, Tagged } from '../../interpreter/value.ts';
import { limits } from './evaluate-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'tilt-ts-handles-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const engine = await startEngine();
const noCommand = { ok: false, error: { code: 'x', message: 'x', subject: 'x' } } as const;
let started = 0;

/** Evaluates in this thread. An engine that is not spoilt was freed by QuickJS without an object left. */
function run(script: string, changes: Partial<typeof limits> = {}) {
  const file = join(folder, 'main.js');
  writeFileSync(file, script);
  writeFileSync(join(folder, 'lib.js'), `export const a = { b: [1] }; export class C {} export function f() {}`);
  writeFileSync(join(folder, 'bad.js'), `await null; throw new Error('bad');`);
  return evaluateScript(
    { file, environment: {}, limits: { ...limits, ...changes }, libraryOptions: undefined },
    {
      engine,
      mainland: {
        post: () => undefined,
        command: () => noCommand,
        start: () => ++started,
        catchUp: () => undefined,
        next: () => ({ id: started, answer: noCommand }),
      },
      stopRequested: () => false,
      onSwitch: () => undefined,
      createLibrary: () => ({
        finish: () => undefined,
        library: {
          moduleName: 'tilt',
          prelude: `defineTag('T', { get x() { return 1; } });`,
          constants: new Map([['os.name', 'posix']]),
          functions: new Map<string, BuiltinFunction>([
            ['echo', (call) => call.args[0]],
            ['tag', (call) => new Tagged('T', { value: call.args[0] })],
            ['where', (call) => `${call.position.line} ${call.stack.length}`],
            ['quit', (call) => call.exit()],
            ['include', (call) => call.loadModule(join(folder, String(call.args[0])))],
            [
              'refuse',
              () => {
                throw new Refusal('no');
              },
            ],
            [
              'invoke',
              (call) => (call.args[0] instanceof ScriptFunction ? call.invoke(call.args[0], [1, tagged]) : null),
            ],
          ]),
        },
      }),
    },
  );
}
const tagged = new Tagged('T', {});

const scripts: [name: string, script: string][] = [
  ['nothing', ''],
  ['values', `echo({ a: [1, new Map(), () => 1, Symbol('x'), 1n] }); echo(tag({ b: [] })); where(); tag(1).x;`],
  ['imports', `import { a } from './lib.js'; import { echo as e } from 'tilt'; e(a); await import('./lib.js');`],
  [
    'includes',
    `include('lib.js'); include('lib.js'); try { include('bad.js'); } catch {} try { include('none.js'); } catch {}`,
  ],
  [
    'callbacks',
    `invoke((n, t) => [n, t]); try { invoke(() => { throw new Error('x'); }); } catch {} invoke(async () => {});`,
  ],
  ['refused', `try { refuse(); } catch {} refuse();`],
  ['thrown', `class E extends Error {} const e = new E('x', { cause: new Error('y') }); e.self = e; throw e;`],
  ['syntax', 'let x = = 1;'],
  ['missing import', `import './none.js';`],
  ['missing export', `import { nope } from './lib.js';`],
  [
    'rejections',
    `Promise.reject(new Error('x')); const p = Promise.reject(1); await null; p.catch(() => 1); await Promise.reject(2);`,
  ],
  ['unhandled', `(async () => { await null; throw new Error('x'); })(); Promise.reject({});`],
  ['never', `const o = {}; o.p = new Promise(() => {}).then(() => o); await o.p;`],
  ['exit', `const o = {}; o.o = o; try { quit(); } finally { echo(o); }`],
  ['exit in a callback', `invoke(() => quit());`],
  ['cycles', `const a = {}, b = { a }; a.b = b; globalThis.a = a; echo(() => a); function f() { return f; } f.f = f;`],
  ['stack', `function f() { return f() + 1; } f();`],
];

test('no object is left when a sandbox is disposed of, however its script ended', () => {
  for (const [name, script] of scripts) {
    const { spoilt } = run(script);
    assert.equal(spoilt, false, name);
  }
  const { ending, spoilt } = run('const a = []; for (;;) a[0] = { a };', { computeMs: 50 });
  assert.equal(!ending.ok && ending.failure.kind, 'time-limit');
  assert.equal(spoilt, false);
});

test('memory stays flat over many evaluations', () => {
  for (let round = 0; round < 30; round++) for (const [, script] of scripts) run(script);
  assert.equal(engine.memory.buffer.byteLength, 16 * 2 ** 20);
});

test('unhandled rejections are seen in this version of QuickJS', () => {
  const { ending } = run(`Promise.reject(new Error('lost'));`);
  assert.equal(!ending.ok && ending.failure.kind, 'rejected');
});

test('an engine survives that a module is linked while it runs, or is given up', () => {
  const { ending } = run(`include('main.js');`);
  assert.ok(!ending.ok);
  assert.match(ending.failure.message, /^Circular load: /);
});
