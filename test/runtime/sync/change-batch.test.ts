import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChangeBatch } from '../../../runtime/sync/change-batch.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const TIMES = { quietMs: 10, burstQuietMs: 100, limitMs: 1000 };

function batch() {
  const clock = new FakeClock();
  const flushed: (readonly string[])[] = [];
  return { clock, flushed, changes: new ChangeBatch(clock, TIMES, (paths) => flushed.push(paths)) };
}

test('one change is handed on after a short quiet', () => {
  const { clock, flushed, changes } = batch();
  changes.add('a');
  clock.advance(9);
  assert.deepEqual(flushed, []);
  clock.advance(1);
  assert.deepEqual(flushed, [['a']]);
});

test('many changes wait for a longer quiet, and each path is told once', () => {
  const { clock, flushed, changes } = batch();
  changes.add('a');
  changes.add('b');
  clock.advance(99);
  changes.add('a');
  clock.advance(99);
  assert.deepEqual(flushed, []);
  clock.advance(1);
  assert.deepEqual(flushed, [['a', 'b']]);
});

test('changes that never cease are handed on at the limit', () => {
  const { clock, flushed, changes } = batch();
  for (let at = 0; at < 1000; at += 5) {
    changes.add(`file-${at % 10}`);
    clock.advance(5);
  }
  assert.deepEqual(flushed, [['file-0', 'file-5']]);
});

test('what was dropped is not handed on', () => {
  const { clock, flushed, changes } = batch();
  changes.add('a');
  changes.drop();
  clock.advance(1000);
  assert.deepEqual(flushed, []);
});
