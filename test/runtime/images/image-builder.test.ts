import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { valueAt } from '../../../runtime/clients/docker/docker-config.ts';
import { EngineProxy } from '../../support/engine-proxy.ts';
import { skipWithout } from '../../support/testbed.ts';
import { builtImage, imageRig, inspectImage, REGISTRY, skipWithoutRegistry, TO_REGISTRY } from './rig.ts';

const DOCKER = { skip: skipWithout('docker') };
const BUSYBOX = { skip: skipWithout('docker', 'busybox') };
const PUSH = { skip: skipWithout('docker', 'busybox') || (await skipWithoutRegistry()) };

test('an image FROM scratch, with the log of its steps', DOCKER, async (t) => {
  const rig = await imageRig(t);
  await rig.write('index.html', rig.fresh);
  const run = await rig.build('FROM scratch\nCOPY index.html /www/\n');
  const image = builtImage(run);
  assert.match(image.localRef, new RegExp(`^${rig.ref()}:tilt-[0-9a-f]{16}$`));
  assert.equal(image.clusterRef, image.localRef);
  assert.equal(image.ref, rig.ref());
  assert.deepEqual(run.steps, [`build Building Dockerfile: [${rig.ref()}]`, 'end build']);
  assert.ok(
    run.text.startsWith(
      'Building Dockerfile for platform linux/amd64:\n  FROM scratch\n  COPY index.html /www/\n\n     Building image\n     [1/1] COPY index.html /www/\n',
    ),
    run.text,
  );
  assert.equal((await inspectImage(image.localRef))?.Architecture, 'amd64');
});

test(
  'the same content has the same tag, other content another, and what has no part in it changes nothing',
  BUSYBOX,
  async (t) => {
    const rig = await imageRig(t);
    await rig.write('a', 'one');
    await rig.write('notes.md', 'one');
    const contextIgnores = [{ basePath: rig.context, patterns: ['*.md'], source: '' }];
    const build = () =>
      rig.build(`FROM busybox\nRUN echo ran ${rig.fresh}\nCOPY . /x/\n`, { build: { contextIgnores } });
    const first = builtImage(await build());
    const again = await build();
    assert.equal(builtImage(again).localRef, first.localRef);
    assert.match(again.text, /\[2\/3\] RUN echo ran \w+ \[cached\]/);
    await rig.write('notes.md', 'two');
    await rig.write('a', 'one');
    assert.equal(builtImage(await build()).localRef, first.localRef);
    await rig.write('a', 'two');
    assert.notEqual(builtImage(await build()).localRef, first.localRef);
  },
);

test('arguments, target, extra tags, network and hosts reach the engine', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const dockerfile = [
    'FROM busybox AS one',
    'ARG WORD',
    `RUN : ${rig.fresh}; echo "word $WORD" && cat /etc/hosts && ls /sys/class/net`,
    'LABEL stage=one',
    'FROM one',
    'LABEL stage=two',
  ].join('\n');
  const run = await rig.build(dockerfile, {
    build: {
      target: 'one',
      buildArgs: { WORD: 'mörder=1' },
      extraTags: [`${rig.ref('extra')}:v1`, rig.ref('more')],
      extraHosts: ['somewhere:10.1.2.3'],
      network: 'none',
    },
  });
  const image = builtImage(run);
  assert.match(run.text, /→ word mörder=1\n/);
  assert.match(run.text, /→ 10\.1\.2\.3\s+somewhere\n/);
  assert.doesNotMatch(run.text, /→ eth0/);
  const inspected = await inspectImage(image.localRef);
  assert.deepEqual(valueAt(inspected?.Config, 'Labels'), {
    'dev.tilt.built': 'true',
    'dev.tilt.gc': 'true',
    stage: 'one',
  });
  for (const tag of [`${rig.ref('extra')}:v1`, `${rig.ref('more')}:latest`]) {
    assert.equal((await inspectImage(tag))?.Id, inspected?.Id, tag);
  }
});

test('an image is built on another one of the graph', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('word', `from the base ${rig.fresh}`);
  const base = builtImage(await rig.build('FROM busybox\nCOPY word /word\n', { name: 'base' }));
  const run = await rig.build(`FROM ${rig.ref('base')}:dev AS mine\nRUN cat /word\n`, { bases: [base] });
  builtImage(run);
  assert.match(run.text, /→ from the base /);
  assert.ok(run.text.includes(`  FROM ${base.localRef} AS mine\n`), run.text);
});

test('files are copied out of another image of the graph', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('word', `from the base ${rig.fresh}`);
  const base = builtImage(await rig.build('FROM busybox\nCOPY word /word\n', { name: 'base' }));
  const run = await rig.build(`FROM busybox\nCOPY --from=${rig.ref('base')} /word /copied\nRUN cat /copied\n`, {
    bases: [base],
  });
  builtImage(run);
  assert.match(run.text, /→ from the base /);
  assert.ok(run.text.includes(`  COPY --from=${base.localRef} /word /copied\n`), run.text);
});

