import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { addContext, removeContext } from '../../../runtime/server/contexts.ts';
import { contextsFile, devFolder, sessionToken } from '../../../runtime/server/dev-folder.ts';
import { makeProject } from '../../support/program.ts';

interface Config {
  readonly contexts: readonly { readonly name: string }[];
  readonly clusters: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
  readonly users: readonly { readonly name: string }[];
}

function read(file: string): Config {
  return parse(readFileSync(file, 'utf8')) as Config;
}

const names = (file: string) => read(file).contexts.map(({ name }) => name);

test('sessions are listed while they run, with what others wrote left alone', async (test) => {
  const file = path.join(makeProject(test, {}), 'dev/config');
  mkdirSync(path.dirname(file));
  writeFileSync(
    file,
    'apiVersion: v1\nkind: Config\npreferences: {}\ncontexts:\n- name: tilt-1\n  context: {cluster: tilt-1, user: tilt-1}\nclusters:\n- name: tilt-1\n  cluster: {server: "https://x"}\nusers: []\n',
  );
  await addContext(file, { name: 'tilt-2', server: 'http://127.0.0.1:2/token/x', pid: process.pid });
  assert.deepEqual(names(file), ['tilt-1', 'tilt-2']);
  assert.equal(read(file).clusters[1]?.cluster.server, 'http://127.0.0.1:2/token/x');
  assert.equal(statSync(file).mode & 0o077, 0);
  await removeContext(file, { name: 'tilt-2', pid: process.pid + 1 });
  assert.deepEqual(names(file), ['tilt-1', 'tilt-2'], 'it belongs to another process');
  await removeContext(file, { name: 'tilt-2', pid: process.pid });
  assert.deepEqual(names(file), ['tilt-1']);
  assert.deepEqual(
    read(file).clusters.map(({ name }) => name),
    ['tilt-1'],
  );
  assert.ok(!existsSync(`${file}.lock`));
});

test('a session whose process is gone is taken out by the next one', async (test) => {
  const file = path.join(makeProject(test, {}), 'config');
  const child = spawn('true');
  const pid = child.pid ?? 0;
  await new Promise((resolve) => child.once('close', resolve));
  await addContext(file, { name: 'tilt-2', server: 'http://x', pid });
  await addContext(file, { name: 'tilt-3', server: 'http://y', pid: process.pid });
  assert.deepEqual(names(file), ['tilt-3']);
});

test('many sessions that start and end at once lose nothing of each other', async (test) => {
  const file = path.join(makeProject(test, {}), 'config');
  const entries = Array.from({ length: 20 }, (_, index) => ({
    name: `tilt-${index}`,
    server: `http://${index}`,
    pid: process.pid,
  }));
  await Promise.all(entries.map((entry) => addContext(file, entry)));
  assert.equal(names(file).length, 20);
  await Promise.all(entries.slice(1).map((entry) => removeContext(file, entry)));
  assert.deepEqual(names(file), ['tilt-0']);
});

test('a lock that a killed process left does not hold for ever', async (test) => {
  const file = path.join(makeProject(test, { 'config.lock': '' }), 'config');
  utimesSync(`${file}.lock`, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  await addContext(file, { name: 'tilt-2', server: 'http://x', pid: process.pid });
  assert.deepEqual(names(file), ['tilt-2']);
});

test('who waits for a lock can be told to go', async (test) => {
  const file = path.join(makeProject(test, { 'config.lock': '' }), 'config');
  const entry = { name: 'tilt-2', server: 'http://x', pid: process.pid };
  await assert.rejects(addContext(file, entry, AbortSignal.timeout(50)));
  await assert.rejects(removeContext(file, entry, AbortSignal.timeout(50)));
  assert.ok(!existsSync(file));
});

test('the token is made once, for this user alone', async (test) => {
  const environment = { TILT_DEV_DIR: path.join(makeProject(test, {}), 'dev') };
  const tokens = await Promise.all(Array.from({ length: 5 }, () => sessionToken(environment)));
  const [token] = tokens;
  assert.match(token ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(await sessionToken(environment), readFileSync(path.join(environment.TILT_DEV_DIR, 'token'), 'utf8'));
  assert.equal(statSync(path.join(environment.TILT_DEV_DIR, 'token')).mode & 0o077, 0);
  assert.deepEqual([...new Set(tokens)], [token]);
});

test('the folder is that of Tilt, unless the environment names another', () => {
  assert.equal(devFolder({ HOME: '/home/me' }), '/home/me/.tilt-dev');
  assert.equal(devFolder({ HOME: '/home/me', TILT_DEV_DIR: '/x' }), '/x');
  assert.equal(contextsFile({ HOME: '/home/me' }), '/home/me/.tilt-dev/config');
  assert.equal(contextsFile({ HOME: '/home/me', TILT_CONFIG: '/y' }), '/y');
});
