import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { Checkouts } from '../../../stdlib/extensions/checkouts.ts';
import { gitRemote } from '../../support/git-remote.ts';
import { commandBroker } from '../../support/real-broker.ts';
import { skipWithout } from '../../support/testbed.ts';

const skip = skipWithout('git');

/** A remote with two commits, the first of them tagged `v1` and on the branch `old`. */
function remoteWithHistory(t: TestContext) {
  const remote = gitRemote(t, { 'a/Tiltfile.js': 'one' });
  const first = remote.git('rev-parse', 'HEAD');
  remote.git('tag', '--annotate', 'v1', '--message', 'the first');
  remote.git('push', '--quiet', 'origin', 'v1', 'HEAD:old');
  const second = remote.commit({ 'a/Tiltfile.js': 'two' });
  const { broker, world } = commandBroker(remote.environment);
  return { remote, first, second, broker, world, checkouts: new Checkouts(remote.cache, remote.url) };
}

/** Folders of commits, and whatever else lies beside them. */
function entries({ cache }: { readonly cache: string }): readonly string[] {
  return readdirSync(path.join(cache, 'tilt_modules', 'git.test+extensions')).sort();
}

test('branches, tags, commits and beginnings of commits are found', { skip }, (t) => {
  const { first, second, broker, checkouts } = remoteWithHistory(t);
  const wanted: [ref: string, commit: string, text: string][] = [
    ['', second, 'two'],
    ['HEAD', second, 'two'],
    ['main', second, 'two'],
    ['old', first, 'one'],
    ['v1', first, 'one'],
    [first, first, 'one'],
    [first.slice(0, 9), first, 'one'],
    ['refs/heads/old', first, 'one'],
  ];
  for (const [ref, commit, text] of wanted) {
    assert.deepEqual(checkouts.fetch(ref, broker), { ok: true, commit }, `for "${ref}"`);
    assert.equal(checkouts.lastKnown(ref), commit);
    assert.equal(readFileSync(path.join(checkouts.find(commit) ?? '', 'a/Tiltfile.js'), 'utf8'), text);
  }
});

test('only complete commits are left in the cache', { skip }, (t) => {
  const { remote, first, second, broker, checkouts } = remoteWithHistory(t);
  assert.equal(checkouts.find(first), undefined);
  checkouts.fetch('', broker);
  checkouts.fetch('', broker);
  checkouts.fetch('v1', broker);
  checkouts.fetch('no-such', broker);
  assert.deepEqual(entries(remote), [first, second, 'refs'].sort());
  assert.equal(checkouts.lastKnown('no-such'), undefined);
});

test('a ref that is not there is told from a repository that is not there', { skip }, (t) => {
  const { remote, broker, checkouts } = remoteWithHistory(t);
  const missing = checkouts.fetch('v9', broker);
  assert.deepEqual(missing, { ok: false, missing: true, message: 'it has no branch, tag or commit "v9"' });
  const gone = checkouts.fetch('0123456789'.repeat(4), broker);
  assert.ok(!gone.ok && gone.missing, JSON.stringify(gone));
  const option = checkouts.fetch('--upload-pack=touch /tmp/never', broker);
  assert.ok(!option.ok && option.missing);
  remote.disappear();
  const away = checkouts.fetch('', broker);
  assert.ok(!away.ok && !away.missing);
  assert.match(away.message, /does not appear to be a git repository|does not exist/);
});

test('without git it says so', { skip }, (t) => {
  const { remote, checkouts } = remoteWithHistory(t);
  const { broker } = commandBroker({ ...remote.environment, PATH: remote.cache });
  assert.deepEqual(checkouts.fetch('', broker), {
    ok: false,
    missing: false,
    message: 'the program "git" was not found',
  });
});

