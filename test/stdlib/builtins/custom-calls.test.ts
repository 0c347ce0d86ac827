import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Image } from '../../../stdlib/model/image.ts';
import type { KubernetesResource } from '../../../stdlib/model/resource.ts';
import { resultsOf } from './result-of.ts';

const runner = resultsOf();
after(() => runner.dispose());

const pod = (name: string, image: string, more = {}) =>
  `k8s_yaml(${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, ...more }, spec: { containers: [{ name: 'c', image }] } })});\n`;
const POD = pod('web', 'shop/web');

async function resourcesOf(script: string, files: Record<string, string> = {}): Promise<readonly KubernetesResource[]> {
  const { resources } = await runner.graphOf(script, files);
  return resources.map((resource) => {
    assert.ok(resource.kind === 'kubernetes');
    return resource;
  });
}

async function imageOf(script: string, files: Record<string, string> = {}): Promise<Image> {
  const [resource] = await resourcesOf(`${POD}${script}`, files);
  const image = resource?.images.at(-1);
  assert.ok(image);
  return image;
}

test('custom_build with all that it takes', async () => {
  const image = await imageOf(
    `custom_build('shop/web', ['make', 'web image'], ['web', 'Makefile', 'web'], {
       tag: 'dev', disable_push: true, match_in_env_vars: true, ignore: ['*.md'], entrypoint: 'serve', container_args: [],
       command_bat: 'make.bat', image_deps: ['shop/base', 'shop/base'], env: { B: '2', A: '1' }, dir: 'web',
     });
     docker_build('shop/base', '.', { dockerfile_contents: 'FROM x' });`,
    { 'web/.dockerignore': 'dist\n', Makefile: '' },
  );
  const { folder } = runner;
  assert.deepEqual(image.build, {
    kind: 'command',
    command: { argv: ['make', 'web image'], dir: `${folder}/web`, env: ['A=1', 'B=2'] },
    tag: 'dev',
    output: 'local-docker-and-remote',
    outputsImageRefTo: '',
  });
  assert.deepEqual(image.dependsOn, ['shop/base']);
  assert.deepEqual(
    image.watchPaths,
    ['web', 'Makefile', 'web'].map((name) => `${folder}/${name}`),
  );
  assert.deepEqual(
    image.ignores.map(({ basePath, patterns }) => [basePath.replace(folder, '$DIR'), ...patterns]),
    [['$DIR/Tiltfile.js'], ['$DIR/web', '*.md'], ['$DIR/web', 'dist']],
  );
  assert.deepEqual([image.entrypoint, image.containerArgs, image.matchInEnvVars], [['sh', '-c', 'serve'], [], true]);
});

test('custom_build leaves its image where it is told', async () => {
  const outputOf = async (options: string) => {
    const { build } = await imageOf(`custom_build('shop/web', 'make', [], ${options});`);
    assert.ok(build.kind === 'command');
    return [build.output, build.outputsImageRefTo.replace(runner.folder, '$DIR')];
  };
  assert.deepEqual(await outputOf('{}'), ['local-docker', '']);
  assert.deepEqual(await outputOf('{ skips_local_docker: true, disable_push: true }'), ['remote', '']);
  assert.deepEqual(await outputOf("{ outputs_image_ref_to: 'out/ref' }"), ['local-docker', '$DIR/out/ref']);
});

test('a build that does nothing and has a live update is none', async () => {
  const [resource] = await resourcesOf(
    `${POD}custom_build('shop/web', ':', ['web'], { live_update: sync('web', '/app') });`,
  );
  assert.deepEqual(resource?.deployedImages, []);
  assert.equal(resource?.images[0]?.onlyLiveUpdate, true);
  assert.equal((await imageOf("custom_build('shop/web', ':', ['web']);")).onlyLiveUpdate, undefined);
});

test('custom_build answers something that shows itself and has no members', async () => {
  const printed = await runner.printedBy("print(custom_build('web:dev', 'make', []));");
  assert.equal(printed.split('\n')[0], 'custom_build("docker.io/library/web:dev")');
});

