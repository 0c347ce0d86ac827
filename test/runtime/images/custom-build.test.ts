import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BuiltImage, ImageDestination } from '../../../runtime/engine/ports.ts';
import { createImageBuilder } from '../../../runtime/images/image-builder.ts';
import type { Failure, Result } from '../../../runtime/state/failure.ts';
import type { CommandBuild, Image } from '../../../stdlib/model/image.ts';
import { image as imageOf } from '../../support/graph.ts';
import { skipWithout } from '../../support/testbed.ts';
import { IN_ENGINE, imageRig, inspectImage, REGISTRY, skipWithoutRegistry, TO_REGISTRY } from './rig.ts';

const DOCKER = { skip: skipWithout('docker', 'busybox') };
const PUSH = { skip: skipWithout('docker', 'busybox') || (await skipWithoutRegistry()) };

interface CustomRun {
  readonly result: Result<BuiltImage>;
  readonly text: string;
  readonly steps: readonly string[];
}

interface Options {
  readonly build?: Partial<CommandBuild>;
  readonly image?: Partial<Image>;
  readonly bases?: readonly BuiltImage[];
  readonly destination?: ImageDestination;
  readonly signal?: AbortSignal;
  readonly onText?: (text: string) => void;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Builds an image by a script in a folder of its own, of which `ref` is the name. */
async function customBuild(t: TestContext, ref: string, script: string, options: Options = {}): Promise<CustomRun> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'custom-build-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const build: CommandBuild = {
    kind: 'command',
    command: { argv: ['sh', '-c', script], dir, env: ['GREETING=hello'] },
    tag: '',
    output: 'local-docker',
    outputsImageRefTo: '',
    ...options.build,
  };
  let text = '';
  const steps: string[] = [];
  const builder = createImageBuilder({ environment: options.environment ?? process.env });
  const result = await builder.build(
    {
      image: imageOf(ref, { build, ...options.image }),
      bases: new Map((options.bases ?? []).map((base) => [base.ref, base])),
      destination: options.destination ?? IN_ENGINE,
      platform: '',
    },
    {
      write(more) {
        text += more;
        options.onText?.(text);
      },
    },
    {
      begin(kind, title) {
        steps.push(`${kind} ${title}`);
        return () => {};
      },
    },
    options.signal ?? new AbortController().signal,
  );
  return { result, text, steps };
}

function built({ result, text }: CustomRun): BuiltImage {
  assert.ok(result.ok, `${JSON.stringify(result)}\n${text}`);
  return result.value;
}

function failureOf({ result, text }: CustomRun): Failure {
  assert.ok(!result.ok, `it was built after all:\n${text}`);
  return result.failure;
}

/** Makes an image that no other test has. */
const tagBusybox = (id: string, name = '$EXPECTED_REF') =>
  `printf 'FROM busybox\\nLABEL of=${id}' | docker build -q -t ${name} - >/dev/null`;

test('a command builds an image, which gets a tag of its content', DOCKER, async (t) => {
  const rig = await imageRig(t);
  const script = `${tagBusybox(rig.fresh)} && echo "$GREETING $EXPECTED_REF $EXPECTED_IMAGE $EXPECTED_TAG \${EXPECTED_REGISTRY-none}"; pwd`;
  const run = await customBuild(t, rig.ref(), script);
  const image = built(run);
  assert.match(image.localRef, new RegExp(`^${rig.ref()}:tilt-[0-9a-f]{16}$`));
  assert.deepEqual([image.ref, image.clusterRef, image.pushRef], [rig.ref(), image.localRef, undefined]);
  assert.deepEqual(run.steps, [`build Building Custom Build: [${rig.ref()}]`]);
  const told = new RegExp(`^hello (${rig.ref()}:(tilt-build-\\d+)) ${rig.ref()} \\2 none$`, 'm').exec(run.text);
  assert.ok(told, run.text);
  assert.match(run.text, new RegExp(`^  EXPECTED_REF=${told[1]}$`, 'm'));
  const [found, expected] = await Promise.all([inspectImage(image.localRef), inspectImage(told[1] ?? '')]);
  assert.equal(found?.Id, expected?.Id);
  assert.equal(built(await customBuild(t, rig.ref(), script)).localRef, image.localRef, 'same content, same tag');
});

