import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, open, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { extract } from 'tar-stream';
import { contextTar, placeDockerfile } from '../../../runtime/images/context-tar.ts';
import { ignoreMatcher } from '../../../stdlib/model/ignore-pattern.ts';

interface Unpacked {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly linkname: string;
  readonly text: string;
  readonly size: number;
  readonly mtime: Date;
}

async function folder(t: TestContext, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'context-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return root;
}

const rules = (root: string, ...patterns: readonly string[]) =>
  ignoreMatcher(patterns.length === 0 ? [] : [{ basePath: root, patterns, source: '' }]);

const DOCKERFILE = { path: '.tilt-ts.dockerfile', text: 'FROM scratch' };

async function unpack(root: string, patterns: readonly string[] = [], dockerfile = DOCKERFILE): Promise<Unpacked[]> {
  const { stream, problem } = await contextTar(root, rules(root, ...patterns), dockerfile);
  const entries: Unpacked[] = [];
  const unpacking = extract();
  stream.pipe(unpacking as unknown as NodeJS.WritableStream);
  for await (const entry of unpacking) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const { name, type, mode, linkname, mtime } = entry.header;
    const bytes = Buffer.concat(chunks);
    assert.deepEqual([entry.header.uid, entry.header.gid], [0, 0]);
    const text = bytes.length > 1000 ? '' : bytes.toString();
    entries.push({ name, type, mode, linkname: linkname ?? '', text, size: bytes.length, mtime });
  }
  assert.equal(await problem, undefined);
  return entries;
}

const namesOf = (entries: readonly Unpacked[]): string[] => entries.map(({ name }) => name);

test('everything is sent, sorted, with its kind, its mode and its time', async (t) => {
  const root = await folder(t, { 'b.txt': 'b', 'run.sh': '#!/bin/sh', 'a/deep/c.txt': 'c', 'ünï côde/日本.txt': 'x' });
  await mkdir(path.join(root, 'empty'));
  await symlink('../outside', path.join(root, 'link'));
  await chmod(path.join(root, 'run.sh'), 0o755);
  await chmod(path.join(root, 'b.txt'), 0o640);
  await utimes(path.join(root, 'b.txt'), 1_000_000_000, 1_000_000_000);
  const long = `${'long-'.repeat(30)}name`;
  await writeFile(path.join(root, 'a', long), '');
  const entries = await unpack(root);
  assert.deepEqual(namesOf(entries), [
    'a/',
    'a/deep/',
    'a/deep/c.txt',
    `a/${long}`,
    'b.txt',
    'empty/',
    'link',
    'run.sh',
    'ünï côde/',
    'ünï côde/日本.txt',
    '.tilt-ts.dockerfile',
  ]);
  const find = (name: string): Unpacked | undefined => entries.find((entry) => entry.name === name);
  assert.equal(find('run.sh')?.mode, 0o755);
  assert.equal(find('b.txt')?.mode, 0o640);
  assert.equal(find('b.txt')?.mtime.getTime(), 1_000_000_000_000);
  assert.deepEqual([find('link')?.type, find('link')?.linkname], ['symlink', '../outside']);
  assert.equal(find('empty/')?.type, 'directory');
  assert.equal(find('.tilt-ts.dockerfile')?.text, 'FROM scratch');
});

test('what is ignored is not sent, and folders only when something in them is', async (t) => {
  const root = await folder(t, {
    'dir/a': '',
    'dir/sub/keep.md': '',
    'dir/other/x': '',
    'node_modules/m/i.js': '',
    'z.log': '',
    z: '',
  });
  assert.deepEqual(namesOf(await unpack(root, ['dir', '*.log', 'node_modules', '!dir/sub/keep.md'])), [
    'dir/',
    'dir/sub/',
    'dir/sub/keep.md',
    'z',
    '.tilt-ts.dockerfile',
  ]);
  assert.deepEqual(namesOf(await unpack(root, ['**', '!dir/other'])), [
    'dir/',
    'dir/other/',
    'dir/other/x',
    '.tilt-ts.dockerfile',
  ]);
});

test('folders that are ignored as a whole are not even looked into', async (t) => {
  const root = await folder(t, { 'node_modules/m/a': '', b: '' });
  const matcher = rules(root, 'node_modules');
  const asked: string[] = [];
  const ignores = (file: string): boolean => {
    asked.push(path.relative(root, file));
    return matcher.ignores(file);
  };
  const { stream } = await contextTar(root, { ...matcher, ignores }, DOCKERFILE);
  for await (const _chunk of stream);
  assert.deepEqual(asked, ['b', 'node_modules']);
});

test('a file larger than what is held in memory arrives whole', async (t) => {
  const root = await folder(t);
  const size = 40 * 1024 * 1024 + 7;
  const file = await open(path.join(root, 'big.bin'), 'w');
  for (let at = 0; at < size; at += 1024 * 1024) await file.write(randomBytes(Math.min(1024 * 1024, size - at)));
  await file.close();
  const entries = await unpack(root);
  assert.deepEqual([entries[0]?.name, entries[0]?.size], ['big.bin', size]);
});

test('a context that is never read to its end lets go of its files', async (t) => {
  const root = await folder(t, { a: 'x'.repeat(900_000), b: 'y'.repeat(900_000) });
  await writeFile(path.join(root, 'c'), Buffer.alloc(5_000_000));
  const { stream, problem } = await contextTar(root, rules(root), DOCKERFILE);
  stream.once('readable', () => stream.destroy());
  assert.equal(await problem, undefined);
});

test('a folder that cannot be read is a problem that names it', async (t) => {
  const root = await folder(t);
  const { stream, problem } = await contextTar(path.join(root, 'gone'), rules(root), DOCKERFILE);
  stream.resume();
  assert.match((await problem) ?? '', /ENOENT.*gone/);
});

test('the Dockerfile is sent in its own place with the text that is given', async (t) => {
  const root = await folder(t, { 'docker/Dockerfile': 'on disk', a: '' });
  const place = await placeDockerfile(root, path.join(root, 'docker/Dockerfile'), rules(root));
  assert.equal(place, 'docker/Dockerfile');
  const entries = await unpack(root, [], { path: place, text: 'as given' });
  assert.deepEqual(namesOf(entries), ['a', 'docker/', 'docker/Dockerfile']);
  assert.equal(entries[2]?.text, 'as given');
});

test('a Dockerfile that is not sent itself gets a name that nothing else has', async (t) => {
  const root = await folder(t, { Dockerfile: '', a: '' });
  const other = await folder(t, { Dockerfile: '' });
  await symlink(path.join(other, 'Dockerfile'), path.join(root, 'Linked'));
  const place = (file: string | undefined, ...patterns: readonly string[]) =>
    placeDockerfile(root, file, rules(root, ...patterns));
  assert.equal(await place(undefined), '.tilt-ts.dockerfile');
  assert.equal(await place(path.join(root, 'Dockerfile'), 'Dockerfile'), '.tilt-ts.dockerfile');
  assert.equal(await place(path.join(other, 'Dockerfile')), '.tilt-ts.dockerfile');
  assert.equal(await place(path.join(root, 'Linked')), '.tilt-ts.dockerfile');
  assert.equal(await place(path.join(root, 'gone')), '.tilt-ts.dockerfile');
  await writeFile(path.join(root, '.tilt-ts.dockerfile'), '');
  assert.equal(await place(undefined), '.tilt-ts.dockerfile_');
});
