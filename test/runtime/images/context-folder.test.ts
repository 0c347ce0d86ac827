import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { syncRequest } from '../../../runtime/clients/docker/file-sync.ts';
import { contextFolders, neededEntries } from '../../../runtime/images/context-folder.ts';

const EVERYTHING = { ignores: () => false, prunes: () => false };

const ENTRIES = ['a', 'a/x', 'a/x/1', 'a/y', 'ab', 'b', 'b/1'].map((one) => ({
  kind: /\d|ab/.test(one) ? ('file' as const) : ('folder' as const),
  path: one,
  mode: 0o755,
  modifiedMs: 0,
  size: 0,
  target: '',
}));

for (const [paths, expected] of [
  [[], ['a', 'a/x', 'a/x/1', 'a/y', 'ab', 'b', 'b/1']],
  [['a/x'], ['a', 'a/x', 'a/x/1']],
  [['/a/x/1'], ['a', 'a/x', 'a/x/1']],
  [
    ['ab', 'b/'],
    ['ab', 'b', 'b/1'],
  ],
  [['nosuch'], []],
  [
    ['a', 'b*'],
    ['a', 'a/x', 'a/x/1', 'a/y', 'ab', 'b', 'b/1'],
  ],
  [['.dockerignore'], []],
] as const) {
  test(`of a context, a build that asks for ${JSON.stringify(paths)} gets what it needs`, () => {
    assert.deepEqual(
      neededEntries(ENTRIES, paths).map((entry) => entry.path),
      expected,
    );
  });
}

test('a link among what is needed may lead anywhere, so everything is sent', () => {
  const link = { kind: 'link' as const, path: 'c', mode: 0o777, modifiedMs: 0, size: 0, target: 'a/x' };
  assert.equal(neededEntries([...ENTRIES, link], ['c/1']).length, ENTRIES.length + 1);
  assert.equal(neededEntries([...ENTRIES, link], ['a/x']).length, 3);
});

test('the Dockerfile is in a folder of its own, and other texts of the same length have another time', async (t) => {
  const folder = await temporaryFolder(t);
  const entryOf = async (text: string) => {
    const folders = await contextFolders(folder, EVERYTHING, text);
    assert.deepEqual(folders.folder({ name: 'context', paths: [] })?.entries, []);
    assert.equal(folders.folder({ name: 'other', paths: [] }), undefined);
    const dockerfile = folders.folder({ name: 'dockerfile', paths: [] });
    assert.equal(dockerfile?.entries.length, 1);
    return dockerfile?.entries[0];
  };
  const one = await entryOf('FROM scratch\nCOPY a /\n');
  const other = await entryOf('FROM scratch\nCOPY b /\n');
  assert.equal(one?.size, other?.size);
  assert.notEqual(one?.modifiedMs, other?.modifiedMs);
  assert.deepEqual(one, await entryOf('FROM scratch\nCOPY a /\n'));
});

test('a folder has one key, until a file changes whose time of change does not tell', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'file');
  const keyOf = async (place = folder) => (await contextFolders(place, EVERYTHING, '')).sharedKey;
  const set = new Date('1985-10-26T08:15:00Z');
  await writeFile(file, 'one');
  await writeFile(path.join(folder, 'other'), 'x');
  const plain = await keyOf();
  await writeFile(path.join(folder, 'other'), 'changed, and its time says so');
  assert.equal(await keyOf(), plain);
  await utimes(file, set, set);
  const before = await keyOf();
  assert.notEqual(before, plain);
  assert.equal(await keyOf(), before);
  const { ctimeMs } = await stat(file);
  do {
    await writeFile(file, 'two');
    await utimes(file, set, set);
  } while ((await stat(file)).ctimeMs === ctimeMs);
  assert.notEqual(await keyOf(), before);
  assert.notEqual(await keyOf(await temporaryFolder(t)), plain);
});

test('entries stand in the order of the bytes of their names', async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of ['\u{1f600}', '\uffee', 'a', 'a-b', 'Z']) await writeFile(path.join(folder, name), '');
  await mkdir(path.join(folder, 'a.d'));
  await symlink('a', path.join(folder, 'link'));
  await chmod(path.join(folder, 'a'), 0o640);
  const entries = (await contextFolders(folder, EVERYTHING, '')).folder({ name: 'context', paths: [] })?.entries ?? [];
  assert.deepEqual(
    entries.map((entry) => entry.path),
    ['Z', 'a', 'a-b', 'a.d', 'link', '\uffee', '\u{1f600}'],
  );
  assert.equal(entries[1]?.mode, 0o640);
  assert.equal(entries[4]?.target, 'a');
});

test('what BuildKit asks for stands in headers, which may come several times', () => {
  const headers = ['dir-name', 'context', 'followpaths', 'a, b', 'followpaths', 'c'];
  assert.deepEqual(syncRequest(headers), { name: 'context', paths: ['a, b', 'c'] });
  const encoded = ['Dir-Name', 'context', 'followpaths', '%C3%A4+1', 'followpaths-encoded', '1'];
  assert.deepEqual(syncRequest(encoded), { name: 'context', paths: ['ä 1'] });
  assert.deepEqual(syncRequest([]), { name: '', paths: [] });
});

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'context-folder-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
