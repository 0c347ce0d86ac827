import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakes } from '../../../support/run-starlark.ts';

/** Programs with one mistake each, and what is said of it. */
const SYNTAX: readonly (readonly [program: string, mistake: string])[] = [
  ['x = 1 +\n2', '1:8: got newline, want primary expression'],
  ['if True\n    x = 1', "2:1: got newline, want ':'"],
  ['def f(name: str): pass', "1:12: got ':', want ')'"],
  ['def f():\n\nx = 1', '3:2: got identifier, want indent'],
  ['def f():\nreturn 1', '2:7: got return, want indent'],
  ['x = 1\n  y = 2', '2:3: got indent, want primary expression'],
  ['if x:\n    y\n  z', '3:3: unindent does not match any outer indentation level'],
  ['a = b = 1', "1:8: got '=', want newline"],
  ['class A:\n    pass', '1:1: got illegal token, want primary expression'],
  ['x = 1 if True', '1:7: conditional expression without else clause'],
  ['if !x: pass', "1:4: unexpected input character '!'"],
  ['x = $y', "1:5: unexpected input character '$'"],
  ['x = “y”', "1:5: unexpected input character '“'"],
  ['x =\u00a01', "1:4: unexpected input character '\\u00a0'"],
  ['\ufeffx = 1', "1:1: unexpected input character '\\ufeff'"],
  ['x = \f1', "1:5: unexpected input character '\\f'"],
  ['x = \u00011', "1:5: unexpected input character '\\x01'"],
  ['f())', "1:4: unexpected ')'"],
  ['x = ]', "1:5: unexpected ']'"],
  ["print(f'x')", "1:11: got string literal, want ','"],
  ['any(x for x in y)', "1:10: got for, want ','"],
  ["x = 'a' 'b'", '1:12: got string literal, want newline'],
  ["x = 'a' b'b'", '1:13: got , want newline'],
  ['x = [1,\n     2\ny = 3', "3:2: got identifier, want ']'"],
  ["f('a',\n  'b'\n", "3:1: got end of file, want ')'"],
  ["f(a='b'", "1:8: got end of file, want ')'"],
  ['x = 2 ** 8', "1:9: got '**', want newline"],
  ['x = [*a]', "1:6: got '*', want primary expression"],
  ['x = a < b < c', '1:12: < does not associate with < (use parens)'],
  ['x = a in b not in c', '1:18: in does not associate with not in (use parens)'],
  ['x = a not b', '1:12: got identifier, want in'],
  ['x = 1 + not y', '1:9: got not, want primary expression'],
  ['f(1 + 2 = 3)', '1:10: keyword argument must have form name=expr'],
  ['f((a) = 3)', '1:8: keyword argument must have form name=expr'],
  ['a, b, = 1, 2', '1:5: unparenthesized tuple with trailing comma'],
  ['a, b = 1, 2,', '1:12: unparenthesized tuple with trailing comma'],
  ['x[1, 2,:]', "1:8: got ':', want primary expression"],
  ['{x for y in z}', "1:7: got for, want ':'"],
  ['[x for y in 1, 2]', "1:15: got ',', want ']', for, or if"],
  ['[x for y in z if a if b else c]', "1:29: got else, want ']', for, or if"],
  ['[x for y in lambda: z]', '1:13: got lambda, want primary expression'],
  ['def f(a, *-b): pass', "1:12: got '-', want ','"],
  ['def pass(): pass', '1:9: not an identifier'],
  ['x.1', '1:4: got float literal, want newline'],
  ['x.if', '1:5: not an identifier'],
  ['x = y \\ z', '1:8: stray backslash in program'],
  ['load("a")', '1:5: load statement must import at least 1 symbol'],
  ['load(a, "b")', '1:7: first operand of load statement must be a string literal'],
  ['load("a", b)', `1:13: load operand must be "b" or b="originalname" (want '=' after b)`],
  ['load("a", b=c)', '1:14: original name of loaded symbol must be quoted: b="originalname"'],
  ['load("a", 1)', '1:12: load operand must be "name" or localname="name" (got int literal)'],
  ['load = 1', "1:7: got '=', want '('"],
];