test('k8s_custom_deploy with commands, images, a live update and options', async () => {
  const [resource] = await resourcesOf(
    `docker_build('shop/base', '.', { dockerfile_contents: 'FROM x' });
     docker_build('shop/web', '.', { dockerfile_contents: 'FROM shop/base' });
     k8s_custom_deploy('web', './up', ['./down', 'web'], ['chart'], {
       apply_dir: 'ops', apply_env: { A: '1' }, delete_env: { B: '2' }, image_deps: ['shop/web'], container_selector: 'main',
       live_update: [fall_back_on('chart/x'), sync('chart/src', '/src')],
     });
     k8s_resource('web', { port_forwards: 8080, pod_readiness: 'ignore' });`,
    { 'chart/.git/HEAD': '' },
  );
  assert.ok(resource?.customDeploy);
  const { folder } = runner;
  const { apply, delete: remove, watchPaths, ignores } = resource.customDeploy;
  assert.deepEqual(apply, { argv: ['sh', '-c', './up'], dir: `${folder}/ops`, env: ['A=1'] });
  assert.deepEqual(remove, { argv: ['./down', 'web'], dir: folder, env: ['B=2'] });
  assert.deepEqual(watchPaths, [`${folder}/chart`]);
  assert.deepEqual(
    ignores.map(({ basePath, patterns }) => [basePath.replace(folder, '$DIR'), ...patterns]),
    [['$DIR', 'chart/src', 'chart/x'], ['$DIR/chart/.git']],
  );
  assert.deepEqual(resource.objects, []);
  assert.deepEqual(
    resource.images.map(({ ref }) => ref),
    ['shop/base', 'shop/web', 'k8s_custom_deploy:web'],
  );
  assert.deepEqual(resource.deployedImages, ['shop/web']);
  assert.equal(resource.images[2]?.liveUpdate?.containerName, 'main');
  assert.equal(resource.podReadiness, 'ignore');
  assert.equal(resource.portForwards[0]?.localPort, 8080);
});

test('an image selector is the image whose containers are updated', async () => {
  const [resource] = await resourcesOf(
    "k8s_custom_deploy('web', 'up', 'down', ['src'], { image_selector: 'shop/web', live_update: sync('src', '/src') });",
  );
  const [image] = resource?.images ?? [];
  assert.equal(image?.ref, 'shop/web');
  assert.equal(image.onlyLiveUpdate, true);
  assert.equal(image.liveUpdate?.containerName, '');
});

const ENGINE = { apiVersion: 'zoo.dev/v1', kind: 'Engine', metadata: { name: 'v8' } };
const engine = (spec: object) => `k8s_yaml(${JSON.stringify({ ...ENGINE, spec })});\n`;
const IMAGES = ['a', 'b']
  .map((name) => `docker_build('zoo/${name}', '.', { dockerfile_contents: 'FROM x' });\n`)
  .join('');

test('k8s_kind and k8s_image_json_path say where images are', async () => {
  const [resource] = await resourcesOf(
    `${IMAGES}k8s_kind('engine', { api_version: 'zoo', image_json_path: ['{.spec.image}', '{.spec.more[*]}'] });
     ${engine({ image: 'zoo/a:1', more: ['zoo/b', 'zoo/c'] })}`,
  );
  assert.equal(resource?.name, 'v8');
  assert.deepEqual(resource.deployedImages, ['zoo/a', 'zoo/b']);
  assert.deepEqual(
    resource.imageLocators.map(({ path, selector }) => [path, selector.kind, selector.apiVersion]),
    [
      ['{.spec.image}', 'engine', 'zoo'],
      ['{.spec.more[*]}', 'engine', 'zoo'],
    ],
  );
  const [byName] = await resourcesOf(
    `${IMAGES}k8s_image_json_path('{.spec.image}', { name: '^v\\\\d$', namespace: 'default' });${engine({ image: 'zoo/a' })}`,
  );
  assert.deepEqual(byName?.deployedImages, ['zoo/a']);
});

