import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Image } from '../../../stdlib/model/image.ts';
import { resultsOf } from './result-of.ts';

const runner = resultsOf();
after(() => runner.dispose());

const POD = `k8s_yaml({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'c', image: 'shop/web' }] } });\n`;
const build = (steps: string, context = '.') =>
  `${POD}docker_build('shop/web', '${context}', { dockerfile_contents: 'FROM x', live_update: ${steps} });`;

async function imageOf(script: string, files: Record<string, string> = {}): Promise<Image> {
  const graph = await runner.graphOf(script, files);
  const [resource] = graph.resources;
  assert.ok(resource?.kind === 'kubernetes' && resource.images[0]);
  return resource.images.at(-1) as Image;
}

test('all steps in their order come to one live update, relative to the folder of the Tiltfile', async () => {
  const { liveUpdate, onlyLiveUpdate } = await imageOf(
    build(`[
      initial_sync(),
      fall_back_on(['package.json', './lib/']),
      sync('src', '/app/src'),
      sync('./', '/app'),
      run('  npm ci  ', { trigger: 'package.json' }),
      run(['touch', 'a b'], { trigger: ['a', 'b'], echo_off: true }),
    ]`),
  );
  const { basePath, ...rest } = liveUpdate ?? { basePath: '' };
  assert.equal(basePath, runner.folder);
  assert.deepEqual(rest, {
    stopPaths: ['package.json', 'lib'],
    syncs: [
      { localPath: 'src', containerPath: '/app/src' },
      { localPath: '.', containerPath: '/app' },
    ],
    runs: [
      { argv: ['sh', '-c', 'npm ci'], triggers: ['package.json'], echoOff: false },
      { argv: ['touch', 'a b'], triggers: ['a', 'b'], echoOff: true },
    ],
    restart: false,
    initialSync: true,
    containerName: '',
  });
  assert.equal(onlyLiveUpdate, undefined);
});

test('one step needs no list; steps can be kept and used twice; no steps are no live update', async () => {
  assert.equal((await imageOf(build("sync('src', '/src')"))).liveUpdate?.syncs.length, 1);
  const shared = `const steps = [sync('src', '/src')];\n${build('steps')}
    docker_build('shop/other', '.', { dockerfile_contents: 'FROM x', live_update: [...steps, run('make')] });`;
  assert.equal((await imageOf(shared)).liveUpdate?.syncs.length, 1);
  assert.equal((await imageOf(build('[]'))).liveUpdate, undefined);
  assert.equal((await imageOf(build('null'))).liveUpdate, undefined);
});

test('a helper that makes steps in a loop is used as soon as one of them is', async () => {
  const script = `const step = (name) => sync(name, '/' + name);\nconst all = ['a', 'b'].map(step);\n${build('all')}`;
  assert.equal((await imageOf(script)).liveUpdate?.syncs.length, 2);
});

test('steps show themselves', async () => {
  const printed = await runner.printedBy(
    `const steps = [initial_sync(), fall_back_on(['a', 'b']), sync('src', '/src'), run(['a', 'b c'], { trigger: ['x', 'y'] })];
     for (const step of steps) print(step);
     print(String(steps[2]), [restart_container()]);
     ${build('steps')}
     docker_build('shop/b', '.', { dockerfile_contents: 'FROM x', live_update: [sync('b', '/b'), restart_container()] });`,
  );
  assert.deepEqual(printed.split('\n').slice(0, 5), [
    'initial_sync step',
    "fall_back_on step: [$DIR/a $DIR/b]'",
    "sync step: '$DIR/src'->'/src'",
    'run step: "a \\"b c\\"" (triggers: x; y)',
    "sync step: '$DIR/src'->'/src' [restart_container step]",
  ]);
});

