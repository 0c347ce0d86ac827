import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readConfigJson } from '../../../stdlib/config/config-json.ts';
import { type ConfigDeclarations, emptyConfig } from '../../../stdlib/config/declared-config.ts';
import { parseConfig } from '../../../stdlib/config/parse-config.ts';
import type { SettingKind } from '../../../stdlib/config/setting.ts';

function config(settings: Record<string, SettingKind>, positional?: string): ConfigDeclarations {
  const declared = emptyConfig();
  for (const [name, kind] of Object.entries(settings)) declared.settings.set(name, { kind, usage: '' });
  declared.positional = positional;
  return declared;
}

const file = (text: string) => ({ path: '/p/tilt_config.json', bytes: Buffer.from(text) });
const all = { env: 'string', only: 'list[string]', debug: 'bool', limits: 'object' } as const;

function values(text: string | undefined, words: readonly string[], declared = config(all)): unknown {
  const parsed = parseConfig(declared, text === undefined ? undefined : file(text), words);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  return parsed.values;
}

test('what is given nowhere has no value', () => {
  assert.deepEqual(values(undefined, []), {});
  assert.deepEqual(values('{}', ['--env=']), { env: '' });
});

test('the command line replaces what the file says, and null in the file is empty', () => {
  const text = '{"only": ["a", "b"], "env": "x", "debug": true, "limits": {"a": 1.5}}';
  assert.deepEqual(values(text, []), { env: 'x', only: ['a', 'b'], debug: true, limits: { a: 1.5 } });
  assert.deepEqual(values(text, ['--only', 'c', '--debug=false', '--limits=2']), {
    env: 'x',
    only: ['c'],
    debug: false,
    limits: 2,
  });
  assert.deepEqual(values('{"only": null, "env": null, "debug": null, "limits": null}', []), {
    env: '',
    only: [],
    debug: false,
    limits: null,
  });
  assert.deepEqual(values('null', []), {});
});

test('one setting takes the words that are no flags', () => {
  assert.deepEqual(values(undefined, ['a', '--debug', 'b'], config(all, 'only')), { only: ['a', 'b'], debug: true });
  assert.deepEqual(values('{"debug": false}', ['T'], config(all, 'debug')), { debug: true });
  assert.deepEqual(values('{"only": ["x"]}', ['a'], config(all, 'only')), { only: ['a'] });
});

const refused: readonly (readonly [string, string | undefined, readonly string[], string, string?])[] = [
  ['an unknown name', '{"env": "a", "x": 1}', [], "/p/tilt_config.json specified unknown setting name 'x'"],
  ...(
    [
      ['env', '1', 'expected string, found float64'],
      ['env', 'true', 'expected string, found bool'],
      ['env', '[]', 'expected string, found []interface {}'],
      ['env', '{}', 'expected string, found map[string]interface {}'],
      ['debug', '"true"', 'expected bool, found string'],
      ['only', '"a"', 'expected array'],
      ['only', '["a", 1]', 'expected string, got float64'],
      ['only', '[null]', 'expected string, got <nil>'],
    ] as const
  ).map(
    ([name, value, message]) =>
      [
        `${name} is ${value}`,
        `{"${name}": ${value}}`,
        [] as string[],
        `/p/tilt_config.json specified invalid value for setting ${name}: ${message}`,
      ] as const,
  ),
  ['an empty file', '', [], 'error parsing json from /p/tilt_config.json: EOF'],
  [
    'words that nothing takes',
    undefined,
    ['a', 'b"'],
    'invalid Tiltfile config args: positional CLI args ("a b\\"") were specified, but none were expected.\n' +
      'See https://docs.tilt.dev/tiltfile_config.html#positional-arguments for examples.',
  ],
  [
    'too many words',
    undefined,
    ['a', 'b'],
    'invalid Tiltfile config args: invalid positional args (env): string settings can only be specified once. multiple values found (last value: b)',
    'env',
  ],
  [
    'a word that is no boolean',
    undefined,
    ['maybe'],
    'invalid Tiltfile config args: invalid positional args (debug): strconv.ParseBool: parsing "maybe": invalid syntax',
    'debug',
  ],
];

for (const [title, text, words, message, positional] of refused) {
  test(`refused: ${title}`, () => {
    const parsed = parseConfig(config(all, positional), text === undefined ? undefined : file(text), words);
    assert.deepEqual(parsed, { ok: false, message, output: '' });
  });
}

test('wrong flags are answered with the usage, and so is a call for help, which also prints it', () => {
  const declared = config({ env: 'string', rest: 'list[string]' }, 'rest');
  const usage = '      --env string   \n';
  assert.deepEqual(parseConfig(declared, undefined, ['--rest=x']), {
    ok: false,
    message: `invalid Tiltfile config args: unknown flag: --rest\nUsage:\n${usage}`,
    output: '',
  });
  assert.deepEqual(parseConfig(declared, undefined, ['-h']), {
    ok: false,
    message: `invalid Tiltfile config args: pflag: help requested\nUsage:\n${usage}`,
    output: `Usage of :\n${usage}`,
  });
});

