import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogBook } from '../../../runtime/web/log-book.ts';
import type { LogSegment } from '../../../runtime/web/wire.ts';

const SPANS = { 'build:1': { manifestName: 'web' }, 'pod:db:db-0': { manifestName: 'db' }, program: {} };
const segment = (spanId: string, text: string, level = 'INFO'): LogSegment => ({
  spanId,
  text,
  level,
  time: '2026-01-01T10:00:00Z',
});

function add(book: LogBook, to: number, ...segments: LogSegment[]): void {
  book.add({ spans: SPANS, segments, fromCheckpoint: to - segments.length, toCheckpoint: to });
}

test('lines that come in pieces are put together, those of each span by themselves', () => {
  const book = new LogBook();
  add(book, 3, segment('build:1', 'one\ntw'), segment('pod:db:db-0', 'other\n'), segment('build:1', 'o\nthree'));
  add(book, 4, segment('build:1', '\n'));
  assert.deepEqual(book.texts, ['one', 'two', 'other', 'three']);
  assert.deepEqual(book.linesOf('web'), [0, 1, 3]);
  assert.deepEqual(book.linesOf('db'), [2]);
  assert.deepEqual([book.resourceOf(2), book.sourceOf(2), book.spanIdOf(2)], ['db', 'runtime', 'pod:db:db-0']);
  assert.deepEqual(book.linesOf('none'), []);
});

test('an empty line is a line', () => {
  const book = new LogBook();
  add(book, 1, segment('build:1', '\na\n\nb\n'));
  assert.deepEqual(book.texts, ['', 'a', '', 'b']);
});

test('what was sent before is not taken again', () => {
  const book = new LogBook();
  add(book, 2, segment('build:1', 'one\n'), segment('build:1', 'two\n'));
  // After a lost connection everything comes once more.
  add(book, 3, segment('build:1', 'one\n'), segment('build:1', 'two\n'), segment('build:1', 'three\n'));
  assert.deepEqual(book.texts, ['one', 'two', 'three']);
  book.add({ spans: SPANS, segments: [], fromCheckpoint: -1, toCheckpoint: -1 });
  assert.equal(book.checkpoint, 3);
});

test('levels of lines', () => {
  const book = new LogBook();
  add(book, 3, segment('program', 'a\n', 'WARN'), segment('program', 'b\n', 'ERROR'), segment('program', 'c\n', ''));
  assert.deepEqual(book.levels, [1, 2, 0]);
});

test('a million lines are taken in a moment and forgotten at once', () => {
  const book = new LogBook();
  const text = Array.from({ length: 1000 }, (_, at) => `line ${at}\n`).join('');
  for (let at = 1; at <= 1000; at++) add(book, at, segment('build:1', text));
  assert.equal(book.size, 1_000_000);
  assert.equal(book.texts.at(-1), 'line 999');
  book.clear();
  assert.deepEqual([book.size, book.linesOf('web'), book.checkpoint], [0, [], 0]);
});
