import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { kindConfig } from '../../../runtime/clusters/kind.ts';
import { reachedFromHere, remoteHost } from '../../../runtime/clusters/remote-engine.ts';
import { isForgotten, parseClusterName, ThrowAwayClusters } from '../../../runtime/clusters/throw-away.ts';
import { makeProject } from '../../support/program.ts';

interface Rig {
  readonly folder: string;
  readonly clusters: ThrowAwayClusters;
  /** What was run, without the programs' own words. */
  calls(): readonly string[];
  /** What was made in the cluster. */
  readonly made: unknown[];
}

/** Stands in for kind and Docker: their commands are written down, the cluster is a server that knows one object. */
async function rig(t: TestContext, answers: { readonly kind?: string; readonly docker?: string } = {}): Promise<Rig> {
  const made: unknown[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"reason":"NotFound"}');
      return;
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      made.push(JSON.parse(text));
      response.writeHead(201, { 'Content-Type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const folder = makeProject(t, {});
  const log = path.join(folder, 'calls');
  writeFileSync(log, '');
  const kubeconfig = `apiVersion: v1
kind: Config
current-context: kind-x
clusters: [{name: c, cluster: {server: "http://127.0.0.1:${port}"}}]
contexts: [{name: kind-x, context: {cluster: c, user: u}}]
users: [{name: u, user: {}}]`;
  const script = (name: string, body: string): void => {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >>"${log}"\n${body}`);
    chmodSync(file, 0o755);
  };
  script(
    'kind',
    `${answers.kind ?? ''}
case "$1 $2" in
  'create cluster') while [ $# -gt 0 ]; do [ "$1" = --kubeconfig ] && file=$2; shift; done; cat >/dev/null; cat >"$file" <<'END'
${kubeconfig}
END
  ;;
  'get nodes') echo x-control-plane ;;
  'get kubeconfig') echo 'from kind' ;;
esac`,
  );
  script(
    'docker',
    `${answers.docker ?? ''}
case "$1" in
  port) echo '127.0.0.1:49321' ;;
  ps) echo abc123 ;;
  exec) cat >>"${log}" ;;
