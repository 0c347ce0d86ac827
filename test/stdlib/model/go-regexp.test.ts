import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileGoRegexp } from '../../../stdlib/model/go-regexp.ts';

const patterns: readonly (readonly [pattern: string, fits: string[], fitsNot: string[]])[] = [
  ['', ['', 'a'], []],
  ['(?i)^web-(api|db)$', ['web-api', 'WEB-DB'], ['web-apis', 'my-web-api']],
  ['a.c', ['abc', 'a\rc'], ['a\nc', 'ac']],
  ['(?s)a.c', ['a\nc'], ['ac']],
  ['(?m)^b$', ['a\nb\nc'], ['a\nbc']],
  ['^b$', ['b'], ['a\nb']],
  ['\\Aa\\z', ['a'], ['ab']],
  ['x{2}y{1,}z{0,1}$', ['xxy', 'xxyyyz'], ['xy', 'xxyzz']],
  ['a{,2}', ['a{,2}'], ['aa']],
  ['[[:alpha:]-]+$', ['a-b'], ['1']],
  ['^[]a-c\\d]+$', [']b7'], ['d']],
  ['^[^\\s/]+$', ['ab'], ['a b', 'a/b']],
  ['^[\\S]$', ['a', '\u00a0'], [' ', '\t']],
  ['^\\s$', [' ', '\n'], ['\u00a0']],
  ['^\\pL\\p{Greek}\\P{Lu}$', ['aαb'], ['aaB', 'aαB']],
  ['^\\x41\\x{1F600}\\101\\n$', ['A😀A\n'], ['A']],
  ['\\Qa.b*\\E+', ['a.b**'], ['axb']],
  ['(?P<name>a)(?<other>b)\\.', ['ab.'], ['abc']],
  ['^*a(?:b)?', ['a'], ['b']],
  ['(?:a|b)+?c', ['abc'], ['ac'.slice(1)]],
  ['^.$', ['😀'], ['ab']],
  ['a\\bb|a\\Bb', ['ab'], ['a b']],
];

for (const [pattern, fits, fitsNot] of patterns) {
  test(`pattern ${pattern}`, () => {
    const compiled = compileGoRegexp(pattern);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    for (const text of fits) assert.equal(compiled.regexp.test(text), true, JSON.stringify(text));
    for (const text of fitsNot) assert.equal(compiled.regexp.test(text), false, JSON.stringify(text));
  });
}

const wrong: readonly (readonly [pattern: string, reason: string])[] = [
  ['(?i)(abc', 'missing closing ): `(?i)(abc`'],
  ['abc)', 'unexpected ): `abc)`'],
  ['a[bc', 'missing closing ]: `[bc`'],
  ['[b-', 'missing closing ]: `[b-`'],
  ['(?i)*', 'missing argument to repetition operator: `*`'],
  ['a|+?', 'missing argument to repetition operator: `+?`'],
  ['(*)', 'missing argument to repetition operator: `*`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['a+{2}', 'invalid nested repetition operator: `+{2}`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['a{3,2}', 'invalid repeat count: `{3,2}`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
  ['[\\', 'trailing backslash at end of expression: ``'],
  ['\\y', 'invalid escape sequence: `\\y`'],
  ['\\1', 'invalid escape sequence: `\\1`'],
  ['\\x{110000}', 'invalid escape sequence: `\\x{110000}`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['[[:no:]]', 'invalid character class range: `[:no:]`'],
  ['\\p{Nowhere}', 'invalid character class range: `\\p{Nowhere}`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(?<=a)', 'invalid named capture: `(?<=a)`'],
  ['(?P<a b>c)', 'invalid named capture: `(?P<a b>`'],
  ['(?P<n>a)(?P<n>b)', 'duplicate capture group name: `n`'],
];

for (const [pattern, reason] of wrong) {
  test(`no pattern: ${pattern}`, () => {
    assert.deepEqual(compileGoRegexp(pattern), { ok: false, message: `error parsing regexp: ${reason}` });
  });
}
