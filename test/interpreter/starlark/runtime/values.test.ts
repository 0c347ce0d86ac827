import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { makeUniverse } from '../../../../interpreter/starlark/runtime/universe.ts';
import { UNIVERSAL_NAMES } from '../../../../interpreter/starlark/universal-names.ts';
import { runStarlark } from '../../../support/run-starlark.ts';

/** What each expression shows as, by `repr`. */
function shows(cases: Readonly<Record<string, string>>): void {
  for (const [expression, expected] of Object.entries(cases)) {
    test(expression, () => {
      const { prints, error } = runStarlark(`print(repr((${expression})))\n`);
      assert.equal(error?.message, undefined);
      assert.equal(prints[0], expected);
    });
  }
}

/** How each program fails. */
function refuses(cases: Readonly<Record<string, string>>): void {
  for (const [program, message] of Object.entries(cases)) {
    test(program, () => assert.equal(runStarlark(`${program}\n`).error?.message, message));
  }
}

test('the compiler knows just the names that the run-time has', () => {
  assert.deepEqual([...makeUniverse(() => undefined).keys()].sort(), [...UNIVERSAL_NAMES].sort());
});

suite('numbers', () => {
  shows({
    '9007199254740991 + 1 + 1': '9007199254740993',
    '-9007199254740991 - 2': '-9007199254740993',
    '(1 << 100) // 7, (1 << 100) % 7, -(1 << 100) // 7, -(1 << 100) % 7':
      '(181092942889747057356671886482, 2, -181092942889747057356671886483, 5)',
    '7 // 2, -7 // 2, 7 // -2, 7 % -3, -7 % 3, 0 * -5, -0 % 3': '(3, -4, -4, -2, 2, 0, 0)',
    '3037000500 * 3037000500, 94906267 * 94906267': '(9223372037000250000, 9007199515875289)',
    '1 / 2, 4 / 2, 7 // 2.0, -7.5 // 2, 7.5 % 2, -7.5 % 2': '(0.5, 2.0, 3.0, -4.0, 1.5, 0.5)',
    '5 & 3, 5 | 3, 5 ^ 3, ~5, -1 >> 3, 1 << 40, -(1 << 70) & 0xff, (1 << 40) | 1':
      '(1, 7, 6, -6, -1, 1099511627776, 0, 1099511627777)',
    '1e5, 1e6, 123456.0, 1234567.0, 1e-4, 1e-5, 0.1 + 0.2, 1e300 * 1e10, -0.0, 2e22':
      '(100000.0, 1e+06, 123456.0, 1.234567e+06, 0.0001, 1e-05, 0.30000000000000004, +inf, -0.0, 2e+22)',
    "float('nan') == float('nan'), float('nan') > float('inf'), 1 == 1.0, 1 < 1.5, (1 << 60) == float(1 << 60)":
      '(True, True, True, True, True)',
    "float('-inf') < -(1 << 500), float('inf') > (1 << 500), (1 << 53) + 1 == 9007199254740992.0, -(1 << 70) < -1.5":
      '(True, True, False, True)',
    "int('0x1F', 16), int('-0b101', 0), int('z', 36), int('0', 0), int(-3.9), int(True), int('123456789012345678901')":
      '(31, -5, 35, 0, -3, 1, 123456789012345678901)',
    "float('1_000.5e1'), float('.5'), float('5.'), float('0x1.8p1'), float('-Infinity')":
      '(10005.0, 0.5, 5.0, 3.0, -inf)',
    'abs(-(1 << 70)), abs(-2.5), abs(3), -(1 << 53), +1.5': '(1180591620717411303424, 2.5, 3, -9007199254740992, 1.5)',
    'dict([(1, 1), (1.0, 2), (1 << 70, 3), (float(1 << 70), 4), (True, 5)])':
      '{1: 2, 1180591620717411303424: 4, True: 5}',
    'max(1, 2.5, 2), min([3, 1.0, 1]), sorted([3, 1.5, -(1 << 70), 2])':
      '(2.5, 1.0, [-1180591620717411303424, 1.5, 2, 3])',
  });
  refuses({
    '1 // 0': 'floored division by zero',
    '1.0 // 0': 'floored division by zero',
    '1 / 0': 'floating-point division by zero',
    '1 % 0': 'integer modulo by zero',
    '1.0 % 0': 'floating-point modulo by zero',
    '1 << 512': 'shift count too large: 512',
    '1 >> -1': 'negative shift count: -1',
    '1 << 1.0': 'got float, want int',
    '1.0 + (1 << 2000)': 'shift count too large: 2000',
    '1.0 + (((1 << 500) * (1 << 500)) * (1 << 500))': 'int too large to convert to float',
    "int('12a')": 'int: invalid literal with base 10: 12a',
    "int('', 10)": 'int: invalid literal with base 10: ',
    'int(1, 2)': "int: can't convert non-string with explicit base",
    "int('1', 40)": 'int: base must be an integer >= 2 && <= 36',
    "int(float('nan'))": 'int: cannot convert float NaN to integer',
    "float('x')": 'invalid float literal: x',
    "float('1e999')": 'floating-point number too large',
    '-None': 'unknown unary op: - NoneType',
    "1 + 'a'": 'unknown binary op: int + string',
    '1 < "a"': 'int < string not implemented',
    '[1] < (1,)': 'list < tuple not implemented',
    '{} < {}': 'dict < dict not implemented',
    'None < None': 'NoneType < NoneType not implemented',
  });
});