esac`,
  );
  const tool = {
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, DOCKER_HOST: '' },
    dir: folder,
    signal: new AbortController().signal,
    output: () => {},
  };
  return {
    folder,
    clusters: new ThrowAwayClusters(path.join(folder, 'state'), tool),
    calls: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
    made,
  };
}

const ASKED = { provider: 'kind', name: 'x' } as const;

test('a cluster is made with a registry that its nodes pull from, and announced', async (t) => {
  const { clusters, calls, made } = await rig(t);
  const opened = await clusters.open(ASKED, { isKept: false });
  assert.ok(opened.ok, opened.ok ? '' : opened.failure.message);
  assert.deepEqual([opened.value.context, opened.value.isReused], ['kind-x', false]);
  const ran = calls().map((line) =>
    line.replace(/registry-x-[\da-f]+/g, 'registry-x-ID').replace(/\S+\.kubeconfig/, 'FILE'),
  );
  assert.deepEqual(ran, [
    'kind get clusters',
    'kind create cluster --name x --kubeconfig FILE --config - --wait 120s',
    'docker run --detach --name tilt-ts-registry-x-ID --label dev.tilt-ts.cluster=x --publish 127.0.0.1::5000 registry:2',
    'docker port tilt-ts-registry-x-ID 5000',
    'docker network connect kind tilt-ts-registry-x-ID',
    'kind get nodes --name x',
    'docker exec --interactive x-control-plane sh -c mkdir -p /etc/containerd/certs.d/localhost:49321 && cat > /etc/containerd/certs.d/localhost:49321/hosts.toml',
    '[host."http://tilt-ts-registry-x-ID:5000"]',
  ]);
  const [{ metadata, data }] = made as [{ metadata: object; data: Record<string, string> }];
  assert.deepEqual(metadata, { name: 'local-registry-hosting', namespace: 'kube-public' });
  assert.match(
    data['localRegistryHosting.v1'] ?? '',
    /^host: "localhost:49321"\nhostFromContainerRuntime: "tilt-ts-registry-x-/,
  );

  const [record] = await clusters.records();
  assert.deepEqual([record?.name, record?.pid, record && isForgotten(record)], ['x', process.pid, false]);
  assert.ok((await clusters.remove(ASKED)).ok);
  assert.deepEqual(calls().slice(-3), [
    'kind delete cluster --name x',
    'docker ps --all --quiet --filter label=dev.tilt-ts.cluster=x',
    'docker rm --force --volumes abc123',
  ]);
  assert.deepEqual(await clusters.records(), []);
  assert.equal(existsSync(opened.value.kubeconfig), false);
});

test('a cluster that is there is used, and not made', async (t) => {
  const { clusters, calls } = await rig(t, { kind: `[ "$2" = clusters ] && echo x && exit` });
  const opened = await clusters.open(ASKED, { isKept: false });
  assert.ok(opened.ok && opened.value.isReused);
  assert.equal(readFileSync(opened.value.kubeconfig, 'utf8'), 'from kind\n');
  assert.deepEqual(calls(), ['kind get clusters', 'kind get kubeconfig --name x']);
  assert.deepEqual(await clusters.records(), []);
});

test('what was begun is taken away when a step fails, and the step is told', async (t) => {
  const { clusters, calls } = await rig(t, { docker: `[ "$1" = network ] && echo 'no such network' >&2 && exit 3` });
  const opened = await clusters.open(ASKED, { isKept: false });
  assert.ok(!opened.ok);
  assert.match(
    opened.failure.message,
    /^Cannot let the nodes of "x" reach the registry: "docker network connect .*" ended with exit code 3$/,
  );
  assert.deepEqual(opened.failure.details, ['no such network']);
  assert.ok(calls().includes('kind delete cluster --name x'));
  assert.ok(calls().includes('docker rm --force --volumes abc123'));
  assert.deepEqual(await clusters.records(), []);
});

test('a tool that is not installed is named', async (t) => {
  const { clusters } = await rig(t);
  const opened = await clusters.open({ provider: 'k3d', name: 'x' }, { isKept: false });
  assert.ok(!opened.ok);
  assert.equal(opened.failure.message, 'Cannot list the clusters of k3d: install k3d, or leave out --cluster');
});

test('names of clusters', () => {
  assert.deepEqual(parseClusterName('kind:checks', 1, 2), { provider: 'kind', name: 'checks' });
  assert.deepEqual(parseClusterName('k3d', 71, 0), { provider: 'k3d', name: 'tilt-ts-1z-0' });
  for (const wrong of ['', 'kint', 'kind:A', 'kind:a b', 'kind:-a'])
    assert.equal(parseClusterName(wrong, 1, 2), undefined);
});

test('a cluster on the machine of a remote engine is reached there', () => {
  assert.equal(remoteHost({}), undefined);
  assert.equal(remoteHost({ DOCKER_HOST: 'unix:///var/run/docker.sock' }), undefined);
  assert.equal(remoteHost({ DOCKER_HOST: 'tcp://localhost:2375' }), undefined);
  assert.equal(remoteHost({ DOCKER_HOST: 'tcp://docker:2376' }), 'docker');
  assert.equal(remoteHost({ DOCKER_HOST: 'ssh://me@build.example' }), 'build.example');
  assert.equal(reachedFromHere('server: https://0.0.0.0:4000', 'docker'), 'server: https://docker:4000');
  assert.equal(reachedFromHere('server: https://127.0.0.1:4000', undefined), 'server: https://127.0.0.1:4000');
  assert.match(kindConfig('docker'), /apiServerAddress: "0\.0\.0\.0"[\s\S]*certSANs: \["127\.0\.0\.1", "docker"\]/);
  assert.doesNotMatch(kindConfig(undefined), /networking/);
});
