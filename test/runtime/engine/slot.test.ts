import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slot } from '../../../runtime/engine/slot.ts';

/** Things that run until they are stopped; stopping them takes until `release`. */
function things() {
  const log: string[] = [];
  const releases: (() => void)[] = [];
  const start = (name: string) => () => {
    log.push(`+${name}`);
    return {
      stop: () =>
        new Promise<void>((resolve) => {
          releases.push(() => {
            log.push(`-${name}`);
            resolve();
          });
        }),
    };
  };
  const release = async () => {
    for (const one of releases.splice(0)) one();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { log, start, release };
}

test('the same key again changes nothing', () => {
  const { log, start } = things();
  const slot = new Slot();
  slot.want('1', start('a'));
  slot.want('1', start('b'));
  assert.deepEqual(log, ['+a']);
});

test('only the last of those that are wanted while the old one ends is started', async () => {
  const { log, start, release } = things();
  const slot = new Slot();
  slot.want('1', start('a'));
  slot.want('2', start('b'));
  slot.want('3', start('c'));
  assert.deepEqual(log, ['+a']);
  await release();
  assert.deepEqual(log, ['+a', '-a', '+c']);
});

test('clear waits for the end, and forgets what was wanted', async () => {
  const { log, start, release } = things();
  const slot = new Slot();
  slot.want('1', start('a'));
  slot.want('2', start('b'));
  const cleared = slot.clear();
  await release();
  await cleared;
  assert.deepEqual(log, ['+a', '-a']);
  slot.want('2', start('c'));
  assert.deepEqual(log, ['+a', '-a', '+c']);
});
