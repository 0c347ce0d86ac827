import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ImageDestination } from '../../../runtime/engine/ports.ts';
import { skipWithout } from '../../support/testbed.ts';
import { buildFailureOf, builtImage, imageRig } from './rig.ts';

const DOCKER = { skip: skipWithout('docker') };
const BUSYBOX = { skip: skipWithout('docker', 'busybox') };

test('a RUN that fails says where, with which code and what it printed', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const run = await rig.build('FROM busybox\nRUN echo doing; echo no luck >&2; exit 3\n');
  const found = buildFailureOf(run);
  assert.equal(found.kind, 'image-build');
  assert.equal(
    found.message,
    `Cannot build image "${rig.ref()}": step [2/2] RUN echo doing; echo no luck >&2; exit 3 ended with exit code 3 (Dockerfile:2)`,
  );
  assert.ok(found.details.includes('no luck') && found.details.includes('doing'), String(found.details));
  assert.deepEqual(found.details.slice(-2), ['  1 | FROM busybox', '> 2 | RUN echo doing; echo no luck >&2; exit 3']);
  assert.deepEqual(found.position, { file: '/project/Tiltfile.ts', line: 3, column: 1 });
  assert.match(run.text, /\n\n {5}ERROR IN: \[2\/2\] RUN /);
  assert.deepEqual(run.steps, [`build Building Dockerfile: [${rig.ref()}]`, 'end build']);
});

test('a COPY of something that is not there', DOCKER, async (t) => {
  const rig = await imageRig(t);
  const { message } = buildFailureOf(await rig.build('FROM scratch\nCOPY missing /x\n'));
  assert.equal(
    message,
    `Cannot build image "${rig.ref()}": step [1/1] COPY missing /x: "/missing" not found in the build context (Dockerfile:2)`,
  );
});

test('Dockerfiles that say nothing or something unknown', DOCKER, async (t) => {
  const rig = await imageRig(t);
  assert.match(buildFailureOf(await rig.build('')).message, /the Dockerfile cannot be empty$/);
  const unknown = buildFailureOf(await rig.build('FROM scratch\nFOO x\n'));
  assert.match(unknown.message, /unknown instruction: FOO.*\(Dockerfile:2\)$/);
  assert.deepEqual(unknown.details, ['  1 | FROM scratch', '> 2 | FOO x']);
});

test('a context that is not there, or is a file', DOCKER, async (t) => {
  const rig = await imageRig(t);
  await rig.write('file', '');
  const fails = async (context: string): Promise<string> =>
    buildFailureOf(await rig.build('FROM scratch\n', { build: { context } })).message;
  assert.match(await fails('/nowhere/at/all'), /its context "\/nowhere\/at\/all" does not exist$/);
  assert.match(await fails(`${rig.context}/file`), /is not a folder$/);
});

test('several platforms at once', DOCKER, async (t) => {
  const rig = await imageRig(t);
  const run = await rig.build('FROM scratch\n', { build: { platform: 'linux/amd64,linux/arm64' } });
  assert.match(
    buildFailureOf(run).message,
    /"linux\/amd64,linux\/arm64", and the Docker engine's API builds for one.*buildx build/,
  );
});

test('a build is stopped, and at once', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const stop = new AbortController();
  let stoppedAt = 0;
  const run = await rig.build(`FROM busybox\nRUN echo begun && sleep 60; : ${rig.fresh}\n`, {
    signal: stop.signal,
    onText(text) {
      if (!text.includes('→ begun') || stoppedAt > 0) return;
      stoppedAt = performance.now();
      stop.abort();
    },
  });
  assert.equal(buildFailureOf(run).kind, 'cancelled');
  assert.ok(performance.now() - stoppedAt < 2_000);
  assert.equal(run.steps.at(-1), 'end build');
  assert.equal(
    buildFailureOf(await rig.build('FROM busybox\n', { signal: AbortSignal.abort() })).kind,
    'cancelled',
    'also before it began',
  );
});

