import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

const pod = (name: string, image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image }] },
});
const POD = `k8s_yaml(${JSON.stringify(pod('web', 'shop/web'))});\n`;

async function graphOf(script: string, files: Record<string, string> = {}): Promise<Graph> {
  const { outcome } = await runner.run({ 'Tiltfile.js': script, ...files });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.result.graph;
}

async function refusalOf(script: string, files: Record<string, string> = {}): Promise<string> {
  const { outcome, folder } = await runner.run({ 'Tiltfile.js': script, ...files });
  assert.ok(!outcome.ok, 'the script was not refused');
  assert.ok(outcome.failure.position, 'the failure has no place');
  return outcome.failure.message.replaceAll(folder, '$DIR');
}

async function web(script: string, files: Record<string, string> = {}) {
  const graph = await graphOf(`${POD}${script}`, files);
  const [resource] = graph.resources;
  assert.ok(resource?.kind === 'kubernetes');
  return resource;
}

for (const [script, message] of [
  [
    "docker_build('Shop/Web', '.')",
    `Argument 1 (ref): can't parse "Shop/Web": invalid reference format: repository name (Web) must be lowercase`,
  ],
  ["docker_build('a', 'no')", 'error reading dockerfile: open $DIR/no/Dockerfile: no such file or directory'],
  [
    "docker_build('a', '.', { dockerfile: 'D', dockerfile_contents: 'FROM x' })",
    'Cannot specify both dockerfile and dockerfile_contents keyword arguments',
  ],
  ["docker_build('a', '.', { dockerfile_contents: 1 })", 'Argument (dockerfile_contents): must be string or blob.'],
  [
    "docker_build('a', '.', { dockerfile_contents: 'FROM x', only: 'a/*' })",
    "'only' does not support '*' file globs. Must be a real path: a/*",
  ],
  [
    "docker_build('a', '.', { dockerfile_contents: 'FROM x', ignore: 'a\\nb' })",
    'ignore cannot contain newlines; found ignore: "a\\nb"',
  ],
  [
    "docker_build('a', '.', { dockerfile_contents: 'FROM x', extra_tag: 'b:c d' })",
    'Argument extra_tag="b:c d" not a valid image reference: invalid reference format',
  ],
  [
    "docker_build('a', '.', { dockerfile_contents: 'FROM x', container_args: [1] })",
    "Argument 'container_args': '1' is a starlark.Int, not a string",
  ],
  [
    "docker_build('a', '.', { dockerfile_contents: 'FROM x', live_update: [1] })",
    "live_update: 'steps' must be a list of live update steps - got value '1' of type 'int'",
  ],
  [
    "docker_build('a', '.', { dockerfile_contents: 'FROM x' }); docker_build('docker.io/library/a', '.', { dockerfile_contents: 'FROM x' })",
    'Image for ref "a" has already been defined',
  ],
  [
    "docker_build('a', '.', { dockerfile: 7 })",
    'docker_build: for parameter "dockerfile": expected path | string. Actual type: starlark.Int',
  ],
  ["default_registry('')", 'validating defaultRegistry: host: Required value'],
  ["default_registry('a.io'); default_registry('b.io')", 'default registry already defined'],
  [
    "default_registry('a.io', 'not a host')",
    'validating defaultRegistry: hostFromContainerRuntime: Invalid value: "not a host": invalid reference format',
  ],
  // What looks like a user of Docker Hub, or has a longer name there, is no registry.
  [
    "default_registry('team')",
    'validating defaultRegistry: host: Invalid value: "team": repository name must be canonical',
  ],
  [
    "default_registry('docker.io')",
    'validating defaultRegistry: host: Invalid value: "docker.io": repository name must be canonical',
  ],
  [
    "default_registry('', { host_from_cluster: 'inside' })",
    'validating defaultRegistry: [host: Required value, hostFromContainerRuntime: Invalid value: "inside": repository name must be canonical]',
  ],
  [
    "k8s_yaml(blob('{apiVersion: v1, kind: Secret, metadata: {name: key}, data: {token: plain}}'))",
    'Error reading yaml from Tiltfile blob() call: decoding Secret "key": illegal base64 data at input byte 4 in data.token: plain text belongs into stringData',
  ],
  [
    "allow_k8s_contexts(['a', 1])",
    'allow_k8s_contexts contexts must be a string or a sequence of strings; found a starlark.Int',
  ],
  ['k8s_yaml(null)', 'Empty YAML passed to k8s_yaml'],
  ["k8s_yaml(blob('# nothing'))", 'Empty YAML passed to k8s_yaml'],
  ["k8s_yaml('no.yaml')", 'error reading yaml file: open $DIR/no.yaml: no such file or directory'],
  ['k8s_yaml([[]])', 'expected path | string. Actual type: *starlark.List'],
  ["k8s_yaml({ kind: 'Pod' })", `decoding Pod "": Object 'apiVersion' is missing in '{"kind":"Pod"}'`],
  ["k8s_yaml(blob('- a'))", 'Error reading yaml from Tiltfile blob() call: expected a Kubernetes object, got a list'],
  [
    "k8s_yaml({ apiVersion: 'v1', kind: 'Pod', spec: { containers: 3 } })",
    'decoding Pod "": spec.containers must be a list, not number 3',
  ],
  [
    `${POD}${POD}`,
    'Duplicate YAML: Pod web\nIgnore this error with k8s_yaml(..., { allow_duplicates: true })\nYAML originally registered at: $DIR/Tiltfile.js:1:1',
  ],
  [
    'k8s_resource()',
    'Resource name missing. Must give a name for an existing resource or a new_name to create a new resource.',
  ],
  [
    "k8s_resource({ new_name: 'a' })",
    "k8s_resource doesn't specify a workload or any objects. All non-workload resources must specify 1 or more objects",
  ],
  [
    "k8s_resource('web', { port_forwards: 70000 })",
    'k8s_resource "web": portForward port value 70000 is not in the valid range [0-65535]',
  ],
  [
    "k8s_resource('web', { port_forwards: '80:http' })",
    'k8s_resource "web": portForward port value "http" is not in the valid range [0-65535]',
  ],
  [
    "k8s_resource('web', { port_forwards: 'a_b:80:80' })",
    'k8s_resource "web": portForward host value "a_b" is not a valid hostname or IP address',
  ],
  [
    "k8s_resource('web', { port_forwards: [80, null] })",
    'k8s_resource "web": port_forwards arg [80, None] includes element None which must be an int or a port_forward; is a starlark.NoneType',
  ],
  [
    "k8s_resource('web', { pod_readiness: 'ready' })",
    'k8s_resource: for parameter "pod_readiness": Invalid value. Allowed: {ignore, wait}. Got: ready. For what ends by itself also: succeeded',
  ],
  [
    "k8s_resource('web', { discovery_strategy: 'x' })",
    'k8s_resource: for parameter "discovery_strategy": Invalid. Must be one of: "default", "selectors-only"',
  ],
  ["k8s_resource('web', { extra_pod_selectors: ['x'] })", 'pod labels elements must be dicts; got starlark.String'],
  [
    "k8s_resource('web', { extra_pod_selectors: { a: 1 } })",
    "pod label values must be strings; got '1' of type starlark.Int",
  ],
  ["k8s_resource('web', { objects: ['a', 1] })", "k8s_resource: objects: '1' is a starlark.Int, not a string"],
  [
    "k8s_resource('web', { port_forward: 1 })",
    'k8s_resource: unexpected keyword argument "port_forward" (did you mean port_forwards?)',
  ],
  [`${POD}k8s_resource('wob')`, 'k8s_resource specified unknown resource "wob". known k8s resources: web'],
] as const) {
  test(`refused: ${script.slice(0, 100)}`, async () => assert.equal(await refusalOf(script), message));
}