describe('tilt_config.json', () => {
  const read = (text: string) => readConfigJson(Buffer.from(text));

  test('any JSON, whatever follows the object, across the pieces in which it is read', () => {
    for (const value of [
      { a: [1, -2.5e3, 0, true, false, null, { b: 'ü\n"\\/\u20ac😀' }], '': {} },
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key ${index}`, 'é'.repeat(index)])),
      { long: 'x'.repeat(5000), next: 1 },
    ]) {
      assert.deepEqual(read(JSON.stringify(value, null, 1)), { ok: true, settings: value });
    }
    assert.deepEqual(read('{"a": "\\ud83d\\ude00\\u00e9\\/"} and more'), { ok: true, settings: { a: '😀é/' } });
    assert.deepEqual(read('\ufeff{"a": 1}'), { ok: true, settings: { a: 1 } });
    assert.deepEqual(read('{"a": 1} ]'), { ok: true, settings: { a: 1 } });
  });

  const wrong: readonly (readonly [string, string])[] = [
    [
      '{"env": "dev",\n',
      'ReadString: expects " or n, but found \0, error found in #10 byte of ...|v": "dev",\n|..., bigger context ...|{"env": "dev",\n|...',
    ],
    ['[1]', 'ReadMapCB: expect { or n, but found [, error found in #1 byte of ...|[1]|..., bigger context ...|[1]|...'],
    ['{', 'ReadString: expects " or n, but found \0, error found in #1 byte of ...|{|..., bigger context ...|{|...'],
    [
      '{"a" 1}',
      'ReadMapCB: expect : after object field, but found 1, error found in #6 byte of ...|{"a" 1}|..., bigger context ...|{"a" 1}|...',
    ],
    [
      '{"a": 1',
      'ReadMapCB: expect }, but found \0, error found in #7 byte of ...|{"a": 1|..., bigger context ...|{"a": 1|...',
    ],
    [
      '{"a": x}',
      'Read: unexpected value type: 0, error found in #6 byte of ...|{"a": x}|..., bigger context ...|{"a": x}|...',
    ],
    [
      '{"a": tru}',
      'skipThreeBytes: expect rue, error found in #10 byte of ...|{"a": tru}|..., bigger context ...|{"a": tru}|...',
    ],
    [
      '{"a": nil}',
      'skipFourBytes: expect null, error found in #8 byte of ...|{"a": nil}|..., bigger context ...|{"a": nil}|...',
    ],
    [
      '{"a": [1 2]}',
      'ReadArrayCB: expect ] in the end, but found 2, error found in #10 byte of ...|{"a": [1 2]}|..., bigger context ...|{"a": [1 2]}|...',
    ],
    [
      '{"a": {"b": 1,}}',
      'ReadString: expects " or n, but found }, error found in #10 byte of ...| {"b": 1,}}|..., bigger context ...|{"a": {"b": 1,}}|...',
    ],
    [
      '{"a": {b}}',
      'ReadMapCB: expect " after {, but found b, error found in #8 byte of ...|{"a": {b}}|..., bigger context ...|{"a": {b}}|...',
    ],
    [
      '{"a": 01}',
      'readFloat64: leading zero is invalid, error found in #6 byte of ...|{"a": 01}|..., bigger context ...|{"a": 01}|...',
    ],
    [
      '{"a": 1.}',
      'readFloat64SlowPath: dot can not be last character, error found in #8 byte of ...|{"a": 1.}|..., bigger context ...|{"a": 1.}|...',
    ],
    [
      '{"a": --1}',
      'readFloat64SlowPath: -- is not valid, error found in #9 byte of ...|{"a": --1}|..., bigger context ...|{"a": --1}|...',
    ],
    [
      '{"a": "b\nc"}',
      'ReadString: invalid control character found: 10, error found in #7 byte of ...|{"a": "b\nc"}|..., bigger context ...|{"a": "b\nc"}|...',
    ],
    [
      '{"a": "\\x"}',
      'readEscapedChar: invalid escape char after \\, error found in #9 byte of ...|{"a": "\\x"}|..., bigger context ...|{"a": "\\x"}|...',
    ],
    [
      '{"a": "b',
      'readStringSlowPath: unexpected end of input, error found in #8 byte of ...|{"a": "b|..., bigger context ...|{"a": "b|...',
    ],
    ['{"a": 1e}', 'strconv.ParseFloat: parsing "1e": invalid syntax'],
  ];
  for (const [text, message] of wrong) {
    test(`wrong: ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), { ok: false, message }));
  }

  test('very deep values are refused', () => {
    const parsed = read(`{"a": ${'['.repeat(5000)}${']'.repeat(5000)}}`);
    assert.ok(!parsed.ok && parsed.message.startsWith('incrementDepth: exceeded max depth'));
  });
});