suite('strings', () => {
  shows({
    "len('äb😀'), 'äb😀'[2], 'äb😀'[0], 'äb😀'[2:], 'äb😀'[::-1], 'abc'[-2], 'abc'[::2]":
      '(7, "b", "\\xc3", "b😀", "\\x80\\x98\\x9f\\xf0b\\xa4\\xc3", "b", "ac")',
    "'ä'[0] + 'ä'[1] == 'ä', ''.join(['ä'[0], 'ä'[1]]), '%s%s' % ('ä'[0], 'ä'[1]), 'ä'[0] * 2":
      '(True, "ä", "ä", "\\xc3\\xc3")',
    "'äbc'.find('c'), 'abcabc'.rfind('c'), 'äbcb'.index('b', 3), 'abc'.find('x'), 'abc'.find('c', 0, 2), 'aaa'.count('aa'), 'äb'.count('')":
      '(3, 5, 4, -1, -1, 1, 3)',
    "'a\\tb\\x00\\x7f\\u00a0\\u200b\\U0001F600\\\\\"'": '"a\\tb\\x00\\x7f\\u00a0\\u200b😀\\\\\\""',
    "'hello World'.title(), 'hELLO'.capitalize(), 'ß'.upper(), 'ΣΑΣ'.lower(), 'ǆ'.title(), 'İ'.lower()":
      '("Hello World", "Hello", "ß", "σασ", "ǅ", "İ")',
    "' \\u00a0a b\\u0085 '.strip(), 'xxaxx'.strip('x'), 'xax'.lstrip('x'), 'xax'.rstrip('ax'), 'ab'.strip('')":
      '("a b", "a", "ax", "", "ab")',
    "' a  b c '.split(), ' a  b c '.split(None, 1), ' a b c '.rsplit(None, 1), 'a,b,c'.split(',', 1), 'a,b,c'.rsplit(',', 1), ''.split(), ''.split(',')":
      '(["a", "b", "c"], ["a", "b c "], [" a b", "c"], ["a", "b,c"], ["a,b", "c"], [], [""])',
    "' a b '.rsplit(None, 5), 'a b '.split(None, 0), ' a'.rsplit(None, 0)": '(["a", "b"], ["a b "], [" a"])',
    "'a\\nb\\r\\n'.splitlines(), 'a\\n\\nb'.splitlines(True), ''.splitlines()":
      '(["a", "b\\r"], ["a\\n", "\\n", "b"], [])',
    "'a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('='), 'abc'.rpartition('=')":
      '(("a", "=", "b=c"), ("a=b", "=", "c"), ("abc", "", ""), ("", "", "abc"))',
    "'aXbX'.replace('X', '-', 1), 'ab'.replace('', '-'), 'ab'.replace('', '-', 2), 'aa'.replace('a', ''), 'a$b'.replace('$', '$&')":
      '("a-bX", "-a-b-", "-a-b", "", "a$&b")',
    "'abc'.startswith(('x', 'ab')), 'abc'.endswith('c', 0, 2), 'abc'.startswith('b', 1), 'abc'.removeprefix('a'), 'abc'.removesuffix('')":
      '(True, False, True, "bc", "abc")',
    "'aB'.isalpha(), 'a1'.isalnum(), '１'.isdigit(), 'a_'.islower(), 'A1'.isupper(), '1'.isupper(), 'Hello World'.istitle(), 'HeLLo'.istitle(), ' \\t'.isspace(), ''.isspace()":
      '(True, True, True, True, True, False, True, False, True, False)',
    "list('aä'.elems()), list('aä'.elem_ords()), list('aä'.codepoints()), list('aä'.codepoint_ords()), 'a'.elems(), 'ab'.elems()[1]":
      '(["a", "\\xc3", "\\xa4"], [97, 195, 164], ["a", "ä"], [97, 228], "a".elems(), "b")',
    "'ä' in 'xäy', '' in 'a', 'b' not in 'a', 'a' < 'ä', '\\U0001F600' > '\\uFFFD', sorted(['\\U0001F600', '\\uFFFD', 'a'])":
      '(True, True, True, True, True, ["a", "�", "😀"])',
    "chr(228), ord('ä'), chr(0xD800), hash('a'), hash('äb😀'), hash(b'a'), str(b'\\xffa'), bytes('ä'), bytes([97, 255])":
      '("ä", 228, "�", 97, 350658, 3826002220, "�a", b"ä", b"a\\xff")',
  });
  refuses({
    "'abc'[3]": 'string index 3 out of range [-3:2]',
    "''[0]": 'index 0 out of range: empty string',
    "'abc'['a']": 'string index: got string, want int',
    "'a'[0] = 'b'": 'string value does not support item assignment',
    "[c for c in 'abc']": 'string value is not iterable',
    "'a'.split('')": 'split: empty separator',
    "'a'.split(1)": 'split: got int for separator, want string',
    "'a'.index('b')": 'index: substring not found',
    "'a'.partition('')": 'partition: empty separator',
    "','.join([1])": 'join: in list, want string, got int',
    "'a'.startswith(1)": 'startswith: got int, want string or tuple of string',
    "'a'.startswith(('a'[:0] + 'b', 1))": 'startswith: want string, got int, for element 1',
    "'a'.uper()": 'string has no .uper field or method (did you mean .upper?)',
    "'a'.upper(1)": 'upper: got 1 arguments, want 0',
    "'a'.find()": 'find: got 0 arguments, want at least 1',
    "'a'.find('a', x=1)": 'find: unexpected keyword arguments',
    "'a' * (1 << 40)": 'repeat count 1099511627776 too large',
    "'ab' * (1 << 29)": 'excessive repeat (2 * 536870912 elements)',
    'chr(-1)': 'chr: Unicode code point -1 out of range (<0)',
    'chr(0x110000)': 'chr: Unicode code point U+110000 out of range (>0x10FFFF)',
    "ord('ab')": 'ord: string encodes 2 Unicode code points, want 1',
    '1 in "a"': "'in <string>' requires string as left operand, not int",
  });
});

