import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYamlStream } from '../../../stdlib/encoding/yaml-stream.ts';
import { writeYaml } from '../../../stdlib/encoding/yaml-write.ts';

function read(text: string): unknown {
  const parsed = parseYamlStream(text, '');
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  return parsed.documents.length === 1 ? parsed.documents[0] : parsed.documents;
}

describe('YAML is read as Go reads it', () => {
  const cases: [string, string, unknown][] = [
    ['words for booleans', '[yes, No, on, OFF, y, true, "yes"]', [true, false, true, false, true, true, 'yes']],
    [
      'numbers',
      '[12, -7, 0x1F, 0755, 1_000, 0o17, +5, 0b11, 08, 1.5, 1e3, .5]',
      [12, -7, 31, 493, 1000, 15, 5, 3, 8, 1.5, 1000, 0.5],
    ],
    [
      'what is no number',
      '[1.2.3, 0x, 12:30:45, 2001-01-01, -, 1a]',
      ['1.2.3', '0x', '12:30:45', '2001-01-01', '-', '1a'],
    ],
    [
      'large numbers',
      '[9007199254740991, 9223372036854775807, 18446744073709551616]',
      [9007199254740991, 9223372036854775807n, 18446744073709552000],
    ],
    ['nulls', '[~, null, NULL, ""]', [null, null, null, '']],
    ['keys that are no strings', '{80: a, true: b, 1.5: c, 010: d}', { 80: 'a', true: 'b', 1.5: 'c', 8: 'd' }],
    ['the last of equal keys', 'a: 1\na: 2\n', { a: 2 }],
    ['a key of odd name', '__proto__: 1\n', JSON.parse('{"__proto__": 1}')],
    [
      'nested blocks',
      'a:\n- b: 1\n  c:\n    d: 2\n- - x\n  - z\ne: f\n',
      { a: [{ b: 1, c: { d: 2 } }, ['x', 'z']], e: 'f' },
    ],
    ['flow collections', '{a: [1, {b: c}, [d: 1]], e: , f}', { a: [1, { b: 'c' }, [{ d: 1 }]], e: null, f: null }],
    [
      'text blocks',
      'a: |\n  x\n   y\n\n  z\nb: >-\n  q\n  r\n\n  s\nc: |+\n  k\n\nd: |2\n   i\n',
      { a: 'x\n y\n\nz\n', b: 'q r\ns', c: 'k\n\n', d: ' i\n' },
    ],
    [
      'quotes',
      `a: 'it''s'\nb: "\\u00fc\\t\\x41\\\n   joined"\nc: "x\n\n   y"\n`,
      { a: "it's", b: 'ü\tAjoined', c: 'x\ny' },
    ],
    ['plain text over lines', 'a: one\n  two\n\n  three # no\nb: x#y\n', { a: 'one two\nthree', b: 'x#y' }],
    [
      'anchors and merges',
      'a: &a {x: 1, w: 2}\nb:\n  <<: *a\n  w: 3\nc: *a\n',
      { a: { x: 1, w: 2 }, b: { x: 1, w: 3 }, c: { x: 1, w: 2 } },
    ],
    [
      'a list of merges',
      'a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc: {<<: [*a, *b]}\n',
      { a: { x: 1 }, b: { x: 2, z: 3 }, c: { x: 1, z: 3 } },
    ],
    ['tags', '[!!str 12, !!int "5", !!float 1, !own x, ! 7, !!binary aGk=]', ['12', 5, 1, 'x', '7', 'hi']],
    ['complex keys', '? a\n: b\n? c\n', { a: 'b', c: null }],
    ['comments and marks', '# c\n---\n# d\na: 1 # e\n...\n', { a: 1 }],
    ['a byte order mark', '\ufeffa: 1\n', { a: 1 }],
    ['carriage returns', 'a: 1\r\nb:\r\n- x\r\n', { a: 1, b: ['x'] }],
    ['documents', 'a: 1\n---\n---\n# nothing\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['nothing', '# only a comment\n', []],
  ];
  for (const [title, text, expected] of cases) test(title, () => assert.deepEqual(read(text), expected));
});

describe('what is no YAML is refused with its line', () => {
  const cases: [string, string][] = [
    ['a: [1, 2', "line 1: did not find expected ',' or ']'"],
    ['a: {\n  b: 1\n', "line 2: did not find expected ',' or '}'"],
    ['a:\n  b: 1\n c: 2\n', 'line 2: did not find expected key'],
    ['- a\nb: c\n', "line 1: did not find expected '-' indicator"],
    ['a:\n\tb: 1\n', 'line 2: found character that cannot start any token'],
    ['a: @b', 'found character that cannot start any token'],
    ['a: b: c', 'mapping values are not allowed in this context'],
    ['x: y\na: - b', 'line 2: block sequence entries are not allowed in this context'],
    ['x: y\na\nb: c\n', "line 3: could not find expected ':'"],
    ['x: "a\\q"', 'found unknown escape character'],
    ['x: "a\n', 'line 2: found unexpected end of stream'],
    ['a: *b', "unknown anchor 'b' referenced"],
    ['&a [*a]', "anchor 'a' value contains itself"],
    ['%YAML 1.2\n', 'found incompatible YAML document'],
    ['a: !x!y z', 'found undefined tag handle'],
    ['a: !!int x', 'cannot decode !!str `x` as a !!int'],
    ['a: {<<: 1}', 'map merge requires map or sequence of maps as the value'],
    ['a: \u0001', 'control characters are not allowed'],
    [`${'['.repeat(20_000)}`, 'exceeded max depth of 1000'],
    [`${'- '.repeat(20_000)}`, 'exceeded max depth of 1000'],
  ];
  for (const [text, message] of cases) {
    test(JSON.stringify(text).slice(0, 40), () => {
      const prefix = 'error parsing YAML from x.yaml: error converting YAML to JSON: yaml: ';
      assert.deepEqual(parseYamlStream(text, 'x.yaml'), { ok: false, message: prefix + message });
    });
  }

  test('what JSON cannot say', () => {
    const message = 'error parsing YAML: error converting YAML to JSON: json: unsupported value: +Inf';
    assert.deepEqual(parseYamlStream('a: .inf', ''), { ok: false, message });
  });

  test('a text that grows by its aliases', () => {
    let bomb = 'a: &a [x,x,x,x,x,x,x,x,x]\n';
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi']) {
      bomb += `${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]\n`;
    }
    const parsed = parseYamlStream(bomb, '');
    assert.ok(!parsed.ok);
    assert.match(parsed.message, /yaml: document contains excessive aliasing$/);
  });
});

