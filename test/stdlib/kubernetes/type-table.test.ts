import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

test('the table of the fields of built-in kinds is the one that the client package gives', () => {
  const script = path.resolve(import.meta.dirname, '../../../stdlib/kubernetes/write-type-table.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
