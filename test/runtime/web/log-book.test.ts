import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WireLogLevel } from '../../../runtime/server/wire.ts';
import { LogBook } from '../../../runtime/web/log-book.ts';
import type { LogSegment } from '../../../runtime/web/wire.ts';

const SPANS = { 'build:1': { manifestName: 'web' }, 'pod:db:db-0': { manifestName: 'db' }, program: {} };
const segment = (spanId: string, text: string, level: WireLogLevel = 'INFO'): LogSegment => ({
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

test('a program that has forgotten its oldest lines still tells all that are new', () => {
  const book = new LogBook();
  add(book, 2, segment('build:1', 'one\n'), segment('build:1', 'two\n'));
  // Of the lines 1 to 4 it has 2 to 4 still.
  const segments = [segment('build:1', 'two\n'), segment('build:1', 'three\n'), segment('build:1', 'four\n')];
  book.add({ spans: SPANS, segments, toCheckpoint: 4 });
  assert.deepEqual(book.texts, ['one', 'two', 'three', 'four']);
  assert.deepEqual(book.sequences, [1, 2, 3, 4]);
  // And of 1 to 9 only the last.
  book.add({ spans: SPANS, segments: [segment('build:1', 'nine\n')], toCheckpoint: 9 });
  assert.match(book.texts[4] ?? '', /^… 4 lines came while the page was not connected/);
  assert.deepEqual([book.texts[5], book.sequences[5], book.checkpoint], ['nine', 9, 9]);
});

test('the oldest lines are forgotten when there are too many', () => {
  const book = new LogBook(10, 4);
  add(book, 1, segment('build:1', 'begun'));
  for (let at = 2; at <= 11; at++) add(book, at, segment(at % 2 === 0 ? 'pod:db:db-0' : 'build:1', `${at}\n`));
  assert.equal(book.generation, 0);
  add(book, 12, segment('pod:db:db-0', 'open'));
  assert.equal(book.generation, 1);
  assert.deepEqual(book.texts, ['9', '10', '11', 'open']);
  assert.deepEqual(book.sequences, [9, 10, 11, 12]);
  assert.deepEqual(
    [book.linesOf('web'), book.linesOf('db')],
    [
      [0, 2],
      [1, 3],
    ],
  );
  add(book, 13, segment('pod:db:db-0', ' ended\n'));
  assert.equal(book.texts[3], 'open ended');
});

test('levels of lines', () => {
  const book = new LogBook();
  add(
    book,
    3,
    segment('program', 'a\n', 'WARN'),
    segment('program', 'b\n', 'ERROR'),
    segment('program', 'c\n', 'DEBUG'),
  );
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
