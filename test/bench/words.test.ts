import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitWords } from '../../bench/words.ts';

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['  a   b ', ['a', 'b']],
  [`a "b c" 'd "e"'`, ['a', 'b c', 'd "e"']],
  [`a"b c"d`, ['ab cd']],
  [`'' x`, ['', 'x']],
  ['a\\ b', ['a b']],
];

for (const [text, words] of cases) {
  test(`${JSON.stringify(text)} has the words ${JSON.stringify(words)}`, () =>
    assert.deepEqual(splitWords(text), words));
}