test('fields that a built-in kind could have and has not are empty; keys of maps, and other fields, are missing', async () => {
  const path = (text: string) =>
    `${IMAGES}${pod('web', 'zoo/a')}k8s_image_json_path(${JSON.stringify(text)}, { name: 'web' });`;
  const deployed = async (text: string) => (await resourcesOf(path(text)))[0]?.deployedImages;
  assert.deepEqual(await deployed("{.spec.containers[*].env[?(@.name=='IMAGE')].value}"), ['zoo/a']);
  assert.deepEqual(await deployed('{.spec.volumes[*].image.reference}'), ['zoo/a']);
  assert.match(await runner.refusalOf(path('{.metadata.labels.image}')), /: image is not found$/);
  assert.match(await runner.refusalOf(path('{.spec.nosuch}')), /: nosuch is not found$/);
  assert.match(
    await runner.refusalOf(path('{.spec.nodeName}')),
    /error parsing image '' at json path '\{\.spec\.nodeName\}': invalid reference format$/,
  );
});

test('k8s_kind takes images in two fields, and says when objects are ready', async () => {
  const [resource] = await resourcesOf(
    `${IMAGES}k8s_kind('Engine', { image_object: { json_path: '{.spec}', repo_field: 'repo', tag_field: 'tag' }, pod_readiness: 'ignore' });
     ${engine({ repo: 'zoo/a', tag: 'x' })}`,
  );
  assert.deepEqual(resource?.deployedImages, ['zoo/a']);
  assert.equal(resource.podReadiness, 'ignore');
  assert.deepEqual(
    resource.podMakers?.map(({ kind }) => kind),
    ['Engine'],
  );
});

test('workload_to_resource_function names resources, and what it is given shows itself', async () => {
  const script = `workload_to_resource_function((id) => { print(id); return id.namespace + '.' + id.name + '.' + id.kind + '.' + id.group; });
    ${pod('web', 'x', { namespace: 'shop' })}${engine({})}k8s_kind('Engine');`;
  assert.deepEqual(
    (await resourcesOf(script)).map(({ name }) => name),
    ['shop.web.Pod.', 'default.v8.Engine.zoo.dev'],
  );
  assert.match(await runner.printedBy(script), /^web:pod:shop:\nv8:engine:default:zoo\.dev\n/);
});

test('images that another image is built on are not missed on their own', async () => {
  const [warning = ''] = await runner.warningsOf(
    `${POD}docker_build('shop/a', '.', { dockerfile_contents: 'FROM shop/base' });
     custom_build('shop/base', 'make', []);`,
  );
  assert.match(warning, /✕ shop\/a\n/);
  assert.doesNotMatch(warning, /✕ shop\/base/);
});