for (const [script, message] of [
  [
    build("[sync('a', '/a'), initial_sync()]"),
    'live_update: initial_sync must appear at most once, at the start of the list',
  ],
  [
    build("[initial_sync(), initial_sync(), sync('a', '/a')]"),
    'live_update: initial_sync must appear at most once, at the start of the list',
  ],
  [
    build("[fall_back_on('a'), initial_sync(), sync('a', '/a')]"),
    'live_update: initial_sync must appear at most once, at the start of the list',
  ],
  [
    build("[sync('a', '/a'), fall_back_on('b')]"),
    'live_update: fall_back_on steps must appear at the start of the list',
  ],
  [build("[sync('a', '/a'), run('x'), sync('b', '/b')]"), 'live_update: all sync steps must precede all run steps'],
  [build("[run('x'), restart_container(), run('y')]"), 'live_update: restart container is only valid as the last step'],
  [
    build("[sync('a', '/a'), restart_container(), sync('b', '/b')]"),
    'live_update: restart container is only valid as the last step',
  ],
  [
    build('[restart_container()]'),
    'live_update: spec.syncs: Invalid value: null: must contain at least 1 sync or 1 exec to run on live update',
  ],
  [
    build("[sync('a', 'a'), sync('b', '')]"),
    'live_update: [spec.syncs[0]: Invalid value: "a": sync destination is not absolute, spec.syncs[1]: Invalid value: "": sync destination is not absolute]',
  ],
  [
    build("[sync('a', '/a'), 'quu']"),
    `live_update: 'steps' must be a list of live update steps - got value '"quu"' of type 'string'`,
  ],
  ['run(42)', 'a command must be a string or list of strings. found starlark.Int'],
  [
    "run('bar', { trigger: ['a', 4] })",
    "run cmd 'bar' triggers contained value '4' of type 'int'. it may only contain strings",
  ],
  [
    'fall_back_on(4)',
    'fall_back_on: for parameter paths: value should be a string or List or Tuple of strings, but is of type int',
  ],
  [
    "fall_back_on(['a', 4])",
    'fall_back_on: for parameter paths: unpacking list item at index 1: expected path | string. Actual type: starlark.Int',
  ],
  ["sync('a', 4)", 'sync: for parameter remote_path: got int, want string'],
  ["initial_sync('a')", 'initial_sync: got 1 arguments, want at most 0'],
  ['restart_container(1)', 'restart_container: got 1 arguments, want at most 0'],
  [
    `sync('a', '/a');\nrestart_container();`,
    "found 2 live_update steps that were created but not used in a live_update:\n$DIR/Tiltfile.js:1:1: value 'sync step: '$DIR/a'->'/a'' of type 'live_update_sync_step'\n\t$DIR/Tiltfile.js:2:1: value 'restart_container step' of type 'live_update_restart_container_step'",
  ],
  [
    build("[sync('../lib', '/lib')]", 'web'),
    "sync step source '$OUT/lib' is not a child of any watched filepaths ([$DIR/web])",
  ],
  [
    build("[sync('web-assets', '/a')]", 'web'),
    "sync step source '$DIR/web-assets' is not a child of any watched filepaths ([$DIR/web])",
  ],
  [
    build("[fall_back_on('package.json'), sync('web/src', '/src')]", 'web'),
    "fall_back_on paths '$DIR/package.json' is not a child of any watched filepaths ([$DIR/web])",
  ],
] as const) {
  test(`refused: ${script.replace(POD, '').slice(0, 110)}`, async () => {
    assert.equal(await runner.refusalOf(script, { 'web/src/a': '' }), message);
  });
}

test('restart_container is refused for each resource in the cluster that has it', async () => {
  const message = await runner.refusalOf(build("[sync('a', '/a'), restart_container()]"));
  assert.match(message, /^Found `restart_container\(\)` LiveUpdate step in resource\(s\): \[web\]\. /);
});

test('a sync may come from the context of a base; an image that is not deployed may sync from anywhere', async () => {
  const base = "docker_build('shop/base', 'base', { dockerfile_contents: 'FROM x' });\n";
  const { dependsOn } = await imageOf(
    `${base}${POD}docker_build('shop/web', 'web', { dockerfile_contents: 'FROM shop/base', live_update: [sync('base/lib', '/lib')] });`,
    { 'web/a': '', 'base/lib/a': '' },
  );
  assert.deepEqual(dependsOn, ['shop/base']);
  await runner.graphOf(
    `${POD}docker_build('shop/web', 'web', { dockerfile_contents: 'FROM shop/base' });
     docker_build('shop/base', 'base', { dockerfile_contents: 'FROM x', live_update: [sync('elsewhere', '/lib')] });`,
    { 'web/a': '', 'base/a': '' },
  );
});
