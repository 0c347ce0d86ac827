import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerConfig } from '../../../../runtime/clients/docker/docker-config.ts';
import { findRegistryLogin, registryAuthHeader } from '../../../../runtime/clients/docker/registry-login.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const noHelper = async (): Promise<undefined> => undefined;

async function login(
  config: object,
  registry: string,
  helper: (name: string, key: string) => Promise<string | undefined> = noHelper,
) {
  return findRegistryLogin(registry, parseDockerConfig(JSON.stringify(config), '/x'), helper);
}

test('what docker login stored is found, under whatever form of the name', async () => {
  const ada = { kind: 'password', username: 'ada', password: 'a:b' };
  for (const key of ['ghcr.io', 'https://ghcr.io', 'https://ghcr.io/v2/']) {
    assert.deepEqual(await login({ auths: { [key]: { auth: base64('ada:a:b') } } }, 'ghcr.io'), ada);
  }
  assert.deepEqual(await login({ auths: { 'ghcr.io': { identitytoken: 't' } } }, 'ghcr.io'), {
    kind: 'token',
    token: 't',
  });
  assert.equal(await login({ auths: { 'ghcr.io': {} } }, 'ghcr.io'), undefined);
  assert.equal(await login({ auths: { 'ghcr.io': { auth: base64('ada:x') } } }, 'quay.io'), undefined);
});

test('Docker Hub is looked up under its old address', async () => {
  const config = { auths: { 'https://index.docker.io/v1/': { auth: base64('ada:x') } } };
  for (const name of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
    assert.deepEqual(await login(config, name), { kind: 'password', username: 'ada', password: 'x' });
  }
});

test('a helper is asked first: its own registry before the store, and what is stored when it knows nothing', async () => {
  const config = {
    auths: { 'a.io': { auth: base64('ada:x') } },
    credsStore: 'desktop',
    credHelpers: { 'b.io': 'gcloud' },
  };
  const asked: string[] = [];
  const helper = async (name: string, key: string): Promise<string | undefined> => {
    asked.push(`${name} ${key}`);
    return key === 'b.io' ? '{"ServerURL":"b.io","Username":"<token>","Secret":"s"}' : undefined;
  };
  assert.deepEqual(await login(config, 'b.io', helper), { kind: 'token', token: 's' });
  assert.deepEqual(await login(config, 'a.io', helper), { kind: 'password', username: 'ada', password: 'x' });
  assert.deepEqual(asked, ['gcloud b.io', 'desktop a.io']);
  assert.equal(await login({ credsStore: 'broken' }, 'c.io', async () => 'no json'), undefined);
});

test('the header says nothing without a login', () => {
  const read = (header: string): unknown => JSON.parse(Buffer.from(header, 'base64url').toString());
  assert.deepEqual(read(registryAuthHeader(undefined, 'a.io')), {});
  assert.deepEqual(read(registryAuthHeader({ kind: 'token', token: 't' }, 'docker.io')), {
    identitytoken: 't',
    serveraddress: 'https://index.docker.io/v1/',
  });
});
