import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortName } from '../../../runtime/report/log-text.ts';
import { cutToWidth, textWidth } from '../../../runtime/report/text-width.ts';

const WIDTHS: readonly (readonly [string, number])[] = [
  ['', 0],
  ['plain', 5],
  ['café', 4],
  ['cafe\u0301', 4],
  ['日本語', 6],
  ['서버', 4],
  ['🚀', 2],
  ['👩‍👩‍👧‍👦', 2],
  ['a\u200bb', 2],
  ['…', 1],
];
for (const [text, width] of WIDTHS) test(`"${text}" takes ${width}`, () => assert.equal(textWidth(text), width));

test('text is cut at whole characters', () => {
  assert.equal(cutToWidth('server', 6), 'server');
  assert.equal(cutToWidth('server', 5), 'serv…');
  assert.equal(cutToWidth('two\nlines\t', 20), 'two lines ');
  assert.equal(cutToWidth('日本語', 6), '日本語');
  assert.equal(cutToWidth('日本語', 5), '日本…');
  assert.equal(cutToWidth('日本語', 4), '日…');
});

test('names in front of lines take the same columns whatever they are written in', () => {
  for (const name of ['a', 'x'.repeat(200), '日本語', '日本語サーバー', '👩‍👩‍👧‍👦', 'café'])
    assert.equal(textWidth(shortName(name)), 13);
});
