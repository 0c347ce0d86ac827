import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64Problem } from '../../../stdlib/kubernetes/base64.ts';

for (const [text, problem] of [
  ['', undefined],
  ['YQ==', undefined],
  ['YWI=', undefined],
  ['YWJj', undefined],
  ['YWJj\nYWJj\r\n', undefined],
  ['YWJjYQ==\n', undefined],
  ['Y', 0],
  ['YWJjYQ', 4],
  ['YWJjY', 4],
  ['abc!', 3],
  ['p@ssword', 1],
  ['YWJj YWJj', 4],
  ['=YWJ', 0],
  ['Y=WJ', 1],
  ['YQ=', 3],
  ['YQ=a', 2],
  ['YQ==YQ==', 4],
  ['YWI=YWI=', 4],
] as const) {
  test(`"${text}" as base64`, () => assert.equal(base64Problem(text), problem));
}