test('the first mistake in the syntax, in go.starlark.net’s words and at its place', () => {
  for (const [program, mistake] of SYNTAX) assert.deepEqual(mistakes(program), [mistake], program);
});

const LITERALS: readonly (readonly [program: string, mistake: string])[] = [
  ['x = "a', '1:5: unexpected EOF in string'],
  ['x = "a\n"', '1:5: unexpected newline in string'],
  ['x = r"a\r"', '1:5: unexpected newline in string'],
  ['x = """a\n""', '1:5: unexpected EOF in string'],
  ["x = 'a\\", '1:5: unexpected EOF in string'],
  ["x = '\\d'", '1:5: invalid escape sequence \\d'],
  ["x = b'\\d'", '1:6: invalid escape sequence \\d'],
  ["x = '\\é'", '1:5: invalid escape sequence \\Ã'],
  ["x = '\\xg0'", '1:5: invalid escape sequence \\xg0'],
  ["x = '\\x1'", '1:5: truncated escape sequence \\x1'],
  ["x = '\\u12'", '1:5: truncated escape sequence \\u12'],
  ["x = '\\xff'", '1:5: non-ASCII hex escape \\xff (use \\u00FF for the UTF-8 encoding of U+00FF)'],
  ["x = '\\377'", '1:5: non-ASCII octal escape \\377 (use \\u00FF for the UTF-8 encoding of U+00FF)'],
  ["x = b'\\777'", '1:6: invalid escape sequence \\777'],
  ["x = '\\ud800'", '1:5: invalid Unicode code point U+D800'],
  ["x = '\\U00110000'", '1:5: code point out of range: \\U00110000 (max \\U0010ffff)'],
  ['x = 0755', '1:9: obsolete form of octal literal; use 0o755'],
  ['x = 089', '1:5: invalid int literal'],
  ['x = 0xg', '1:5: invalid hex literal'],
  ['x = 0o8', '1:7: invalid octal literal'],
  ['x = 0b2', '1:7: invalid binary literal'],
  ['x = 0o7777777777777777777777', '1:5: invalid int literal'],
  ['x = 1e', '1:7: invalid float literal'],
  ['x = 1e+', '1:8: invalid float literal'],
  ['x = 1e999', '1:10: invalid float literal'],
];

test('mistakes in literals', () => {
  for (const [program, mistake] of LITERALS) assert.deepEqual(mistakes(program), [mistake], program);
});

test('columns count characters, and a lone CR ends a line', () => {
  assert.deepEqual(mistakes("x = '😀é' 1"), ['1:11: got int literal, want newline']);
  assert.deepEqual(mistakes('x = 1\ry = 2\r\nz = ]'), ["3:5: unexpected ']'"]);
});

test('bytes that are no UTF-8 are characters of their own', () => {
  const program = Buffer.concat([Buffer.from("x = '"), Buffer.from([0xff, 0xe2, 0x82, 0xc3]), Buffer.from("' 1")]);
  assert.deepEqual(mistakes(program), ['1:13: got int literal, want newline']);
  assert.deepEqual(mistakes(Buffer.from([0x78, 0x20, 0xff])), ["1:3: unexpected input character '�'"]);
});

test('a NUL outside of strings ends the file', () => {
  assert.deepEqual(mistakes('x = 1\0)))'), []);
});

test('what is nested too deeply is refused at its place', () => {
  assert.deepEqual(mistakes(`x = ${'('.repeat(1000)}`), ['1:205: nested too deeply (more than 200 levels)']);
  assert.match(mistakes(`x = ${'['.repeat(60)}0${' for y in [1]]'.repeat(60)}`)[0] ?? '', /^1:55: nested too deeply/);
});

test('long chains are not nesting', () => {
  const count = 20_000;
  for (const [first, link] of [
    ['x = 1', ' + 1'],
    ['x = 1', ' and 1'],
    ['x = str', '.a'],
    ['x = str', '(0)'],
    ['x = str', '[0]'],
  ] as const) {
    assert.deepEqual(mistakes(first + link.repeat(count)), []);
  }
  assert.deepEqual(mistakes(`if 1: pass\n${'elif 2: pass\n'.repeat(count)}`), []);
});
