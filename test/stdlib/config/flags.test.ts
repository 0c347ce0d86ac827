import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flagUsage } from '../../../stdlib/config/flag-usage.ts';
import { parseFlags } from '../../../stdlib/config/flags.ts';
import type { Setting } from '../../../stdlib/config/setting.ts';

const flags: ReadonlyMap<string, Setting> = new Map([
  ['env', { kind: 'string', usage: '' }],
  ['only', { kind: 'list[string]', usage: '' }],
  ['debug', { kind: 'bool', usage: '' }],
  ['limits', { kind: 'object', usage: '' }],
]);

const right: readonly (readonly [string[], Record<string, unknown>, string[]])[] = [
  [[], {}, []],
  [
    ['--env', 'dev', '--only=a', 'x', '--only', 'b', '--debug', 'y'],
    { env: 'dev', only: ['a', 'b'], debug: true },
    ['x', 'y'],
  ],
  [['--env=', '--debug=F', '-', ''], { env: '', debug: false }, ['-', '']],
  [['--env', '--debug', '--', '--env', '-x'], { env: '--debug' }, ['--env', '-x']],
  [['--limits', '{"a": [1, null]}'], { limits: { a: [1, null] } }, []],
  [['--env=a=b', '-test.v'], { env: 'a=b' }, []],
];

for (const [words, values, rest] of right) {
  test(`flags: ${words.join(' ') || 'none'}`, () => {
    const parsed = parseFlags(flags, words);
    assert.ok(parsed.ok);
    assert.deepEqual([Object.fromEntries(parsed.values), parsed.rest], [values, rest]);
  });
}

const wrong: readonly (readonly [string[], string])[] = [
  [['--env'], 'flag needs an argument: --env'],
  [['--colour=red'], 'unknown flag: --colour'],
  [['--=x'], 'bad flag syntax: --=x'],
  [['---env'], 'bad flag syntax: ---env'],
  [['-e', 'dev'], "unknown shorthand flag: 'e' in -e"],
  [['-env=dev'], "unknown shorthand flag: 'e' in -env=dev"],
  [["-'x"], "unknown shorthand flag: '\\'' in -'x"],
  [['--debug=yes'], 'invalid argument "yes" for "--debug" flag: strconv.ParseBool: parsing "yes": invalid syntax'],
  [
    ['--debug', '--debug=0'],
    'invalid argument "0" for "--debug" flag: bool settings can only be specified once. multiple values found (last value: 0)',
  ],
  [
    ['--env', 'a', '--env', 'b"'],
    'invalid argument "b\\"" for "--env" flag: string settings can only be specified once. multiple values found (last value: b")',
  ],
  [
    ['--limits', '[]', '--limits', '[1]'],
    'invalid argument "[1]" for "--limits" flag: object settings can only be specified once. multiple values found (last value: [])',
  ],
  [
    ['--limits', '{cpu: 2}'],
    'invalid argument "{cpu: 2}" for "--limits" flag: decoding JSON, got "{cpu: 2}": invalid character \'c\' looking for beginning of object key string',
  ],
  [['--limits', ''], 'invalid argument "" for "--limits" flag: decoding JSON, got "": unexpected end of JSON input'],
  [
    ['--limits', '[1'],
    'invalid argument "[1" for "--limits" flag: decoding JSON, got "[1": unexpected end of JSON input',
  ],
  [
    ['--limits', '1 2'],
    'invalid argument "1 2" for "--limits" flag: decoding JSON, got "1 2": invalid character \'2\' after top-level value',
  ],
];

for (const [words, message] of wrong) {
  test(`wrong flags: ${words.join(' ')}`, () => {
    assert.deepEqual(parseFlags(flags, words), { ok: false, message, isHelp: false });
  });
}

for (const words of [['--help'], ['-h'], ['x', '-hx']]) {
  test(`help: ${words.join(' ')}`, () => {
    assert.deepEqual(parseFlags(flags, words), { ok: false, message: 'pflag: help requested', isHelp: true });
  });
}

test('a setting may itself be called help', () => {
  const parsed = parseFlags(new Map([['help', { kind: 'bool', usage: '' }]]), ['--help']);
  assert.ok(parsed.ok && parsed.values.get('help') === true);
});

describe('usage', () => {
  const usage = (settings: Record<string, Setting>, width = 80) => flagUsage(new Map(Object.entries(settings)), width);

  test('in alphabetical order, in columns, with the type of each', () => {
    assert.equal(
      usage({
        only: { kind: 'list[string]', usage: 'what to run' },
        debug: { kind: 'bool', usage: 'say more' },
        limits: { kind: 'object', usage: '' },
        env: { kind: 'string', usage: 'the `place` to deploy to' },
      }),
      [
        '      --debug               say more',
        '      --env place           the place to deploy to',
        '      --limits object        (default None)',
        '      --only list[string]   what to run',
        '',
      ].join('\n'),
    );
    assert.equal(usage({}), '');
  });

  test('long texts are wrapped below themselves, short last words stay', () => {
    const text = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen';
    assert.equal(
      usage({ env: { kind: 'string', usage: text } }, 60),
      `      --env string   one two three four five six seven\n${' '.repeat(21)}eight nine ten eleven twelve\n${' '.repeat(21)}thirteen fourteen\n`,
    );
    assert.equal(
      usage({ env: { kind: 'string', usage: `${text}\nx` } }, 0),
      `      --env string   ${text}\n${' '.repeat(21)}x\n`,
    );
    assert.equal(usage({ e: { kind: 'string', usage: 'a'.repeat(40) } }, 60), `      --e string   ${'a'.repeat(40)}\n`);
  });

  test('beside long names, texts get lines of their own', () => {
    const name = 'n'.repeat(60);
    assert.equal(
      usage({ [name]: { kind: 'string', usage: 'short' } }),
      `      --${name} string   \n${' '.repeat(16)}short\n`,
    );
  });
});