test('it is pushed where the cluster finds it, and is told of the registry', PUSH, async (t) => {
  const rig = await imageRig(t);
  const run = await customBuild(t, rig.ref(), `${tagBusybox(rig.fresh)}; env | grep -E 'EXPECTED|REGISTRY_HOST'`, {
    destination: TO_REGISTRY,
  });
  const { pushRef = '', clusterRef } = built(run);
  assert.equal(run.steps[1], `push Pushing ${pushRef}`);
  assert.ok(pushRef.startsWith(`${REGISTRY}/${rig.ref().replace('/', '_')}:tilt-`), pushRef);
  assert.equal(clusterRef, pushRef.replace(REGISTRY, 'registry.test:5000'));
  assert.match(run.text, new RegExp(`^EXPECTED_REF=${REGISTRY}/${rig.ref().replace('/', '_')}:tilt-build-\\d+$`, 'm'));
  assert.match(run.text, new RegExp(`^EXPECTED_REGISTRY=${REGISTRY}$`, 'm'));
  assert.match(run.text, new RegExp(`^REGISTRY_HOST=${REGISTRY}$`, 'm'));
  const [repository, tag] = pushRef.slice(REGISTRY.length + 1).split(':');
  const there = await fetch(`http://${REGISTRY}/v2/${repository}/manifests/${tag}`, { method: 'HEAD' });
  assert.equal(there.status, 200);
});

test('with a tag of its own it is not told of the registry, and is pushed all the same', PUSH, async (t) => {
  const rig = await imageRig(t);
  const run = await customBuild(t, rig.ref(), `${tagBusybox(rig.fresh)}; echo "as $EXPECTED_REF"`, {
    build: { tag: 'mine' },
    destination: TO_REGISTRY,
  });
  assert.match(run.text, new RegExp(`^as ${rig.ref()}:mine$`, 'm'));
  assert.match(built(run).pushRef ?? '', /:tilt-[0-9a-f]{16}$/);
});

test(
  'what pushes by itself is known in the cluster by the name that it was told, and is not pushed again',
  PUSH,
  async (t) => {
    const rig = await imageRig(t);
    const script = `${tagBusybox(rig.fresh)} && docker push -q $EXPECTED_REF >/dev/null`;
    const run = await customBuild(t, rig.ref(), script, {
      build: { output: 'local-docker-and-remote' },
      destination: TO_REGISTRY,
    });
    const image = built(run);
    assert.match(image.clusterRef, /^registry\.test:5000\/.*:tilt-build-\d+$/);
    assert.equal(image.localRef, image.clusterRef.replace('registry.test:5000', REGISTRY));
    assert.equal(run.steps.length, 1);
  },
);

test('in a cluster that runs what the engine has, disable_push changes nothing', DOCKER, async (t) => {
  const rig = await imageRig(t);
  const run = await customBuild(t, rig.ref(), tagBusybox(rig.fresh), { build: { output: 'local-docker-and-remote' } });
  assert.match(built(run).clusterRef, /:tilt-[0-9a-f]{16}$/);
});

test('without Docker no engine is asked, not even one that is there', async (t) => {
  const environment = { ...process.env, DOCKER_HOST: 'tcp://127.0.0.1:1' };
  const options = { build: { output: 'remote' } as const, destination: TO_REGISTRY, environment };
  const image = built(await customBuild(t, 'tilt-ts-test/remote', 'true', options));
  assert.match(image.clusterRef, /^registry\.test:5000\/tilt-ts-test_remote:tilt-build-\d+$/);
  assert.equal(image.localRef, image.clusterRef.replace('registry.test:5000', REGISTRY));
});

