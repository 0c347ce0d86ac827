import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ScriptValue } from '../../../interpreter/value.ts';
import { Foreign } from '../../../interpreter/value.ts';
import { emptyDeclarations } from '../../../stdlib/declarations.ts';
import { createTiltLibrary } from '../../../stdlib/library.ts';
import { bind } from '../../../stdlib/schema/bind.ts';
import { builtin } from '../../../stdlib/schema/builtin.ts';
import { stringMap } from '../../../stdlib/schema/collection-types.ts';
import { optional, required, withDefault } from '../../../stdlib/schema/parameter.ts';
import { anyValue, bool, int, string } from '../../../stdlib/schema/scalar-types.ts';
import type { Session } from '../../../stdlib/session.ts';
import { fakeCall } from '../../support/fake-call.ts';

const session: Session = {
  options: { mainFile: '/p/Tiltfile.js', args: [], subcommand: 'up', cwd: '/p', enabledNames: [] },
  declarations: emptyDeclarations(),
  resourceNames: new Set(),
  loading: new Set(),
  checkContext() {},
};

const sample = builtin({
  name: 'sample',
  doc: 'A builtin of every kind of parameter.',
  parameters: {
    name: required(string, ''),
    count: withDefault(int, 3, ''),
    env: withDefault(stringMap, {}, ''),
    loud: optional(bool, ''),
  },
  returns: 'string',
  run: (args) => JSON.stringify(args),
});

const encoder = builtin({
  name: 'encoder',
  doc: 'A builtin that takes data.',
  parameters: { obj: required(anyValue('unknown'), ''), pretty: withDefault(bool, false, '') },
  returns: 'string',
  run: (args) => JSON.stringify(args),
});

function call(schema: typeof sample, ...args: ScriptValue[]): unknown {
  return JSON.parse(String(bind(schema, session)(fakeCall(schema.name, args))));
}

describe('arguments are bound', () => {
  const full = { name: 'a', count: 1, env: { X: 'y' }, loud: true };
  const cases: [string, ScriptValue[], unknown][] = [
    ['by position', ['a', 1, undefined, true], { ...full, env: {} }],
    ['with trailing keywords', ['a', { count: 1, env: { X: 'y' }, loud: true }], full],
    ['by position and keywords', ['a', 1, { env: { X: 'y' }, loud: true }], full],
    ['all by keyword', [{ loud: true, env: { X: 'y' }, count: 1, name: 'a' }], full],
    ['with defaults', ['a'], { name: 'a', count: 3, env: {} }],
    ['leaving out what is undefined', ['a', { count: undefined }], { name: 'a', count: 3, env: {} }],
    ['leaving out by position', ['a', undefined, { loud: false }], { name: 'a', count: 3, env: {}, loud: false }],
    ['with null for an object', ['a', { env: null }], { name: 'a', count: 3, env: {} }],
  ];
  for (const [title, args, expected] of cases) {
    test(title, () => assert.deepEqual(call(sample, ...args), expected));
  }

  test('a required object is a value, not keywords', () => {
    assert.deepEqual(call(encoder, { pretty: true }), { obj: { pretty: true }, pretty: false });
    assert.deepEqual(call(encoder, { a: 1 }, { pretty: true }), { obj: { a: 1 }, pretty: true });
  });
});

describe('a wrong call is refused', () => {
  const cases: [string, ScriptValue[], string][] = [
    ['a missing parameter', [], 'sample: missing argument for name'],
    ['a missing parameter beside keywords', [{ count: 1 }], 'sample: missing argument for name'],
    ['an unknown keyword', ['a', { size: 1 }], 'sample: unexpected keyword argument "size"'],
    ['a misspelt keyword', ['a', { cout: 1 }], 'sample: unexpected keyword argument "cout" (did you mean count?)'],
    ['a parameter twice', ['a', { name: 'b' }], 'sample: got multiple values for keyword argument "name"'],
    ['a wrong type by position', [1], 'sample: for parameter name: got int, want string'],
    ['a wrong type by keyword', ['a', { count: 'x' }], 'sample: for parameter "count": got string, want int'],
    ['a fraction for an int', ['a', 1.5], 'sample: for parameter count: got float, want int'],
    ['null for a string', [null], 'sample: for parameter name: got NoneType, want string'],
    ['a list for a string', [['x']], 'sample: for parameter name: got list, want string'],
    ['a dict for a string', [{ x: 1 }], 'sample: for parameter name: got dict, want string'],
    ['a Map for a string', [new Foreign('Map')], 'sample: for parameter name: got Map, want string'],
    ['too many', ['a', 1, null, true, 5], 'sample: got 5 arguments, want at most 4'],
    [
      'a value in an object',
      ['a', { env: { X: 1 } }],
      'sample: for parameter "env": value is not a string: starlark.Int (1)',
    ],
  ];
  for (const [title, args, message] of cases) {
    test(title, () => assert.throws(() => call(sample, ...args), { name: 'Refusal', message }));
  }
});

test('a thousand calls of local_resource take little time', () => {
  const { library } = createTiltLibrary(session.options);
  const declare = library.functions.get('local_resource');
  assert.ok(declare);
  const calls = (prefix: string) =>
    Array.from({ length: 1000 }, (_, i) =>
      fakeCall('local_resource', [`${prefix}${i}`, 'make', { deps: ['src'], labels: ['x'], env: { A: 'b' } }]),
    );
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8; round++) {
    const measured = calls(`round-${round}-`);
    const before = process.cpuUsage();
    for (const call of measured) declare(call);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  assert.ok(best < 20, `took ${best} ms`);
});
