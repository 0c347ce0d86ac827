import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveProcesses, ProcessIndex } from '../../../../runtime/clients/process/process-table.ts';

const entries = [
  { pid: 1, parent: 0, group: 1 },
  { pid: 10, parent: 1, group: 10 },
  { pid: 11, parent: 10, group: 10 },
  { pid: 12, parent: 11, group: 12 },
  { pid: 13, parent: 12, group: 12 },
  { pid: 20, parent: 1, group: 20 },
  { pid: 21, parent: 20, group: 20 },
];

const index = new ProcessIndex(entries);
const tree = (group: number, ...roots: readonly number[]) => [...index.treeOf(group, new Set(roots))].sort();

test('a tree is the group and all below it', () => {
  assert.deepEqual(tree(10), [10, 11, 12, 13]);
  assert.deepEqual(tree(99), []);
  assert.deepEqual(tree(99, 98), []);
  assert.deepEqual(index.membersOf(20), [20, 21]);
  assert.deepEqual(tree(99, 12, 20), [12, 13, 20, 21]);
});

test('this process is alive', { skip: process.platform !== 'linux' && 'there is no /proc' }, () => {
  assert.ok(liveProcesses()?.some(({ pid, parent }) => pid === process.pid && parent === process.ppid));
});
