import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { whyNoFolder, whyNotWritable, writeReport } from '../../../runtime/report/report-file.ts';
import { makeProject } from '../../support/program.ts';

test('folders on the way are made, and what is there stays until the new report is complete', async (t) => {
  const folder = makeProject(t, { 'a.txt': 'old' });
  const file = path.join(folder, 'a.txt');
  assert.equal(await whyNotWritable(file), undefined);
  assert.equal(readFileSync(file, 'utf8'), 'old');
  async function* broken() {
    yield 'half';
    assert.equal(readFileSync(file, 'utf8'), 'old');
    throw new Error('the log cannot be read');
  }
  assert.equal(await writeReport(file, broken()), 'the log cannot be read');
  assert.equal(readFileSync(file, 'utf8'), 'old');
  assert.deepEqual(readdirSync(folder), ['a.txt']);
  assert.equal(await writeReport(file, ['new', 'er']), undefined);
  assert.equal(readFileSync(file, 'utf8'), 'newer');

  const deep = path.join(folder, 'x/y/z.txt');
  assert.equal(await whyNotWritable(deep), undefined);
  assert.deepEqual(readdirSync(path.dirname(deep)), []);
  assert.equal(await writeReport(deep, 'text'), undefined);
  assert.equal(readFileSync(deep, 'utf8'), 'text');
});

test('a path that cannot be written says why', async (t) => {
  const folder = makeProject(t, { file: '' });
  mkdirSync(path.join(folder, 'folder'));
  assert.equal(await whyNotWritable(path.join(folder, 'folder')), 'it is a folder');
  assert.equal(await whyNotWritable(path.join(folder, 'file/x')), 'a part of the path is a file');
  assert.equal(await whyNotWritable(path.join(folder, 'n'.repeat(300))), 'the name is too long');
  assert.equal(await whyNoFolder(path.join(folder, 'file')), 'a part of the path is a file');
  assert.equal(await whyNoFolder(path.join(folder, 'new/logs')), undefined);
  if (process.platform === 'linux')
    assert.equal(await whyNoFolder('/proc/nowhere/logs'), 'no folder can be made there');
});

test('a folder that nobody may write to says so', {
  skip: process.getuid?.() === 0 ? 'root may write anywhere' : false,
}, async (t) => {
  const folder = makeProject(t, { 'there.txt': '' });
  writeFileSync(path.join(folder, 'there.txt'), '');
  chmodSync(folder, 0o500);
  t.after(() => chmodSync(folder, 0o700));
  assert.equal(await whyNotWritable(path.join(folder, 'x.txt')), 'permission denied');
  assert.equal(await whyNoFolder(folder), 'permission denied');
});
