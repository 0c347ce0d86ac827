import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeFrame } from '../../interpreter/code-frame.ts';

const frame = (source: string, line: number, column: number) => codeFrame(source, { file: '/x.js', line, column });

test('the line, its neighbours and a mark', () => {
  const source = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n');
  assert.equal(frame(source, 9, 6), '   8 | line 8\n>  9 | line 9\n     |      ^\n  10 | line 10');
  assert.equal(frame('only', 1, 1), '> 1 | only\n    | ^');
  assert.equal(frame('a\r\nb\r\n', 2, 2), '  1 | a\n> 2 | b\n    |  ^\n  3 |');
});

test('tabs, wide characters, marks and control characters keep the mark under its place', () => {
  assert.equal(frame('\tx\ty', 1, 4), '> 1 |     x   y\n    |         ^');
  assert.equal(frame('日本😀é x', 1, 7), '> 1 | 日本😀é x\n    |         ^');
  assert.equal(frame('e\u0301 x', 1, 4), '> 1 | e\u0301 x\n    |   ^');
  assert.equal(frame('\u001b[31m x', 1, 7), '> 1 | ·[31m x\n    |       ^');
});

test('a very long line is cut around its place', () => {
  const rows = (frame(`${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`, 1, 5001) ?? '').split('\n');
  assert.ok((rows[0] ?? '').length < 200);
  assert.equal((rows[0] ?? '').slice((rows[1] ?? '').indexOf('^')).slice(0, 4), 'HERE');
});

test('no frame for a place outside of the text', () => {
  assert.equal(frame('a', 3, 1), undefined);
});
