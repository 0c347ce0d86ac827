import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { createLogFiles } from '../../../runtime/disk/log-files.ts';
import { createLogStore } from '../../../runtime/state/log-store.ts';
import { makeProject } from '../../support/program.ts';

const bytesOf = (text: string) => Buffer.from(text);
const textOf = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString());

function logFiles(t: TestContext, sizes: { readonly keepBytes?: number; readonly fileBytes?: number } = {}) {
  const folder = makeProject(t, {});
  const problems: string[] = [];
  const files = createLogFiles({ folder: () => folder, onProblem: (message) => problems.push(message), ...sizes });
  t.after(() => files.close());
  return { folder, problems, files };
}

test('what was written is read again, in any order and while more is written', async (t) => {
  const { files } = logFiles(t, { fileBytes: 20 });
  const texts = ['one', 'two and more', 'three, which begins another file', 'four'];
  const places = await Promise.all(texts.map((text) => files.write(bytesOf(text))));
  for (const index of [2, 0, 3, 1]) {
    const place = places[index];
    assert.ok(place !== undefined);
    assert.equal(textOf(await files.read(place)), texts[index]);
  }
});

test('the files have no names, so that they go with the process', { skip: process.platform === 'win32' }, async (t) => {
  const { folder, files } = logFiles(t);
  assert.ok((await files.write(bytesOf('secret'))) !== undefined);
  assert.deepEqual(readdirSync(path.join(folder, 'logs')), []);
});

test('files of programs that are gone are removed, those of others stay', async (t) => {
  const { folder, files } = logFiles(t);
  mkdirSync(path.join(folder, 'logs'));
  // No process has this id: it is beyond the largest that Linux gives.
  const dead = path.join(folder, 'logs/4999999-0-abc');
  const alive = path.join(folder, `logs/${process.ppid}-0-abc`);
  for (const file of [dead, alive]) writeFileSync(file, '');
  await files.write(bytesOf('x'));
  assert.ok(!existsSync(dead));
  assert.ok(existsSync(alive));
});

test('beyond its limit the oldest file goes', async (t) => {
  const { files } = logFiles(t, { fileBytes: 10, keepBytes: 20 });
  const places = [];
  for (const text of ['oldest 890', 'middle 890', 'newest 890']) places.push(await files.write(bytesOf(text)));
  const read = await Promise.all(places.map(async (place) => place && textOf(await files.read(place))));
  assert.deepEqual(read, [undefined, 'middle 890', 'newest 890']);
});

test('a folder that cannot be written is told of once', {
  skip: process.getuid?.() === 0 && 'root may write',
}, async (t) => {
  const { folder, problems, files } = logFiles(t);
  chmodSync(folder, 0o500);
  t.after(() => chmodSync(folder, 0o700));
  assert.equal(await files.write(bytesOf('a')), undefined);
  assert.equal(await files.write(bytesOf('b')), undefined);
  assert.equal(problems.length, 1);
});

test('a place where no folder can be is told of once, with the reason', async (t) => {
  const folder = makeProject(t, { taken: '' });
  const problems: string[] = [];
  const files = createLogFiles({
    folder: () => path.join(folder, 'taken'),
    onProblem: (message) => problems.push(message),
  });
  assert.equal(await files.write(bytesOf('a')), undefined);
  assert.equal(await files.write(bytesOf('b')), undefined);
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? '', /^Cannot keep older lines of the log on the disk: /);
});

test('a burst of 100 MB is kept whole in bounded memory, and read again', async (t) => {
  const { files } = logFiles(t);
  const log = createLogStore({ archive: files, keepBytes: 4 * 1024 * 1024 });
  const writer = log.open({ resource: 'loud', source: 'build', span: 'build:1' });
  const text = `${'a line of the burst, as long as lines often are; '.repeat(20)}\n`;
  const count = Math.ceil(100e6 / text.length);
  const before = process.memoryUsage();
  for (let line = 0; line < count; line++) {
    writer.write(text);
    await writer.backlog();
  }
  const after = process.memoryUsage();
  const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  assert.ok(grown < 60e6, `${Math.round(grown / 1e6)} MB more than before`);
  let read = 0;
  for (let end = 0, more = true; more; ) {
    const page = await log.page({ after: end, limit: 5000 });
    assert.ok(page.lines.every(({ sequence }, index) => sequence === read + index + 1));
    read += page.lines.length;
    ({ end, more } = page);
  }
  assert.equal(read, count);
});