test('the reference that it writes to a file is taken as it is', PUSH, async (t) => {
  const rig = await imageRig(t);
  const file = path.join(rig.context, 'ref');
  await rig.write('ref', 'of the last time');
  const name = `${REGISTRY}/${rig.ref('odd')}:own`;
  const script = `test ! -e ${file} && test -z "$EXPECTED_REF" && ${tagBusybox(rig.fresh, name)} && echo ${name} > ${file}`;
  const run = await customBuild(t, rig.ref(), script, {
    build: { outputsImageRefTo: file },
    destination: TO_REGISTRY,
  });
  const { localRef, pushRef, clusterRef } = built(run);
  assert.deepEqual([localRef, pushRef, clusterRef], [name, name, name.replace(REGISTRY, 'registry.test:5000')]);
  assert.equal((await readFile(file, 'utf8')).trim(), name);
});

test('images that it depends on are named to it as this machine knows them', async (t) => {
  const bases = [
    { ref: 'shop/base', localRef: 'shop/base:tilt-1', clusterRef: 'c/shop_base:tilt-1' },
    { ref: 'shop/tools', localRef: 'shop/tools:tilt-2', pushRef: 'r/shop_tools:tilt-2', clusterRef: 'c/x:1' },
  ];
  const script = 'echo "$TILT_IMAGE_0 $TILT_IMAGE_1 $TILT_IMAGE_MAP_0 $TILT_IMAGE_MAP_1"';
  const run = await customBuild(t, 'tilt-ts-test/top', script, {
    build: { output: 'remote' },
    image: { dependsOn: ['shop/tools', 'shop/base'] },
    bases,
  });
  built(run);
  assert.match(run.text, /^r\/shop_tools:tilt-2 shop\/base:tilt-1 shop_tools shop_base$/m);
});

test('an image for containers that are only updated is not built', async (t) => {
  const run = await customBuild(t, 'shop/web', 'exit 1', { image: { onlyLiveUpdate: true } });
  assert.deepEqual(built(run), { ref: 'shop/web', localRef: 'shop/web', clusterRef: 'shop/web' });
  assert.deepEqual(run.steps, []);
});

test('a command that fails, or cannot be started', async (t) => {
  const failed = await customBuild(t, 'shop/web', 'echo no such target; exit 3');
  assert.match(failed.text, /^no such target$/m);
  const { kind, message, position } = failureOf(failed);
  assert.equal(kind, 'command');
  assert.equal(message, 'Custom build "echo no such target; exit 3" of image "shop/web" failed: exit status 3');
  assert.ok(position);
  const missing = await customBuild(t, 'shop/web', '', {
    build: { command: { argv: ['no-such-program', 'x'], dir: os.tmpdir(), env: [] } },
  });
  assert.match(failureOf(missing).message, /^Custom build "no-such-program x" .* failed: command not found in PATH$/);
});

test('an image that is not there in the end', DOCKER, async (t) => {
  const { message, details } = failureOf(await customBuild(t, 'tilt-ts-test/nothing', 'true'));
  assert.match(message, /^Custom build "true" left no image "tilt-ts-test\/nothing:tilt-build-\d+" in Docker$/);
  assert.deepEqual(details, [
    'Tag what it builds with the value of EXPECTED_REF.',
    'If it does not use Docker, say skips_local_docker: true.',
  ]);
});

for (const [what, text, reason] of [
  ['no file', undefined, /: it should have written the image's reference to "\/.*\/ref"$/],
  [
    'something else',
    'Not A Reference',
    /: the reference "Not A Reference" in ".*" is invalid: invalid reference format/,
  ],
  ['no tag', 'shop/web', /: the reference "shop\/web" in ".*" has no tag$/],
] as const) {
  test(`a command that writes ${what}`, async (t) => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'custom-build-'));
    t.after(() => rm(dir, { recursive: true, force: true }));
    const outputsImageRefTo = path.join(dir, 'ref');
    const script = text === undefined ? 'true' : `echo '${text}' > ${outputsImageRefTo}`;
    const run = await customBuild(t, 'shop/web', script, { build: { outputsImageRefTo } });
    assert.match(failureOf(run).message, reason);
  });
}

test('a build that is stopped ends its command', async (t) => {
  const abort = new AbortController();
  const run = await customBuild(t, 'shop/web', 'echo running; sleep 1000', {
    signal: abort.signal,
    onText: (text) => {
      if (/^running$/m.test(text)) abort.abort();
    },
  });
  assert.equal(failureOf(run).kind, 'cancelled');
});