describe('YAML is written as Go writes it', () => {
  const long = 'word '.repeat(30).trim();
  const cases: [string, Parameters<typeof writeYaml>[0], string][] = [
    ['sorted keys', { b: 1, a: [true, null, 0.5], c: {} }, 'a:\n- true\n- null\n- 0.5\nb: 1\nc: {}\n'],
    ['natural order', { a10: 1, a2: 2, B: 3, 'a-b': 4, ab: 5 }, 'B: 3\na-b: 4\na2: 2\na10: 1\nab: 5\n'],
    ['lists in lists', [1, [2, [3]], []], '- 1\n- - 2\n  - - 3\n- []\n'],
    ['objects in lists', [{ a: 1, b: { c: [2] } }], '- a: 1\n  b:\n    c:\n    - 2\n'],
    [
      'text that needs quotes',
      ['8080', 'yes', '', 'a: b', '- x', '# no', "it's", ' lead', '12:30:45', '2001-01-01', "'q'"],
      "- \"8080\"\n- \"yes\"\n- \"\"\n- 'a: b'\n- '- x'\n- '# no'\n- it's\n- ' lead'\n- \"12:30:45\"\n- \"2001-01-01\"\n- '''q'''\n",
    ],
    [
      'characters that need escapes',
      ['tab\there', 'bell\u0007', 'smile 😀', 'ünï'],
      '- "tab\\there"\n- "bell\\a"\n- "smile \\U0001F600"\n- ünï\n',
    ],
    [
      'lines',
      { a: 'x\ny\n', b: 'x\ny', c: 'x\n\n', d: ' x\ny', e: 'x \ny' },
      'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: |2-\n   x\n  y\ne: "x \\ny"\n',
    ],
    ['long lines', { a: long }, `a: ${'word '.repeat(16).trim()}\n  ${'word '.repeat(14).trim()}\n`],
    ['long keys', { [long]: 1 }, `? ${'word '.repeat(16).trim()}\n  ${'word '.repeat(14).trim()}\n: 1\n`],
    ['plain values', 'text', 'text\n'],
    [
      'whole numbers of more than 64 bits',
      [10n ** 19n, 1e20, -1e19, 1e300],
      '- 10000000000000000000\n- 1e+20\n- -1e+19\n- 1e+300\n',
    ],
    ['numbers', [1e-7, 1.5, 1234567.5, 2n ** 60n], '- 1e-07\n- 1.5\n- 1.2345675e+06\n- 1152921504606846976\n'],
  ];
  for (const [title, value, expected] of cases) {
    test(title, () => {
      assert.equal(writeYaml(value), expected);
      assert.deepEqual(read(writeYaml(value)), value);
    });
  }
});

describe('long texts are read', () => {
  const cases: [string, string, (value: unknown) => unknown, unknown][] = [
    ['a word', `a: ${'x'.repeat(5_000_000)}`, (value) => Reflect.get(Object(value), 'a').length, 5_000_000],
    ['many words', `a: ${'x y:z '.repeat(500_000)}`, (value) => Reflect.get(Object(value), 'a').length, 2_999_999],
    ['many blanks', `a: x${' '.repeat(500_000)}\nb: 1`, (value) => Reflect.get(Object(value), 'b'), 1],
    ['deep nesting', `${'['.repeat(900)}${']'.repeat(900)}`, (value) => Array.isArray(value), true],
  ];
  for (const [title, text, measure, expected] of cases) test(title, () => assert.equal(measure(read(text)), expected));
});
