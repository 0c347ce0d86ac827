import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { readDockerConfig } from '../../../../runtime/clients/docker/docker-config.ts';
import { type EngineAddress, findEngine, parseEngineUrl } from '../../../../runtime/clients/docker/engine-address.ts';

async function home(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'docker-home-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

async function find(environment: Record<string, string>): Promise<EngineAddress | string> {
  const found = await findEngine(environment, await readDockerConfig(environment));
  return found.ok ? found.value : found.message;
}

const metaOf = (name: string): string =>
  `.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`;
const meta = (host: string): string => JSON.stringify({ Name: 'x', Endpoints: { docker: { Host: host } } });

test('DOCKER_HOST wins over the current context', async (t) => {
  const HOME = await home(t, {
    '.docker/config.json': '{"currentContext":"colima"}',
    [metaOf('colima')]: meta('unix:///colima.sock'),
  });
  assert.deepEqual(await find({ HOME, DOCKER_HOST: 'tcp://127.0.0.1:2375' }), {
    url: 'tcp://127.0.0.1:2375',
    origin: 'DOCKER_HOST',
    endpoint: { kind: 'tcp', host: '127.0.0.1', port: 2375, tls: undefined },
  });
  assert.deepEqual(await find({ HOME }), {
    url: 'unix:///colima.sock',
    origin: 'the Docker context "colima"',
    endpoint: { kind: 'socket', path: '/colima.sock' },
  });
});

test('DOCKER_CONTEXT wins over the current context, and "default" is the socket', async (t) => {
  const HOME = await home(t, {
    '.docker/config.json': '{"currentContext":"colima"}',
    [metaOf('other')]: meta('unix:///other.sock'),
  });
  const other = await find({ HOME, DOCKER_CONTEXT: 'other' });
  assert.equal(typeof other === 'string' ? other : other.url, 'unix:///other.sock');
  const byDefault = await find({ HOME, DOCKER_CONTEXT: 'default' });
  assert.match(typeof byDefault === 'string' ? byDefault : byDefault.origin, /^the default (socket|pipe)$/);
});

test('certificates of a context are used', async (t) => {
  const id = createHash('sha256').update('far').digest('hex');
  const HOME = await home(t, {
    '.docker/config.json': '{"currentContext":"far"}',
    [metaOf('far')]: meta('tcp://far.example:2376'),
    [`.docker/contexts/tls/${id}/docker/ca.pem`]: 'CA',
  });
  const found = await find({ HOME });
  assert.deepEqual(typeof found === 'string' ? found : found.endpoint, {
    kind: 'tcp',
    host: 'far.example',
    port: 2376,
    tls: { ca: 'CA', cert: undefined, key: undefined },
  });
});

test('a context that is not there is named', async (t) => {
  const HOME = await home(t, { '.docker/config.json': '{"currentContext":"gone"}' });
  assert.match(String(await find({ HOME })), /^Cannot use the Docker context "gone": ENOENT.*docker context use NAME$/);
});

test('a broken config.json counts as none', async (t) => {
  const HOME = await home(t, { '.docker/config.json': '{' });
  const config = await readDockerConfig({ HOME });
  assert.match(config.problem, /^Cannot read ".*config\.json"/);
  assert.equal(config.currentContext, '');
});

test('addresses are read in every form', () => {
  const endpoint = (url: string): unknown => {
    const parsed = parseEngineUrl(url, 'DOCKER_HOST', undefined);
    return parsed.ok ? parsed.value.endpoint : parsed.message;
  };
  assert.deepEqual(endpoint('unix:///run/docker.sock'), { kind: 'socket', path: '/run/docker.sock' });
  assert.deepEqual(endpoint('npipe:////./pipe/docker_engine'), { kind: 'socket', path: '//./pipe/docker_engine' });
  assert.deepEqual(endpoint('localhost:80'), { kind: 'tcp', host: 'localhost', port: 80, tls: undefined });
  assert.deepEqual(endpoint('tcp://[::1]:2375'), { kind: 'tcp', host: '::1', port: 2375, tls: undefined });
  assert.deepEqual(endpoint('tcp://build'), { kind: 'tcp', host: 'build', port: 2375, tls: undefined });
  assert.deepEqual(endpoint('ssh://me@build:2222'), { kind: 'ssh', host: 'build', port: 2222, user: 'me' });
  assert.match(String(endpoint('gopher://x')), /"gopher:\/\/" is not known. Write it like unix:/);
  assert.match(String(endpoint('tcp://')), /it is not an address/);
});
