import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJson } from '../../../stdlib/encoding/json-parse.ts';
import { writeJson } from '../../../stdlib/encoding/json-write.ts';

test('JSON is read', () => {
  assert.deepEqual(parseJson(' {"a": [1, -2.5e3, "\\u00e9\\"", null, true, {}]} '), {
    ok: true,
    value: { a: [1, -2500, 'é"', null, true, {}] },
  });
  assert.deepEqual(parseJson('[9007199254740991, 9223372036854775807, 1.5, 0.1234567890123456789]'), {
    ok: true,
    value: [9007199254740991, 9223372036854775807n, 1.5, 0.12345678901234568],
  });
  assert.deepEqual(parseJson('[-0, {"a": -0}]'), { ok: true, value: [0, { a: 0 }] });
  assert.deepEqual(parseJson('[-0.0, -0.5, 1e308]'), { ok: true, value: [-0, -0.5, 1e308] });
  assert.deepEqual(parseJson('{"__proto__": {"x": 1234567890123456}}'), {
    ok: true,
    value: JSON.parse('{"__proto__": {"x": 1234567890123456}}'),
  });
});

describe('what is no JSON is refused in the words of Go', () => {
  const cases: [string, string][] = [
    ['', 'EOF'],
    ['  ', 'EOF'],
    ['{', 'unexpected EOF'],
    ['[1,', 'unexpected EOF'],
    ['"a', 'unexpected EOF'],
    ['tru', 'unexpected EOF'],
    ["{'a': 1}", "invalid character '\\'' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a": 1 "b"}', "invalid character '\"' after object key:value pair"],
    ['{"a": 1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['nope', "invalid character 'o' in literal null (expecting 'u')"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['[1e999]', 'strconv.ParseFloat: parsing "1e999": value out of range'],
    ['-1.5e400', 'strconv.ParseFloat: parsing "-1.5e400": value out of range'],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['hello', "invalid character 'h' looking for beginning of value"],
    ['{} {}', 'found multiple JSON values'],
    ['1 x', 'found multiple JSON values'],
  ];
  for (const [text, message] of cases) {
    test(JSON.stringify(text), () => assert.deepEqual(parseJson(text), { ok: false, message }));
  }
});

test('JSON is written as Go writes it', () => {
  const value = { z: 1, a: [true, null, [], {}], m: { t: '<a&b>\u2028\n\u0001"é😀' } };
  assert.equal(
    writeJson(value),
    `{
  "a": [
    true,
    null,
    [],
    {}
  ],
  "m": {
    "t": "\\u003ca\\u0026b\\u003e\\u2028\\n\\u0001\\"é😀"
  },
  "z": 1
}
`,
  );
  assert.equal(
    writeJson([1.5, 1e20, -1e21, 2n ** 60n, 1e-7]),
    '[\n  1.5,\n  100000000000000000000,\n  -1e+21,\n  1152921504606846976,\n  1e-7\n]\n',
  );
  assert.equal(writeJson('x'), '"x"\n');
});
