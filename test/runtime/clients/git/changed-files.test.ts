import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { changedFiles } from '../../../../runtime/clients/git/changed-files.ts';
import { makeProject } from '../../../support/program.ts';

const NEVER = new AbortController().signal;

function repository(t: TestContext) {
  const folder = makeProject(t, { 'a.txt': 'a', 'sub/b.txt': 'b', 'c.txt': 'c', '.gitignore': '*.log\n' });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  return { folder, git, file: (name: string) => path.join(folder, name) };
}

async function names(folder: string, revision: string): Promise<readonly string[]> {
  const found = await changedFiles(folder, revision, NEVER);
  assert.ok(found.ok, JSON.stringify(found));
  return found.paths.map((file) => path.relative(folder, file));
}

test('commits of a branch, the index, the working tree and new files count, but not what came to the other branch', async (t) => {
  const { folder, git, file } = repository(t);
  assert.deepEqual(await names(folder, 'main'), []);
  git('checkout', '-qb', 'topic');
  writeFileSync(file('a.txt'), 'changed');
  git('commit', '-qam', 'on topic');
  git('checkout', '-q', 'main');
  writeFileSync(file('c.txt'), 'changed');
  git('commit', '-qam', 'on main');
  git('checkout', '-q', 'topic');
  writeFileSync(file('staged'), '');
  git('add', 'staged');
  writeFileSync(file('sub/b.txt'), 'changed');
  writeFileSync(file('new file\n"ü'), '');
  writeFileSync(file('x.log'), '');
  assert.deepEqual(await names(folder, 'main'), ['a.txt', 'new file\n"ü', 'staged', 'sub/b.txt']);
  assert.deepEqual(await names(path.join(folder, 'sub'), 'HEAD'), ['../new file\n"ü', '../staged', 'b.txt']);
});

test('what was deleted or moved changed, at both places', async (t) => {
  const { folder, git, file } = repository(t);
  git('rm', '-q', 'a.txt');
  mkdirSync(file('other'));
  renameSync(file('c.txt'), file('other/c.txt'));
  rmSync(file('sub/b.txt'));
  assert.deepEqual(await names(folder, 'HEAD'), ['a.txt', 'c.txt', 'other/c.txt', 'sub/b.txt']);
});

test('an unknown revision, a flag in its place, and a folder without git are told', async (t) => {
  const { folder } = repository(t);
  const why = async (where: string, revision: string) => {
    const found = await changedFiles(where, revision, NEVER);
    return found.ok ? 'ok' : found.message;
  };
  assert.match(
    await why(folder, 'nosuch'),
    /^Cannot tell what changed since "nosuch": git knows no such revision here/,
  );
  assert.match(await why(folder, '--output=x'), /git knows no such revision here/);
  assert.match(await why(makeProject(t, {}), 'main'), /not a git repository/);
});

test('a shallow clone that does not reach the common commit says what to do', async (t) => {
  const { folder, git, file } = repository(t);
  git('checkout', '-qb', 'topic');
  writeFileSync(file('a.txt'), 'x');
  git('commit', '-qam', 'on topic');
  git('checkout', '-q', 'main');
  writeFileSync(file('c.txt'), 'y');
  git('commit', '-qam', 'on main');
  const clone = makeProject(t, {});
  const run = (...args: readonly string[]) => execFileSync('git', args, { cwd: clone, stdio: 'ignore' });
  run('clone', '-q', '--depth', '1', '--no-single-branch', `file://${folder}`, 'clone');
  run('-C', 'clone', 'checkout', '-q', 'topic');
  const found = await changedFiles(path.join(clone, 'clone'), 'origin/main', NEVER);
  assert.ok(!found.ok);
  assert.match(found.message, /this is a shallow clone.*fetch-depth: 0/);
});
