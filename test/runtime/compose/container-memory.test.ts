import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContainerMemory, SETTLE_MS } from '../../../runtime/compose/container-memory.ts';
import { containerState } from '../../../runtime/compose/container-state.ts';

const run = (StartedAt: string, more = {}) =>
  containerState({ Id: 'c', State: { Status: 'running', StartedAt, ...more } });

test('a container settles after a while, each run anew', () => {
  const memory = new ContainerMemory();
  assert.equal(memory.settlesIn(run('t1'), 5000), SETTLE_MS);
  assert.equal(memory.settlesIn(run('t1'), 5000 + SETTLE_MS - 1), 1);
  assert.equal(memory.settlesIn(run('t1'), 5000 + SETTLE_MS), 0);
  assert.equal(memory.settlesIn(run('t2'), 9000), SETTLE_MS);
});

test('what ran before the session has settled, and its old lines are of no interest', () => {
  const memory = new ContainerMemory();
  memory.sawBefore(run('t1'));
  assert.equal(memory.settlesIn(run('t1'), 0), 0);
  assert.deepEqual(memory.logStart(run('t1')), { kind: 'now' });
  assert.deepEqual(memory.logStart(run('t2', { FinishedAt: 'f1' })), { kind: 'after', time: 'f1' });
});

test('a new container is read from its first line, and then on from the last one', () => {
  const memory = new ContainerMemory();
  assert.deepEqual(memory.logStart(run('t1')), { kind: 'first-line' });
  memory.readLine('c', 'l1');
  memory.sawBefore(run('t1'));
  assert.deepEqual(memory.logStart(run('t2')), { kind: 'after', time: 'l1' });
});

test('one that had ended before is read from there on when it is started again', () => {
  const memory = new ContainerMemory();
  memory.sawBefore(containerState({ Id: 'c', State: { Status: 'exited', StartedAt: 't1', FinishedAt: 'f1' } }));
  assert.deepEqual(memory.logStart(run('t2', { FinishedAt: 'f1' })), { kind: 'after', time: 'f1' });
});
