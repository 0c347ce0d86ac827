import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Clock, FileWatcher } from '../../../runtime/engine/ports.ts';
import { createFileWatcher } from '../../../runtime/sync/file-watcher.ts';
import { pollUntil } from '../../support/poll.ts';
import { makeProject } from '../../support/program.ts';

const clock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

interface Watched {
  readonly watcher: FileWatcher;
  readonly folder: string;
  /** All that was told so far, as `id: path`, in order. */
  readonly told: string[];
  /** How often something was told. */
  calls(): number;
  write(name: string, text?: string): void;
  seen(line: string): Promise<void>;
}

function watched(t: TestContext, files: Readonly<Record<string, string>>): Watched {
  const folder = makeProject(t, files);
  // Old enough not to count as changed since the watch began.
  for (const name of Object.keys(files)) utimesSync(path.join(folder, name), 1, 1);
  const told: string[] = [];
  let calls = 0;
  const watcher = createFileWatcher({
    clock,
    // chokidar may begin to watch a file just when it is told to stop.
    keepsAlive: false,
    onChange: (id, paths) => {
      calls++;
      told.push(...paths.map((file) => `${id}: ${path.relative(folder, file)}`));
    },
    onError: (message) => assert.fail(message),
  });
  t.after(() => watcher.stop());
  return {
    watcher,
    folder,
    told,
    calls: () => calls,
    write: (name, text = String(Math.random())) => writeFileSync(path.join(folder, name), text),
    seen: (line) => pollUntil(() => told.includes(line), 10_000, `${line} among ${told.join(', ')}`),
  };
}

test('changes, new files, deletions and files in new folders are told to whoever watches them', async (t) => {
  const w = watched(t, { 'src/a.txt': '', 'src/gone.txt': '', 'other/b.txt': '' });
  await w.watcher.watch([
    { id: 'one', paths: [path.join(w.folder, 'src')], ignores: [] },
    { id: 'two', paths: [path.join(w.folder, 'src/a.txt'), path.join(w.folder, 'other')], ignores: [] },
  ]);
  w.write('src/a.txt');
  await w.seen('one: src/a.txt');
  await w.seen('two: src/a.txt');
  w.write('other/b.txt');
  await w.seen('two: other/b.txt');
  rmSync(path.join(w.folder, 'src/gone.txt'));
  await w.seen('one: src/gone.txt');
  mkdirSync(path.join(w.folder, 'src/deep/er'), { recursive: true });
  w.write('src/deep/er/new.txt');
  await w.seen('one: src/deep/er/new.txt');
  assert.ok(!w.told.some((line) => line.startsWith('one: other')), w.told.join());
});

test('a file that does not exist yet, and one that an editor replaces', async (t) => {
  const w = watched(t, { 'kept.txt': '' });
  await w.watcher.watch([
    { id: 'x', paths: [path.join(w.folder, 'kept.txt'), path.join(w.folder, 'later.txt')], ignores: [] },
  ]);
  w.write('later.txt');
  await w.seen('x: later.txt');
  rmSync(path.join(w.folder, 'kept.txt'));
  w.write('kept.txt');
  await w.seen('x: kept.txt');
  const before = w.told.length;
  w.write('kept.txt', 'once more');
  await pollUntil(() => w.told.length > before, 10_000, 'the change after the replacement');
});

test('ignored files are not told, and one target’s ignores are not another’s', async (t) => {
  const w = watched(t, { 'src/a.txt': '', 'src/skip/b.txt': '', 'src/skip/keep.txt': '' });
  const base = path.join(w.folder, 'src');
  await w.watcher.watch([
    { id: 'some', paths: [base], ignores: [{ basePath: base, patterns: ['skip', '!skip/keep.txt'], source: '' }] },
    { id: 'none', paths: [base], ignores: [{ basePath: base, patterns: ['**'], source: '' }] },
    { id: 'all', paths: [path.join(base, 'skip')], ignores: [] },
  ]);
  w.write('src/skip/b.txt');
  await w.seen('all: src/skip/b.txt');
  w.write('src/skip/keep.txt');
  await w.seen('some: src/skip/keep.txt');
  w.write('src/a.txt');
  await w.seen('some: src/a.txt');
  assert.deepEqual(
    w.told.filter((line) => line.startsWith('none') || line === 'some: src/skip/b.txt'),
    [],
  );
});

test('what changes while the watch begins is told, what was there before is not', async (t) => {
  const w = watched(t, { 'src/old.txt': '', 'src/now.txt': '' });
  const ready = w.watcher.watch([{ id: 'x', paths: [path.join(w.folder, 'src')], ignores: [] }]);
  w.write('src/now.txt');
  await w.seen('x: src/now.txt');
  await ready;
  assert.ok(!w.told.includes('x: src/old.txt'));
});

test('a new list of targets takes the place of the old one', async (t) => {
  const w = watched(t, { 'a.txt': '', 'b.txt': '' });
  const target = (name: string) => ({ id: name, paths: [path.join(w.folder, name)], ignores: [] });
  await w.watcher.watch([target('a.txt')]);
  await Promise.all([w.watcher.watch([target('a.txt'), target('b.txt')]), w.watcher.watch([target('b.txt')])]);
  w.write('a.txt');
  w.write('b.txt');
  await w.seen('b.txt: b.txt');
  assert.deepEqual(w.told, ['b.txt: b.txt']);
});