test('docker_build reads its Dockerfile and takes all that describes a build', async () => {
  const resource = await web(
    `docker_build('shop/web', 'src', {
      dockerfile: 'docker/Dockerfile', build_args: { A: '1' }, target: 't', platform: 'linux/arm64', network: 'host', pull: true,
      extra_tag: 'shop/web:x', cache_from: ['c'], secret: 'id=a', ssh: ['default'], extra_hosts: 'h:1.2.3.4',
      entrypoint: '/run it', container_args: ['x'], match_in_env_vars: true, ignore: 'docs', only: ['lib'],
    });`,
    { 'docker/Dockerfile': 'FROM scratch\n', 'src/x': '' },
  );
  const [image] = resource.images;
  assert.ok(image?.build.kind === 'docker');
  const { contextIgnores, context: _, dockerfilePath: __, ...build } = image.build;
  assert.deepEqual(build, {
    kind: 'docker',
    dockerfile: 'FROM scratch\n',
    buildArgs: { A: '1' },
    target: 't',
    platform: 'linux/arm64',
    extraTags: ['shop/web:x'],
    secrets: ['id=a'],
    sshAgents: ['default'],
    cacheFrom: ['c'],
    extraHosts: ['h:1.2.3.4'],
    network: 'host',
    pull: true,
  });
  assert.deepEqual(
    contextIgnores.slice(1).map(({ patterns }) => patterns),
    [['docs'], ['**', '!lib']],
  );
  assert.deepEqual(image.entrypoint, ['sh', '-c', '/run it']);
  assert.deepEqual(image.containerArgs, ['x']);
  assert.equal(image.matchInEnvVars, true);
});

