import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { PruneRequest } from '../../../runtime/engine/ports.ts';
import { createImagePruner } from '../../../runtime/images/image-pruner.ts';
import { imagesToPrune, type PrunableImage } from '../../../runtime/images/prune-round.ts';
import { EngineProxy, jsonAnswer } from '../../support/engine-proxy.ts';
import { skipWithout } from '../../support/testbed.ts';
import { builtImage, imageRig, inspectImage } from './rig.ts';

const NOW = 1_000_000;
const REQUEST: PruneRequest = {
  maxAgeMs: 1_000,
  keepRecent: 1,
  refs: ['example/web', '127.0.0.1:5000/example_web'],
  inUse: [],
};

function image(taggedAt: number, ...tags: readonly string[]): PrunableImage {
  return { id: `sha256:${tags[0]}`, tags, taggedAt, bytes: 10 };
}

function pruned(images: readonly PrunableImage[], more: Partial<PruneRequest> = {}) {
  return imagesToPrune(images, { ...REQUEST, ...more }, NOW).map(({ tags }) => tags[0]);
}

test('the newest of each name stay, and what is young', () => {
  const images = [image(3, 'example/web:c'), image(1, 'example/web:a'), image(2, 'example/web:b')];
  assert.deepEqual(pruned(images), ['example/web:b', 'example/web:a']);
  assert.deepEqual(pruned(images, { keepRecent: 0 }), ['example/web:c', 'example/web:b', 'example/web:a']);
  assert.deepEqual(pruned(images, { keepRecent: 5 }), []);
  const young = [image(NOW - 10, 'example/web:e'), image(NOW - 20, 'example/web:d'), ...images];
  assert.deepEqual(pruned(young), ['example/web:c', 'example/web:b', 'example/web:a']);
});

test('an image with a name that the Tiltfile does not give stays, and so does one that is in use', () => {
  const both = image(1, 'example/web:tilt-1', '127.0.0.1:5000/example_web:tilt-1');
  const extra = image(1, 'example/web:tilt-2', 'example/release:2');
  const other = image(1, 'example/other:tilt-3');
  const nameless = image(1);
  assert.deepEqual(pruned([both, extra, other, nameless], { keepRecent: 0 }), ['example/web:tilt-1']);
  assert.deepEqual(pruned([both], { keepRecent: 0, inUse: ['127.0.0.1:5000/example_web:tilt-1'] }), []);
});

test('a round removes old builds of an image from the engine, and no others', {
  skip: skipWithout('docker', 'busybox'),
}, async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'engine-proxy-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const asked: string[] = [];
  // What others have in the engine is no business of a test.
  const proxy = await EngineProxy.start(t, folder, (line) => {
    const what = /POST \S*\/(containers|build)\/prune/.exec(line)?.[1];
    if (what === undefined) return undefined;
    asked.push(decodeURIComponent(line));
    return jsonAnswer(200, JSON.stringify({ CachesDeleted: ['a', 'b'], SpaceReclaimed: 2_500_000 }));
  });
  const rig = await imageRig(t);
  const refs: string[] = [];
  for (const count of [1, 2, 3]) {
    refs.push(builtImage(await rig.build(`FROM busybox\nENV BUILD=${count}${rig.fresh}\n`)).localRef);
  }
  const other = builtImage(await rig.build(`FROM busybox\nENV OTHER=${rig.fresh}\n`, { name: 'other' }));
  let text = '';
  const output = {
    write(more: string) {
      text += more;
    },
  };
  const request = { maxAgeMs: 0, keepRecent: 1, refs: [rig.ref()], inUse: [] };
  const result = await createImagePruner(proxy.environment).prune(request, output, new AbortController().signal);
  assert.deepEqual(result, { ok: true, value: undefined });
  const there = await Promise.all(
    [...refs, other.localRef].map(async (ref) => (await inspectImage(ref)) !== undefined),
  );
  assert.deepEqual(there, [false, false, true, true]);
  assert.match(
    text,
    /^\[Docker Prune\] removed 2 images, reclaimed .*MB\n\[Docker Prune\] removed 2 caches, reclaimed 2\.50MB\n$/,
  );
  assert.match(asked[0] ?? '', /containers\/prune\?filters=\{"label":\["dev\.tilt\.gc=true"\],"until":\["0s"\]\}/);
  assert.match(asked[1] ?? '', /build\/prune\?filters=\{"until":\["0s"\]\}/);
});

test('an engine that is not there is a failure', async () => {
  const pruner = createImagePruner({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  const result = await pruner.prune({ ...REQUEST }, { write() {} }, new AbortController().signal);
  assert.equal(result.ok ? '' : result.failure.kind, 'docker-unreachable');
});