test('no engine: what was tried and what to do', async (t) => {
  const socket = await imageRig(t, { ...process.env, DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  const missing = buildFailureOf(await socket.build('FROM scratch\n'));
  assert.equal(missing.kind, 'docker-unreachable');
  assert.equal(
    missing.message,
    'Cannot reach the Docker engine at "unix:///nowhere/docker.sock" (DOCKER_HOST): there is no such socket. Start Docker, or set DOCKER_HOST or a Docker context to where it runs',
  );
  const port = await closedPort();
  const tcp = await imageRig(t, { ...process.env, DOCKER_HOST: `tcp://127.0.0.1:${port}` });
  const refused = buildFailureOf(await tcp.build('FROM scratch\n'));
  assert.equal(refused.kind, 'docker-unreachable');
  assert.match(refused.message, /\(DOCKER_HOST\): connection refused\. Start Docker/);
  const wrong = await imageRig(t, { ...process.env, DOCKER_HOST: 'gopher://x' });
  assert.equal(buildFailureOf(await wrong.build('FROM scratch\n')).kind, 'docker-unreachable');
});

test('an engine that goes away in mid-build', BUSYBOX, async (t) => {
  const proxy = await engineProxy(t);
  const rig = await imageRig(
    t,
    { ...process.env, DOCKER_HOST: `tcp://127.0.0.1:${proxy.port}` },
    { engineReturnMs: 0 },
  );
  builtImage(await rig.build('FROM busybox\nRUN echo through the proxy\n'));
  const run = await rig.build(`FROM busybox\nRUN echo begun && sleep 60; : ${rig.fresh}\n`, {
    onText(text) {
      if (text.includes('→ begun')) proxy.cut();
    },
  });
  const found = buildFailureOf(run);
  assert.equal(found.kind, 'docker-unreachable');
  assert.match(found.message, /went away while building image ".*": the connection was closed/);
});

test('a push to a registry that is not there', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const host = `127.0.0.1:${await closedPort()}`;
  const run = await rig.build('FROM busybox\n', { destination: registryAt(host) });
  const found = buildFailureOf(run);
  assert.equal(found.kind, 'image-push');
  assert.ok(found.message.startsWith(`Cannot push "${host}/`), found.message);
  assert.match(found.message, /connection refused\. Check that the registry ".*" runs/);
  assert.deepEqual(run.steps.slice(-1), ['end push']);
});

test(
  'a registry that wants a login gets the one of config.json, for pushes and for base images',
  BUSYBOX,
  async (t) => {
    const registry = await lockedRegistry(t);
    const stranger = await imageRig(t);
    const refused = buildFailureOf(await stranger.build('FROM busybox\n', { destination: registryAt(registry.host) }));
    assert.equal(refused.kind, 'image-push');
    assert.match(refused.message, new RegExp(`\\. Log in with: docker login ${registry.host}$`));
    assert.equal(buildFailureOf(await stranger.build(`FROM ${registry.host}/private/base\n`)).kind, 'image-build');
    assert.equal(registry.logins.length, 0);

    const config = await mkdtemp(path.join(os.tmpdir(), 'docker-config-'));
    t.after(() => rm(config, { recursive: true }));
    const auth = Buffer.from('ada:secret').toString('base64');
    await writeFile(path.join(config, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    const ada = await imageRig(t, { ...process.env, DOCKER_CONFIG: config });
    buildFailureOf(await ada.build(`FROM ${registry.host}/private/base\n`));
    assert.ok(
      registry.logins.some((one) => one.endsWith(' ada:secret')),
      'the login for a base image arrived',
    );
    registry.logins.length = 0;
    buildFailureOf(await ada.build('FROM busybox\n', { destination: registryAt(registry.host) }));
    assert.ok(
      registry.logins.some((one) => one.endsWith(' ada:secret')),
      'the login for a push arrived',
    );
  },
);

function registryAt(host: string): ImageDestination {
  return { kind: 'registry', pushHost: host, clusterHost: host, singleName: '' };
}

/** Answers nothing without a login and keeps what logins it saw. */
async function lockedRegistry(t: TestContext): Promise<{ readonly host: string; readonly logins: string[] }> {
  const logins: string[] = [];
  const server = http.createServer((request, response) => {
    const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1];
    if (basic !== undefined) logins.push(`${request.method} ${Buffer.from(basic, 'base64')}`);
    response.writeHead(basic === undefined ? 401 : 404, { 'www-authenticate': 'Basic realm="test"' });
    response.end('{"errors":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, logins };
}

async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Hands connections on to the engine's socket until it is cut. */
async function engineProxy(t: TestContext): Promise<{ readonly port: number; cut(): void }> {
  const target = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const engine = net.connect(target);
    for (const socket of [client, engine]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(engine);
    engine.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  t.after(() => {
    server.close();
    cut();
  });
  return { port: (server.address() as AddressInfo).port, cut };
}