test('k8s_yaml takes files, blobs, objects and lists of these', async () => {
  const graph = await graphOf(
    `k8s_yaml('a.yaml');
     k8s_yaml(['b.yaml', blob('apiVersion: v1\\nkind: Secret\\nmetadata: {name: c}'), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'd' } }]);
     k8s_yaml({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'e' } }] });
     k8s_yaml({ yaml: 'empty.yaml' });
     k8s_yaml('a.yaml', { allow_duplicates: true });`,
    {
      'a.yaml':
        '---\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\n--- # more\napiVersion: v1\nkind: Secret\nmetadata: {name: aa}\n',
      'b.yaml': '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b"}}',
      'empty.yaml': '# nothing\n',
    },
  );
  const [rest] = graph.resources;
  assert.ok(rest?.kind === 'kubernetes');
  assert.deepEqual(
    rest.objects.map(({ name }) => name),
    ['a', 'aa', 'b', 'c', 'd', 'e', 'a', 'aa'],
  );
});

test('k8s_resource takes port forwards of every form', async () => {
  const { portForwards } = await web(
    `k8s_resource('web', { port_forwards: [1, '2', '3:4', '127.0.0.2:5:6', port_forward(7, 8, { name: 'n', link_path: '/x?y=1', host: 'h' })] });`,
  );
  const forward = (localPort: number, containerPort: number, more = {}) => ({
    localPort,
    containerPort,
    host: '',
    name: '',
    linkPath: '',
    ...more,
  });
  assert.deepEqual(portForwards, [
    forward(1, 0),
    forward(2, 0),
    forward(3, 4),
    forward(5, 6, { host: '127.0.0.2' }),
    forward(7, 8, { host: 'h', name: 'n', linkPath: 'x?y=1' }),
  ]);
});

const kubeconfig = (cluster: string) =>
  JSON.stringify({
    'current-context': 'mine',
    contexts: [{ name: 'mine', context: { cluster, user: 'u', namespace: 'team' } }],
    clusters: [{ name: cluster, cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'u' }],
  });

test('the context and the namespace can be asked for', async () => {
  const files = { '.kube/config': kubeconfig('kind') };
  const { printed } = await runner.run({ 'Tiltfile.js': 'print(k8s_context(), k8s_namespace())', ...files });
  assert.equal(printed.trim(), 'mine team');
  const none = await runner.run({ 'Tiltfile.js': 'print([k8s_context(), k8s_namespace()])' });
  assert.equal(none.printed.trim(), '["", ""]');
});

test('a cluster that could be production is refused until the Tiltfile allows it', async () => {
  const files = { '.kube/config': kubeconfig('live') };
  const stop = await runner.run({ 'Tiltfile.js': POD, ...files });
  assert.ok(!stop.outcome.ok);
  assert.match(stop.outcome.failure.message, /^Stop! mine might be production\.\n.*\n\tallow_k8s_contexts\('mine'\)\n/);
  assert.match(await refusalOf("local('true')", files), /^Refusing to run 'local' because mine might be a production/);
  await graphOf(`${POD}allow_k8s_contexts('mine');`, files);
  await graphOf("allow_k8s_contexts(k8s_context()); local('true', { quiet: true });", files);
  await graphOf(POD, { '.kube/config': kubeconfig('minikube') });
});

test('default_registry is for the whole graph', async () => {
  const { cluster } = await graphOf(
    "default_registry('127.0.0.1:5000', { host_from_cluster: 'registry:5000', single_name: 'all' })",
  );
  assert.deepEqual(cluster.defaultRegistry, {
    host: '127.0.0.1:5000',
    hostFromCluster: 'registry:5000',
    singleName: 'all',
  });
});