test('a step mounts another image of the graph', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('word', `from the base ${rig.fresh}`);
  const base = builtImage(await rig.build('FROM busybox\nCOPY word /word\n', { name: 'base' }));
  const run = await rig.build(
    `FROM busybox\nRUN --mount=type=bind,from=${rig.ref('base')}:dev,target=/mounted cat /mounted/word\n`,
    { bases: [base] },
  );
  builtImage(run);
  assert.match(run.text, /→ from the base /);
});

test('where the cluster names an engine of its own, that one builds', BUSYBOX, async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'engine-proxy-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  let builds = 0;
  const proxy = await EngineProxy.start(t, folder, (line) => {
    if (line.includes('/build?')) builds += 1;
    return undefined;
  });
  const rig = await imageRig(t);
  const environment = { DOCKER_HOST: `unix://${proxy.socket}` };
  const dockerfile = `FROM busybox\nENV FRESH=${rig.fresh}\n`;
  const there = builtImage(await rig.build(dockerfile, { destination: { kind: 'engine', environment } }));
  assert.equal(builds, 1);
  assert.equal(there.pushRef, undefined);
  builtImage(await rig.build(dockerfile));
  assert.equal(builds, 1, 'the usual one is still the usual one');
});

test('several images build at once', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('a', rig.fresh);
  const names = ['one', 'two', 'three', 'four'];
  const runs = await Promise.all(
    names.map((name) => rig.build(`FROM busybox\nCOPY a /a\nRUN echo I am ${name}\n`, { name })),
  );
  for (const [index, run] of runs.entries()) {
    assert.equal(builtImage(run).ref, rig.ref(names[index]));
    assert.match(run.text, new RegExp(`→ I am ${names[index]}\n`));
  }
});

test('a context with odd things in it arrives as it is', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('ünï côde/日本 語.txt', `found ${rig.fresh} `);
  await rig.write(`${'deep/'.repeat(40)}end`, 'deep');
  const run = await rig.build(
    'FROM busybox\nCOPY . /x/\nRUN cat "/x/ünï côde/日本 語.txt" && find /x -name end | wc -l\n',
  );
  builtImage(run);
  assert.match(run.text, /→ found \w+ 1\n/);
});

test('one repository takes all images, each with its name in the tag', PUSH, async (t) => {
  const rig = await imageRig(t);
  await rig.write('a', rig.fresh);
  const singleName = rig.ref('all').replace('/', '-');
  const destination = { ...TO_REGISTRY, singleName } as const;
  for (const name of ['one', 'two']) {
    const run = await rig.build(`FROM busybox\nCOPY a /a\nLABEL name=${name}\n`, { name, destination });
    const { pushRef = '', clusterRef, localRef } = builtImage(run);
    const tag = `${name}-${localRef.split(':').at(-1)}`;
    assert.deepEqual(
      [pushRef, clusterRef],
      [`${REGISTRY}/${singleName}:${tag}`, `registry.test:5000/${singleName}:${tag}`],
    );
    const there = await fetch(`http://${REGISTRY}/v2/${singleName}/manifests/${tag}`, { method: 'HEAD' });
    assert.equal(there.status, 200);
  }
});

test('an image is pushed once, and not again while nothing changes', PUSH, async (t) => {
  const rig = await imageRig(t);
  await rig.write('a', rig.fresh);
  const build = () => rig.build('FROM busybox\nCOPY a /a\n', { destination: TO_REGISTRY });
  const first = await build();
  const image = builtImage(first);
  const tag = image.localRef.split(':').at(-1);
  const repository = rig.ref().replaceAll('/', '_');
  assert.equal(image.clusterRef, `registry.test:5000/${repository}:${tag}`);
  assert.deepEqual(first.steps, [
    `build Building Dockerfile: [${rig.ref()}]`,
    'end build',
    `push Pushing ${REGISTRY}/${repository}:${tag}`,
    'end push',
  ]);
  assert.match(
    first.text,
    /\n {5}Pushing with Docker client\n {5}Authenticating to image repo: .*\n {5}Sending image data\n/,
  );
  assert.match(first.text, /\n {5}[0-9a-f]{12}: Pushed\n/);
  const manifest = (): Promise<Response> =>
    fetch(`http://${REGISTRY}/v2/${repository}/manifests/${tag}`, {
      headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
    });
  const pushed = await manifest();
  assert.equal(pushed.status, 200);

  const second = await build();
  assert.equal(builtImage(second).clusterRef, image.clusterRef);
  assert.match(second.text, /The registry has it already\n$/);
  assert.doesNotMatch(second.text, /Sending image data/);

  // When the registry lost it, it is pushed again.
  const digest = pushed.headers.get('docker-content-digest');
  const removed = await fetch(`http://${REGISTRY}/v2/${repository}/manifests/${digest}`, { method: 'DELETE' });
  if (removed.status === 202) {
    assert.match((await build()).text, /Sending image data/);
    assert.equal((await manifest()).status, 200);
  }
});