suite('formats', () => {
  shows({
    "'%s %r %d %i %x %X %o %c %c %%' % ('a', 'a', 3.9, -7, 255, 255, 8, 228, 'x')": '"a \\"a\\" 3 -7 ff FF 10 ä x %"',
    "'%e %f %g %G' % (1234567.5, 0.0078125, 1e100, 1e-10)": '"1.234568e+06 0.007812 1e+100 1E-10"',
    "'%f %f %e %f' % (0.5, 1e21, 0, 2.5e-7)": '"0.500000 1000000000000000000000.000000 0.000000e+00 0.000000"',
    "'%(a)s-%(b)d' % {'a': 'x', 'b': 2}, '%s' % [1], '%s' % ((1, 2),), '%s' % None": '("x-2", "[1]", "(1, 2)", "None")',
    "'{} {}'.format(1, 'a'), '{1}{0}{1}'.format('a', 'b'), '{x!r}{y}'.format(x='a', y=[1]), '{{}}{}'.format(1)":
      '("1 a", "bab", "\\"a\\"[1]", "{}1")',
    "'$& $1 {}'.format('$&')": '"$& $1 $&"',
  });
  refuses({
    "'%d' % 'a'": '%d format requires integer: cannot convert string to int',
    "'%f' % 'a'": '%f format requires float, not string',
    "'%s %s' % 1": 'not enough arguments for format string',
    "'%s' % (1, 2)": 'too many arguments for format string',
    "'%(a)s' % 1": 'format requires a mapping',
    "'%(a)s' % {}": 'key not found: a',
    "'%(a' % {}": 'incomplete format key',
    "'%' % 1": 'incomplete format',
    "'%5d' % 1": 'unknown conversion %5',
    "'%c' % 'ab'": '%c format requires a single-character string',
    "'%c' % -1": '%c format requires a valid Unicode code point, got -1',
    "'{} {0}'.format(1)": 'format: cannot switch from automatic field numbering to manual field specification',
    "'{0} {}'.format(1)": 'format: cannot switch from manual field specification to automatic field numbering',
    "'{}'.format()": 'format: tuple index out of range',
    "'{x}'.format()": 'format: keyword x not found',
    "'{x.y}'.format(x=1)": 'format: attribute syntax x.y is not supported in replacement fields: x.y',
    "'{:5}'.format(1)": 'format spec features not supported in replacement fields: 5',
    "'{!x}'.format(1)": 'format: unknown conversion "x"',
    "'}'.format()": "format: single '}' in format",
    "'{'.format()": "format: unmatched '{' in format",
  });
});