test('the environment of a git hook does not lead astray', { skip }, (t) => {
  const { remote, second, checkouts } = remoteWithHistory(t);
  const folder = path.join(remote.cache, '..', 'other');
  execFileSync('git', ['init', '--quiet', folder]);
  const gitFolder = path.join(folder, '.git');
  const { broker } = commandBroker({
    ...remote.environment,
    GIT_DIR: gitFolder,
    GIT_WORK_TREE: folder,
    GIT_INDEX_FILE: path.join(gitFolder, 'index'),
  });
  assert.deepEqual(checkouts.fetch('', broker), { ok: true, commit: second });
  assert.deepEqual(readdirSync(folder), ['.git']);
  assert.ok(!existsSync(path.join(gitFolder, 'index')));
});

test('submodules come along', { skip }, (t) => {
  const inner = gitRemote(t, { 'Tiltfile.js': 'inner' });
  const { remote, broker, checkouts } = remoteWithHistory(t);
  remote.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', inner.folder, 'inner');
  const commit = remote.commit({});
  const { answer } = commandBroker({ ...remote.environment, GIT_ALLOW_PROTOCOL: 'file' }).world;
  Object.assign(broker, { run: answer });
  assert.deepEqual(checkouts.fetch('', broker), { ok: true, commit });
  assert.equal(readFileSync(path.join(checkouts.find(commit) ?? '', 'inner/Tiltfile.js'), 'utf8'), 'inner');
});

test('a server that only has files to give will do', { skip }, async (t) => {
  const { remote, first, second, broker } = remoteWithHistory(t);
  execFileSync('git', ['-C', remote.folder, 'update-server-info']);
  const checkouts = new Checkouts(remote.cache, `${await fileServer(t, remote.folder)}/extensions`);
  assert.deepEqual(checkouts.fetch('', broker), { ok: true, commit: second });
  assert.deepEqual(checkouts.fetch('v1', broker), { ok: true, commit: first });
  assert.deepEqual(checkouts.fetch(first.slice(0, 9), broker), { ok: true, commit: first });
  const missing = checkouts.fetch('v9', broker);
  assert.ok(!missing.ok && missing.missing, JSON.stringify(missing));
});

/** An HTTP server in a process of its own that knows nothing of git. Answers its address. */
async function fileServer(t: TestContext, folder: string): Promise<string> {
  const code = `
    const { createServer } = require('node:http'), { readFileSync } = require('node:fs');
    const server = createServer(({ url }, response) => {
      const path = process.argv[1] + new URL(url, 'http://x').pathname.replace('/extensions', '');
      try { response.end(readFileSync(path)); } catch { response.writeHead(404).end(); }
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', code, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const [port] = await once(child.stdout, 'data');
  return `http://127.0.0.1:${String(port).trim()}`;
}

test('what a killed program left behind goes after a day', { skip }, (t) => {
  const { remote, broker, checkouts } = remoteWithHistory(t);
  checkouts.fetch('', broker);
  const folder = path.join(remote.cache, 'tilt_modules', 'git.test+extensions');
  for (const name of ['tmp-old', 'tmp-new']) mkdirSync(path.join(folder, name));
  const longAgo = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(path.join(folder, 'tmp-old'), longAgo, longAgo);
  checkouts.fetch('v1', broker);
  assert.deepEqual(
    entries(remote).filter((name) => name.startsWith('tmp-')),
    ['tmp-new'],
  );
});

test('repositories whose addresses are alike have folders of their own', { skip }, (t) => {
  const { remote } = remoteWithHistory(t);
  const { broker } = commandBroker(remote.environment);
  const urls = ['https://git.test/a/b', 'https://git.test/a+b', 'http://git.test/a/b'];
  for (const url of urls) assert.ok(!new Checkouts(remote.cache, url).fetch('', broker).ok);
  assert.deepEqual(readdirSync(path.join(remote.cache, 'tilt_modules')).sort(), [
    'git.test+a%2Bb',
    'git.test+a+b',
    'http%3A++git.test+a+b',
  ]);
});