const LONG_KIND = "Expected dict of the form {'json_path': str, 'repo_field': str, 'tag_field': str}";
for (const [script, message] of [
  ["custom_build('a b', 'x', [])", `Argument 1 (ref): can't parse "a b": invalid reference format`],
  ["custom_build('a', '', [])", "Argument 2 (command) can't be empty"],
  ["custom_build('a', [], [])", "Argument 2 (command) can't be empty"],
  [
    "custom_build('a', 1, [])",
    'Argument 2 (command): a command must be a string or list of strings. found starlark.Int',
  ],
  [
    "custom_build('a', ['x', 1], [])",
    "Argument 2 (command): a command must be a string or a list of strings: '1' is a starlark.Int, not a string",
  ],
  ["custom_build('a', 'x')", 'custom_build: missing argument for deps'],
  [
    "custom_build('a', 'x', [1])",
    'custom_build: for parameter deps: unpacking list item at index 0: expected path | string. Actual type: starlark.Int',
  ],
  [
    "custom_build('a', 'x', [], { tag: 't', outputs_image_ref_to: 'f' })",
    'Cannot specify both tag= and outputs_image_ref_to=',
  ],
  [
    "custom_build('a', 'x', [], { container_args: [1] })",
    "Argument 'container_args': '1' is a starlark.Int, not a string",
  ],
  [
    "custom_build('a', 'x', [], { image_deps: ['a b'] })",
    'custom_build: for parameter "image_deps": must be a valid image reference: invalid reference format',
  ],
  [
    "custom_build('a', 'x', [], { image_deps: 'b' })",
    'custom_build: for parameter "image_deps": value should be a List or Tuple of strings, but is of type string',
  ],
  [
    "custom_build('a', 'x', [], { image_deps: [1] })",
    'custom_build: for parameter "image_deps": value should contain only strings, but element "1" was of type int',
  ],
  ["custom_build('fe', 'x', [], { image_deps: ['base'] })", 'image "fe": image dep "base" not found'],
  [
    `${POD}custom_build('shop/web', 'x', [], { image_deps: ['shop/web'] })`,
    'getting image build info for web: Image dependency cycle: docker.io/shop/web (shop/web -> shop/web)',
  ],
  [
    "custom_build('a', 'x', []); docker_build('a', '.', { dockerfile_contents: 'FROM x' })",
    'Image for ref "a" has already been defined',
  ],
  ["custom_build('a', 'x', []).tag", 'TypeError: custom_build has no .tag field or method'],
  ["k8s_custom_deploy('a', '', 'x', [])", 'k8s_custom_deploy: apply_cmd cannot be empty'],
  ["k8s_custom_deploy('a', 'x', [], [])", 'k8s_custom_deploy: delete_cmd cannot be empty'],
  [
    "k8s_custom_deploy('a', 1, 'x', [])",
    'apply_cmd: a command must be a string or list of strings. found starlark.Int',
  ],
  [
    "k8s_custom_deploy('a', 'x', 1, [])",
    'delete_cmd: a command must be a string or list of strings. found starlark.Int',
  ],
  ["k8s_custom_deploy('a/b', 'x', 'y', [])", `invalid value "a/b": may not contain '/'`],
  [
    "k8s_custom_deploy('a', 'x', 'y', [], { image_deps: ['image-a'] })",
    'resource "a": image build "image-a" not found',
  ],
  [
    "k8s_custom_deploy('a', 'x', 'y', []); k8s_custom_deploy('a', 'x', 'y', [])",
    'error making resource for a: k8s_resource named "a" already exists',
  ],
  [
    "local_resource('a', 'x'); k8s_custom_deploy('a', 'x', 'y', [])",
    'error making resource for a: local_resource named "a" already exists',
  ],
  ["k8s_custom_deploy('a', 'x', 'y', []); local_resource('a', 'x')", 'k8s_resource named "a" already exists'],
  [
    "k8s_custom_deploy('a', 'x', 'y', ['s'], { live_update: sync('s', '/s') })",
    'k8s_custom_deploy: no Live Update selector specified',
  ],
  [
    "k8s_custom_deploy('a', 'x', 'y', ['s'], { live_update: sync('s', '/s'), image_selector: 'i', container_selector: 'c' })",
    'k8s_custom_deploy: cannot specify more than one Live Update selector',
  ],
  [
    "k8s_custom_deploy('a', 'x', 'y', ['s'], { live_update: sync('s', '/s'), image_selector: 'A' })",
    `can't parse "A": invalid reference format: repository name (library/A) must be lowercase`,
  ],
  ["k8s_kind('Engine', '{.spec.image}')", 'k8s_kind: got 2 arguments, want at most 1'],
  ["k8s_kind('Engine(')", 'error parsing kind regexp: error parsing regexp: missing closing ): `(?i)Engine(`'],
  [
    "k8s_kind('Engine', { api_version: '[' })",
    'error parsing apiVersion regexp: error parsing regexp: missing closing ]: `[`',
  ],
  ["k8s_kind('Engine', { image_json_path: '{.spec' })", 'unclosed action'],
  [
    "k8s_kind('Engine', { image_json_path: ['{.a}', 2] })",
    'k8s_kind: for parameter "image_json_path": Expected string, got: 2',
  ],
  ["k8s_kind('Engine', { image_object: 'x' })", `k8s_kind: for parameter "image_object": ${LONG_KIND}. Actual: "x"`],
  [
    "k8s_kind('Engine', { image_object: { json_path: '{.a}', x: '1' } })",
    `k8s_kind: for parameter "image_object": ${LONG_KIND}: Unexpected key: "x"`,
  ],
  [
    "k8s_kind('Engine', { image_object: { json_path: 1 } })",
    `k8s_kind: for parameter "image_object": ${LONG_KIND}: Expected string at key "json_path". Got: int`,
  ],
  [
    "k8s_kind('Engine', { image_object: { json_path: '{.a}' } })",
    `k8s_kind: for parameter "image_object": ${LONG_KIND}: Missing keys. Actual keys: ["json_path"]`,
  ],
  ["k8s_image_json_path('{.a}', { api_version: 'v1' })", 'at least one of kind, name, or namespace must be specified'],
  ["k8s_image_json_path('{.a[x]}', { kind: 'Engine' })", 'invalid array index x'],
  [
    `k8s_kind('Engine', { image_json_path: '{.spec.image}' });${engine({})}`,
    'finding image in Engine/v8: Matching (json_path="{.spec.image}"): image is not found',
  ],
  [
    `k8s_kind('Engine', { image_json_path: '{.spec.image}' });${engine({ image: { a: 1 } })}`,
    'finding image in Engine/v8: May only match strings (json_path="{.spec.image}")\nGot Type: map[string]interface {}\nGot Value: map[a:%!s(int64=1)]',
  ],
  [
    `k8s_kind('Engine', { image_json_path: '{.spec.image}' });${engine({ image: 'a b' })}`,
    "finding image in Engine/v8: error parsing image 'a b' at json path '{.spec.image}': invalid reference format",
  ],
  [
    `k8s_kind('Engine', { image_object: { json_path: '{.spec.image}', repo_field: 'r', tag_field: 't' } });${engine({ image: 'x' })}`,
    'finding image in Engine/v8: May only match maps (json_path="{.spec.image}")\nGot Type: string\nGot Value: x',
  ],
  [
    `k8s_kind('Engine', { image_object: { json_path: '{.spec.image}', repo_field: 'r', tag_field: 't' } });${engine({ image: {} })}`,
    'finding image in Engine/v8: invalid reference format',
  ],
  [
    "workload_to_resource_function('x')",
    'workload_to_resource_function: for parameter func: got string, want function',
  ],
  [
    'workload_to_resource_function(() => "x")',
    'TypeError: workload_to_resource_function arg must take 1 argument. lambda takes 0',
  ],
  [
    'function two(a, b) {}\nworkload_to_resource_function(two)',
    'TypeError: workload_to_resource_function arg must take 1 argument. two takes 2',
  ],
  [
    `workload_to_resource_function(function name(id) { return 1; });${POD}`,
    "error applying workload_to_resource_function: error determining resource name for 'web:pod:default:': name: invalid return value. wanted: string. got: starlark.Int",
  ],
  [
    `workload_to_resource_function((id) => id.nosuch);${POD}`,
    "error applying workload_to_resource_function: error determining resource name for 'web:pod:default:': TypeError: tiltfile.k8sObjectID has no attribute 'nosuch'",
  ],
  [
    `workload_to_resource_function((id) => 'all');${POD}${pod('api', 'x')}`,
    "error applying workload_to_resource_function: both 'api:pod:default:' and 'web:pod:default:' mapped to resource name 'all'",
  ],
  [`workload_to_resource_function((id) => 'a/b');${POD}`, `invalid value "a/b": may not contain '/'`],
] as const) {
  test(`refused: ${script.replace(POD, '').slice(0, 110)}`, async () => {
    assert.equal(await runner.refusalOf(script), message);
  });
}