for (const inside of [[], ['Tiltfile.js']]) {
  test(`a watched folder that is deleted and made anew is watched again${inside.length > 0 ? ', beside watched files' : ''}`, async (t) => {
    const w = watched(t, { 'src/a.txt': '', 'src/deep/b.txt': '', 'Tiltfile.js': '', 'other.txt': '' });
    await w.watcher.watch([
      { id: 'one', paths: ['src', ...inside].map((name) => path.join(w.folder, name)), ignores: [] },
      { id: 'two', paths: [path.join(w.folder, 'src/deep')], ignores: [] },
    ]);
    for (const round of ['first', 'second']) {
      rmSync(path.join(w.folder, 'src'), { recursive: true });
      await w.seen('one: src');
      w.told.length = 0;
      mkdirSync(path.join(w.folder, 'src/deep'), { recursive: true });
      w.write(`src/deep/${round}.txt`);
      await w.seen(`one: src/deep/${round}.txt`);
      await w.seen(`two: src/deep/${round}.txt`);
      w.told.length = 0;
      w.write(`src/deep/${round}.txt`);
      await w.seen(`one: src/deep/${round}.txt`);
    }
    w.write('other.txt');
    w.write('src/last.txt');
    await w.seen('one: src/last.txt');
    assert.deepEqual(
      w.told.filter((line) => /other|Tiltfile/.test(line)),
      [],
    );
  });
}

test('a watched folder that is moved away and back with its old files counts as changed', async (t) => {
  const w = watched(t, { 'src/a.txt': '', 'src/b.txt': '' });
  await w.watcher.watch([{ id: 'one', paths: [path.join(w.folder, 'src')], ignores: [] }]);
  renameSync(path.join(w.folder, 'src'), path.join(w.folder, 'away'));
  await w.seen('one: src');
  w.told.length = 0;
  renameSync(path.join(w.folder, 'away'), path.join(w.folder, 'src'));
  await w.seen('one: src/a.txt');
  await w.seen('one: src/b.txt');
});

test('a file that is emptied and then filled has changed once; what is written after that was told counts again', async (t) => {
  const w = watched(t, { 'a.txt': 'old' });
  const file = path.join(w.folder, 'a.txt');
  await w.watcher.watch([{ id: 'one', paths: [file], ignores: [] }]);
  // On a busy machine the second step may come too late to be one with the first.
  let quick = 0;
  for (let round = 0; quick < 3 && round < 60; round++) {
    w.told.length = 0;
    const began = performance.now();
    const handle = openSync(file, 'w');
    // Long enough for the event of the first step to come alone.
    await new Promise((resolve) => setTimeout(resolve, 5));
    writeSync(handle, `new ${round}`);
    closeSync(handle);
    const took = performance.now() - began;
    await w.seen('one: a.txt');
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (took > 9) continue;
    quick++;
    assert.deepEqual(w.told, ['one: a.txt']);
  }
  assert.equal(quick, 3);
  w.told.length = 0;
  w.write('a.txt');
  await w.seen('one: a.txt');
  w.write('a.txt');
  await pollUntil(() => w.told.length === 2, 10_000);
});

test('of a checkout that is more than the system keeps for a busy program, nothing is lost, and it is told in one go', async (t) => {
  const files = Array.from({ length: 6000 }, (_, index) => `src/d${index % 100}/f${index}`);
  const w = watched(t, Object.fromEntries(files.map((name) => [name, 'old'])));
  await w.watcher.watch([{ id: 'x', paths: [path.join(w.folder, 'src')], ignores: [] }]);
  // Nothing is read of the changes until all are there. Each is several to the system, whose queue often holds 16,384.
  for (const name of files.slice(0, -1)) w.write(name);
  rmSync(path.join(w.folder, files.at(-1) ?? ''));
  mkdirSync(path.join(w.folder, 'src/new/er'), { recursive: true });
  w.write('src/new/er/last');
  await w.seen('x: src/new/er/last');
  assert.deepEqual(
    files.filter((name) => !w.told.includes(`x: ${name}`)),
    [],
  );
  assert.equal(w.calls(), 1);
});

test('files that editors make for a moment, and those of version control, start nothing, unless they are named', async (t) => {
  const passing = [
    '.a.txt.swp',
    '4913',
    'a.txt~',
    '.#a.txt',
    '#a.txt#',
    'a.txt___jb_tmp___',
    '.a.txt.kate-swp',
    '.idea/x',
  ];
  const w = watched(t, { 'src/a.txt': '', 'src/.git/HEAD': '', 'src/.git/index': '', 'src/.gitignore': '' });
  const src = path.join(w.folder, 'src');
  await w.watcher.watch([
    { id: 'x', paths: [src], ignores: [] },
    { id: 'head', paths: [path.join(src, '.git/HEAD')], ignores: [] },
  ]);
  mkdirSync(path.join(src, '.idea'));
  for (const name of passing) w.write(`src/${name}`);
  w.write('src/.git/index');
  w.write('src/.git/HEAD');
  w.write('src/.gitignore');
  await w.seen('head: src/.git/HEAD');
  await w.seen('x: src/.gitignore');
  w.write('src/a.txt');
  await w.seen('x: src/a.txt');
  assert.deepEqual(w.told.toSorted(), ['head: src/.git/HEAD', 'x: src/.gitignore', 'x: src/a.txt']);
});

test('what was written before the watch began counts from the time that is given', async (t) => {
  const w = watched(t, { 'src/a.txt': '', 'src/old.txt': '' });
  const since = Date.now();
  w.write('src/a.txt');
  await w.watcher.watch([{ id: 'x', paths: [path.join(w.folder, 'src')], ignores: [] }], since);
  await w.seen('x: src/a.txt');
  assert.deepEqual(w.told, ['x: src/a.txt']);
});
