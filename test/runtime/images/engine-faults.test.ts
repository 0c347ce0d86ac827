import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { EngineProxy, jsonAnswer, type OnRequest } from '../../support/engine-proxy.ts';
import { TcpProxy } from '../../support/proxies.ts';
import { skipWithout } from '../../support/testbed.ts';
import { buildFailureOf, builtImage, type ImageRig, imageRig, skipWithoutRegistry } from './rig.ts';

const BUSYBOX = { skip: skipWithout('docker', 'busybox') };
const PUSH = { skip: skipWithout('docker', 'busybox') || (await skipWithoutRegistry()) };

/** A rig whose engine may go away. */
async function proxied(
  t: TestContext,
  onRequest?: OnRequest,
  engineReturnMs = 10_000,
): Promise<{ readonly proxy: EngineProxy; readonly rig: ImageRig }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'engine-proxy-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const proxy = await EngineProxy.start(t, folder, onRequest);
  return { proxy, rig: await imageRig(t, proxy.environment, { engineReturnMs }) };
}

test(
  'Docker that is killed in mid-build and started again: the build begins anew and goes through',
  BUSYBOX,
  async (t) => {
    const { proxy, rig } = await proxied(t);
    let restarts = 0;
    const run = await rig.build(`FROM busybox\nRUN echo begun && sleep 1; : ${rig.fresh}\n`, {
      onText(text) {
        if (restarts > 0 || !text.includes('→ begun')) return;
        restarts += 1;
        void proxy.down().then(() => setTimeout(() => void proxy.up(), 700));
      },
    });
    builtImage(run);
    assert.equal(restarts, 1);
    assert.match(
      run.text,
      /went away while building image [\s\S]*Waiting up to 10 s[\s\S]*The engine is back; beginning anew/,
    );
    assert.deepEqual(run.steps, [`build Building Dockerfile: [${rig.ref()}]`, 'end build']);
  },
);

test('Docker that does not come back ends the build, and stopping ends the wait', BUSYBOX, async (t) => {
  const gone = await proxied(t, undefined, 600);
  const killed = await gone.rig.build(`FROM busybox\nRUN echo begun && sleep 60; : ${gone.rig.fresh}\n`, {
    onText: (text) => void (text.includes('→ begun') && gone.proxy.down()),
  });
  assert.equal(buildFailureOf(killed).kind, 'docker-unreachable');

  const stop = new AbortController();
  const { proxy, rig } = await proxied(t, undefined, 60_000);
  const stopped = await rig.build(`FROM busybox\nRUN echo begun && sleep 60; : ${rig.fresh}\n`, {
    signal: stop.signal,
    onText(text) {
      if (text.includes('Waiting up to')) stop.abort();
      else if (text.includes('→ begun')) void proxy.down();
    },
  });
  assert.ok(stopped.ms < 20_000);
  buildFailureOf(stopped);
});

test('an engine that is told to end calls its builds off; that is no fault of the Dockerfile', BUSYBOX, async (t) => {
  let builds = 0;
  const words = 'failed to solve: rpc error: code = Canceled desc = context canceled';
  const { rig } = await proxied(t, (line) => {
    if (!line.includes('/build?')) return undefined;
    builds += 1;
    return builds === 1
      ? jsonAnswer(200, JSON.stringify({ errorDetail: { message: words }, error: words }))
      : undefined;
  });
  builtImage(await rig.build('FROM busybox\n'));
  assert.equal(builds, 2);
});

test('a full disk of the engine is named, with what makes room', BUSYBOX, async (t) => {
  const words = 'failed to solve: failed to copy: write /var/lib/docker/tmp/x: no space left on device';
  const { rig } = await proxied(t, (line) =>
    line.includes('/build?')
      ? jsonAnswer(200, JSON.stringify({ errorDetail: { message: words }, error: words }))
      : undefined,
  );
  const failure = buildFailureOf(await rig.build('FROM busybox\n'));
  assert.equal(failure.kind, 'image-build');
  assert.match(
    failure.message,
    /the disk of the Docker engine is full\. Look .* "docker system df".*"docker builder prune"/,
  );
  assert.match(failure.details.join('\n'), /write \/var\/lib\/docker\/tmp\/x: no space left on device/);
});

test('a step that only speaks of a full disk is a step that failed', BUSYBOX, async (t) => {
  const { rig } = await proxied(t);
  const failure = buildFailureOf(
    await rig.build(
      `FROM busybox\nRUN --mount=type=tmpfs,target=/s : ${rig.fresh}; echo "no space left on device" >&2; exit 1\n`,
    ),
  );
  assert.match(failure.message, /ended with exit code 1 \(Dockerfile:2\)$/);
});

test('a registry that is away while an image is pushed is tried again', PUSH, async (t) => {
  const registry = await TcpProxy.start(t, { host: '127.0.0.1', port: 5000 });
  const host = `127.0.0.1:${registry.port}`;
  const destination = { kind: 'registry', pushHost: host, clusterHost: '127.0.0.1:5000', singleName: '' } as const;
  const rig = await imageRig(t);
  await rig.write('layer', `${rig.fresh}${'x'.repeat(3_000_000)}`);
  await registry.down();
  let isUp = false;
  const away = await rig.build('FROM busybox\nCOPY layer /\n', {
    destination,
    onText(text) {
      if (isUp || !text.includes('Trying again')) return;
      isUp = true;
      void registry.up();
    },
  });
  const image = builtImage(away);
  assert.equal(image.pushRef?.startsWith(`${host}/`), true);
  assert.match(away.text, /The push failed: .*connection refused.*Trying again in 1 s/);

  await rig.write('layer', `again ${rig.fresh}${'y'.repeat(3_000_000)}`);
  let cuts = 0;
  const cut = await rig.build('FROM busybox\nCOPY layer /\n', {
    destination,
    onText(text) {
      if (cuts > 0 || !/: Preparing|: Pushing|Sending image data/.test(text)) return;
      cuts += 1;
      void registry.down().then(() => registry.up());
    },
  });
  builtImage(cut);
});
