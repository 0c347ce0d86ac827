import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileGoRegExp } from '../../../stdlib/model/go-regexp.ts';

for (const [pattern, text, matches] of [
  ['', 'anything', true],
  ['(?i)engine', 'V8ENGINE', true],
  ['engine', 'ENGINE', false],
  ['^web-[0-9]+$', 'web-12', true],
  ['\\Aweb\\z', 'webs', false],
  ['(?P<name>w)eb', 'web', true],
  ['[[:alpha:]]{2}[^[:digit:]]', 'ab-', true],
  ['[]a]', ']', true],
  ['a{,2}', 'a{,2}', true],
] as const) {
  test(`the pattern ${pattern} and "${text}"`, () => {
    const compiled = compileGoRegExp(pattern);
    assert.ok(compiled.ok, JSON.stringify(compiled));
    assert.equal(compiled.regexp.test(text), matches);
  });
}

for (const [pattern, problem] of [
  ['(?i)Engine(', 'missing closing ): `(?i)Engine(`'],
  ['a)', 'unexpected ): `a)`'],
  ['[a', 'missing closing ]: `[a`'],
  ['(?i)*a', 'missing argument to repetition operator: `*`'],
  ['a|+', 'missing argument to repetition operator: `+`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(?!a)', 'invalid or unsupported Perl syntax: `(?!`'],
  ['(?<=a)b', 'invalid or unsupported Perl syntax: `(?<=`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
  ['\\y', 'invalid escape sequence: `\\y`'],
] as const) {
  test(`Go's words for ${pattern}`, () => {
    const compiled = compileGoRegExp(pattern);
    assert.deepEqual(compiled, { ok: false, message: `error parsing regexp: ${problem}` });
  });
}
