import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compareTimes,
  keepTail,
  LogCursor,
  lastShown,
  newPosition,
  parseLogLine,
} from '../../../runtime/deploy/log-position.ts';

const time = (nanos: number) => `2026-01-01T10:00:00.${String(nanos).padStart(9, '0')}Z`;
const line = (nanos: number, text: string) => ({ time: time(nanos), text });

test('a line is its time and its text', () => {
  assert.deepEqual(parseLogLine(`${time(5)} hello  world `), { time: time(5), text: 'hello  world ' });
  assert.deepEqual(parseLogLine('2026-01-01T10:00:00+02:00 x'), { time: '2026-01-01T10:00:00+02:00', text: 'x' });
  assert.deepEqual(parseLogLine(`${time(5)} `), { time: time(5), text: '' });
  assert.deepEqual(parseLogLine('no time'), { time: '', text: 'no time' });
});

test('times are compared by their nanoseconds, in any notation', () => {
  assert.ok(compareTimes(time(1), time(2)) < 0);
  assert.equal(compareTimes('2026-01-01T10:00:00Z', '2026-01-01T12:00:00.000+02:00'), 0);
  assert.ok(compareTimes('2026-01-01T10:00:00.1Z', '2026-01-01T10:00:00.12Z') < 0);
});

test('what was read before does not come again, also when several lines have the same time', () => {
  const position = newPosition('');
  const first = new LogCursor(position);
  const lines = [line(1, 'a'), line(2, 'b'), line(2, 'c')];
  assert.deepEqual(
    lines.map((item) => first.pass(item)),
    [true, true, true],
  );
  const second = new LogCursor(position);
  const again = [...lines, line(2, 'd'), line(3, 'e')];
  assert.deepEqual(
    again.map((item) => second.pass(item)),
    [false, false, false, true, true],
  );
});

test('lines of an earlier run that come after those of a later one are shown too, and none of them twice', () => {
  const position = newPosition('');
  const later = new LogCursor(position);
  assert.deepEqual(
    [line(7, 'd'), line(8, 'e')].map((item) => later.pass(item)),
    [true, true],
  );
  assert.equal(lastShown(position), time(8));
  const earlier = new LogCursor(position);
  assert.deepEqual(
    [line(2, 'a'), line(3, 'b')].map((item) => earlier.pass(item)),
    [true, true],
  );
  assert.equal(lastShown(position), time(8));
  const whole = new LogCursor(position);
  assert.deepEqual(
    [line(2, 'a'), line(3, 'b'), line(5, 'c'), line(7, 'd'), line(8, 'e'), line(9, 'f')].map((item) =>
      whole.pass(item),
    ),
    [false, false, true, false, false, true],
  );
});

test('what is older than the deploy is not shown', () => {
  const cursor = new LogCursor(newPosition(time(5)));
  assert.deepEqual(
    [line(4, 'a'), line(5, 'b'), line(6, 'c')].map((item) => cursor.pass(item)),
    [false, false, true],
  );
});

test('the last lines of each run are kept', () => {
  const position = newPosition('');
  for (let index = 0; index < 50; index++) keepTail(position, 'one', `line ${index}`);
  assert.equal(position.tails.get('one')?.length, 20);
  assert.equal(position.tails.get('one')?.at(-1), 'line 49');
  for (const id of ['two', 'three', 'four']) keepTail(position, id, 'x');
  assert.equal(position.tails.has('one'), false);
});
