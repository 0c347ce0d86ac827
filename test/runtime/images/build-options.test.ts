import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheSources } from '../../../runtime/images/cache-sources.ts';
import { skipWithout } from '../../support/testbed.ts';
import {
  builtImage,
  forgetSteps,
  imageRig,
  inspectImage,
  REGISTRY,
  removeImages,
  skipWithoutRegistry,
  TO_REGISTRY,
  testEngine,
} from './rig.ts';

const DOCKER = { skip: skipWithout('docker') };
const BUSYBOX = { skip: skipWithout('docker', 'busybox') };
const PUSH = { skip: skipWithout('docker', 'busybox') || (await skipWithoutRegistry()) };

test('cache_from is a reference, or says that it is in a registry', () => {
  const typed = ['type=registry,ref=example/web:cache', 'ref=other', 'example/web'];
  assert.deepEqual(cacheSources(typed), { references: ['example/web:cache', 'other', 'example/web'], unusable: [] });
  const others = ['type=gha', 'type=local,src=/cache', 'type=registry'];
  assert.deepEqual(cacheSources(others), { references: [], unusable: others });
});

test('an engine that has lost its layers takes them from where cache_from says', PUSH, async (t) => {
  const rig = await imageRig(t);
  const dockerfile = `FROM busybox\nRUN echo ${rig.fresh} > /made\n`;
  const buildArgs = { BUILDKIT_INLINE_CACHE: '1' };
  const image = builtImage(await rig.build(dockerfile, { build: { buildArgs }, destination: TO_REGISTRY }));
  const rebuild = async (cacheFrom: readonly string[]) => {
    await removeImages(rig.fresh);
    await forgetSteps(rig.fresh);
    const run = await rig.build(dockerfile, { build: { cacheFrom } });
    builtImage(run);
    return run.text;
  };
  const isCached = /\[2\/2\] RUN echo \w+ > \/made \[cached\]/;
  assert.match(await rebuild([image.pushRef ?? '']), isCached);
  assert.match(await rebuild([`type=registry,ref=${image.pushRef}`]), isCached);

  const without = await rebuild([`${image.pushRef}-not`, 'type=gha']);
  assert.doesNotMatch(without, isCached);
  assert.match(without, /Layers of "127\.0\.0\.1:5000\/.*-not" cannot be used: .*not found\n/);
  assert.match(without, /cache_from "type=gha" is left out: /);
});

test('pull asks the registry for a newer base, and without it what the engine has counts', PUSH, async (t) => {
  const rig = await imageRig(t);
  const base = async (word: string) =>
    builtImage(
      await rig.build(`FROM busybox\nRUN echo ${word} ${rig.fresh} > /word\n`, {
        name: 'base',
        destination: TO_REGISTRY,
      }),
    );
  const [old, newer] = [await base('old'), await base('newer')];
  const repository = rig.ref('base').replace('/', '_');
  await tagInRegistry(repository, newer.pushRef?.split(':').at(-1) ?? '', 'moving');
  await tagInEngine(old.localRef, `${REGISTRY}/${repository}`, 'moving');
  const word = async (pull: boolean) =>
    rig.build(`FROM ${REGISTRY}/${repository}:moving\nRUN cat /word && : ${pull}\n`, { build: { pull } });
  assert.match((await word(false)).text, /→ old /);
  assert.match((await word(true)).text, /→ newer /);
});

test("another platform than the cluster's", DOCKER, async (t) => {
  const rig = await imageRig(t);
  await rig.write('a', rig.fresh);
  const platform = 'linux/arm64';
  const run = await rig.build('FROM scratch\nCOPY a /a\n', { build: { platform } });
  assert.equal((await inspectImage(builtImage(run).localRef))?.Architecture, 'arm64');
  assert.match(run.text, /^Building Dockerfile for platform linux\/arm64:\n/);
});

test('the network of the host, and the host itself by name', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const dockerfile = `FROM busybox\nRUN : ${rig.fresh}; cat /etc/hosts && echo links $(ls /sys/class/net)\n`;
  const run = await rig.build(dockerfile, { build: { network: 'host', extraHosts: ['outside:host-gateway'] } });
  builtImage(run);
  assert.match(run.text, /→ links .*docker0/);
  assert.match(run.text, /→ [\d.]+\s+outside\n/);
});

async function tagInRegistry(repository: string, from: string, to: string): Promise<void> {
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifests = `http://${REGISTRY}/v2/${repository}/manifests`;
  const found = await fetch(`${manifests}/${from}`, { headers: { accept: type } });
  const put = await fetch(`${manifests}/${to}`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body: await found.text(),
  });
  assert.equal(put.status, 201);
}

async function tagInEngine(image: string, repo: string, tag: string): Promise<void> {
  const engine = await testEngine();
  const query = { repo, tag };
  const tagged = await engine.call({ method: 'POST', path: `/images/${image}/tag`, query, whileDoing: 'a test' });
  assert.ok(tagged.ok);
}
