import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isBroken,
  LineFilter,
  type LogFilter,
  MatchFinder,
  NO_FILTER,
  patternOf,
} from '../../../runtime/web/line-filter.ts';
import { LogBook } from '../../../runtime/web/log-book.ts';

function bookOf(...lines: readonly string[]): LogBook {
  const book = new LogBook();
  const segments = lines.map((line) => {
    const [name = '', word = '', text = ''] = line.split('|');
    const level = word === 'warn' ? 'WARN' : word === 'error' ? 'ERROR' : 'INFO';
    return { spanId: `${name === 'db' ? 'pod' : 'build'}:${name}`, level, text: `${text}\n` } as const;
  });
  const spans = { 'build:web': { manifestName: 'web' }, 'pod:db': { manifestName: 'db' } };
  book.add({ spans, segments, fromCheckpoint: 0, toCheckpoint: segments.length });
  return book;
}
const LINES = ['web||start', 'db|warn|slow', 'web|error|Boom (1)', 'web||after', 'web||end', 'db||boom again'];

function rows(filter: Partial<Omit<LogFilter, 'only'>> & { readonly search?: string; readonly context?: number }): {
  rows: number[];
  matches: number[];
} {
  const { search = '', context, ...rest } = filter;
  const book = bookOf(...LINES);
  const only = context === undefined ? NO_FILTER.only : { search, context };
  const lines = new LineFilter(book, { ...NO_FILTER, ...rest, only });
  const finder = new MatchFinder(book, lines.rows, search);
  assert.equal(lines.advance(1000), true);
  assert.equal(finder.advance(1000), true);
  return { rows: lines.rows, matches: finder.matches };
}

test('lines by resource, level, source and place', () => {
  assert.deepEqual(rows({}).rows, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(rows({ resource: 'web' }).rows, [0, 2, 3, 4]);
  assert.deepEqual(rows({ level: 1 }).rows, [1, 2]);
  assert.deepEqual(rows({ level: 2 }).rows, [2]);
  assert.deepEqual(rows({ source: 'runtime' }).rows, [1, 5]);
  // The program counts lines from 1.
  assert.deepEqual(rows({ from: 5 }).rows, [4, 5]);
  assert.deepEqual(rows({ span: 'build:web' }).rows, [0, 2, 3, 4]);
  assert.deepEqual(rows({ span: 'build:other' }).rows, []);
});

test('a search marks its lines, or shows only them and those around', () => {
  assert.deepEqual(rows({ search: 'boom' }), { rows: [0, 1, 2, 3, 4, 5], matches: [2, 5] });
  assert.deepEqual(rows({ search: 'boom', context: 0 }), { rows: [2, 5], matches: [0, 1] });
  assert.deepEqual(rows({ search: 'boom', context: 1 }), { rows: [1, 2, 3, 4, 5], matches: [1, 4] });
  assert.deepEqual(rows({ search: 'boom', context: 1, resource: 'web' }), { rows: [0, 2, 3], matches: [1] });
  assert.deepEqual(rows({ search: '(1)' }).matches, [2]);
  assert.deepEqual(rows({ search: '/^(start|end)$/', context: 0 }).rows, [0, 4]);
});

test('lines that come later are looked at where the last ones ended', () => {
  const book = bookOf(...LINES);
  const lines = new LineFilter(book, { ...NO_FILTER, only: { search: 'boom', context: 1 } });
  lines.advance(1000);
  const segments = [{ spanId: 'build:web', text: 'last\n' }];
  book.add({ spans: {}, segments, fromCheckpoint: LINES.length, toCheckpoint: LINES.length + 1 });
  assert.equal(lines.advance(1000), true);
  assert.deepEqual(lines.rows, [1, 2, 3, 4, 5, 6]);
});

test('many lines are looked at a piece at a time', () => {
  const book = bookOf(...Array.from({ length: 5000 }, (_, at) => `web||line ${at}`));
  const lines = new LineFilter(book, NO_FILTER);
  assert.equal(lines.advance(-1), false);
  assert.equal(lines.rows.length, 1024);
  while (!lines.advance(-1));
  assert.equal(lines.rows.length, 5000);
});

test('a pattern that is not whole yet looks for nothing', () => {
  assert.equal(patternOf('/(/'), undefined);
  assert.equal(patternOf(''), undefined);
  assert.deepEqual(['/(/', '/a/', 'a', ''].map(isBroken), [true, false, false, false]);
  assert.ok(patternOf('a.b')?.test('xA.Bx'));
  assert.equal(patternOf('a.b')?.test('axb'), false);
});
