import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { beginningOf } from '../../../runtime/clients/process/process-table.ts';
import { type ClusterRecord, ClusterRecords, isForgotten } from '../../../runtime/clusters/cluster-records.ts';
import type { ToolContext } from '../../../runtime/clusters/cluster-tool.ts';
import { deleteCluster, parseClusterName, ThrowAwayCluster } from '../../../runtime/clusters/throw-away.ts';
import { type FakeClusterTools, fakeClusterTools, kept } from '../../support/fake-cluster-tools.ts';

const ASKED = { provider: 'kind', name: 'x' } as const;

function recordsOf({ env }: FakeClusterTools): ClusterRecords {
  return new ClusterRecords(path.join(env.TILT_TS_STATE ?? '', 'clusters'));
}

function toolOf(fake: FakeClusterTools, output: (text: string) => void = () => {}): ToolContext {
  return { env: { ...process.env, ...fake.env }, dir: fake.folder, signal: new AbortController().signal, output };
}

function recordOf(fake: FakeClusterTools, more: Partial<ClusterRecord> = {}): ClusterRecord {
  return {
    ...ASKED,
    pid: process.pid,
    identity: beginningOf(process.pid) ?? '',
    isKept: false,
    isMade: true,
    kubeconfig: recordsOf(fake).kubeconfigOf(ASKED, false),
    madeAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

test('a cluster is made with a registry that its nodes pull from, and announced', async (t) => {
  const fake = await fakeClusterTools(t);
  let shown = '';
  const tool = toolOf(fake, (text) => {
    shown += text;
  });
  const cluster = new ThrowAwayCluster(ASKED, false, recordsOf(fake));
  const opened = await cluster.open(tool);
  assert.ok(opened.ok, opened.ok ? '' : opened.failure.message);
  assert.deepEqual([opened.value.context, opened.value.isReused, cluster.isLeft], ['kind-x', false, true]);
  assert.deepEqual(fake.calls(), [
    'kind get clusters',
    'kind create cluster --name x --kubeconfig FILE --config - --wait 120s',
    'docker run --detach --name tilt-ts-registry-x-ID --label dev.tilt-ts.cluster=x --publish 127.0.0.1::5000 registry:2',
    'docker port tilt-ts-registry-x-ID 5000',
    'docker network connect kind tilt-ts-registry-x-ID',
    'kind get nodes --name x',
    'docker exec --interactive x-control-plane sh -c mkdir -p /etc/containerd/certs.d/localhost:49321 && cat > /etc/containerd/certs.d/localhost:49321/hosts.toml',
    '[host."http://tilt-ts-registry-x-ID:5000"]',
  ]);
  const [{ metadata, data }] = fake.made as [{ metadata: object; data: Record<string, string> }];
  assert.deepEqual(metadata, { name: 'local-registry-hosting', namespace: 'kube-public' });
  // Not `hostFromContainerRuntime`: nodes reach it by plain HTTP under the name of `host` alone.
  assert.match(
    data['localRegistryHosting.v1'] ?? '',
    /^host: "localhost:49321"\nhostFromClusterNetwork: "tilt-ts-registry-x-[\da-f]{8}:5000"\n$/,
  );
  assert.equal(statSync(cluster.kubeconfig).mode & 0o777, 0o600);
  assert.match(shown, /Creating cluster "x"/);
  assert.doesNotMatch(shown, /s3cr3t/);

  const [record] = recordsOf(fake).list();
  assert.deepEqual([record?.name, record?.isMade, record && isForgotten(record)], ['x', true, false]);
  assert.deepEqual(await cluster.close(tool), { ok: true, value: 'deleted' });
  assert.deepEqual(fake.calls().slice(8), [
    'kind delete cluster --name x --kubeconfig FILE',
    'docker ps --all --quiet --filter label=dev.tilt-ts.cluster=x',
    'docker rm --force --volumes tilt-ts-registry-x-ID',
    'kind get clusters',
  ]);
  assert.deepEqual([fake.left(), kept(fake), cluster.isLeft], [[], [], false]);
});

test('a cluster that is there is used, and stays; the way to it does not', async (t) => {
  const fake = await fakeClusterTools(t);
  mkdirSync(path.join(fake.folder, 'fake/clusters/x'));
  const cluster = new ThrowAwayCluster(ASKED, false, recordsOf(fake));
  const opened = await cluster.open(toolOf(fake));
  assert.ok(opened.ok && opened.value.isReused);
  assert.match(readFileSync(cluster.kubeconfig, 'utf8'), /token: s3cr3t/);
  assert.deepEqual(await cluster.close(toolOf(fake)), { ok: true, value: 'stays' });
  assert.deepEqual(fake.calls(), ['kind get clusters', 'kind get kubeconfig --name x']);
  assert.deepEqual([fake.left(), kept(fake)], [['x'], []]);
});

test('what was begun is taken away when a step fails, and the step is told', async (t) => {
  const fake = await fakeClusterTools(t, { docker: `[ "$1" = network ] && { echo 'no such network' >&2; exit 3; }` });
  const cluster = new ThrowAwayCluster(ASKED, true, recordsOf(fake));
  const opened = await cluster.open(toolOf(fake));
  assert.ok(!opened.ok);
  assert.match(
    opened.failure.message,
    /^Cannot let the nodes of "x" reach the registry: "docker network connect .*" ended with exit code 3$/,
  );
  assert.deepEqual(opened.failure.details, ['no such network']);
  assert.equal(fake.left().length, 2);
  assert.deepEqual(await cluster.close(toolOf(fake)), { ok: true, value: 'deleted' });
  assert.deepEqual([fake.left(), kept(fake)], [[], []]);
});

test('a node that starts while the cluster is deleted goes too', async (t) => {
  const fake = await fakeClusterTools(t, {
    kind: `[ "$1" = delete ] && [ ! -e "$state/late" ] && { touch "$state/late"; exit; }`,
  });
  mkdirSync(path.join(fake.folder, 'fake/clusters/x'));
  assert.ok((await deleteCluster(ASKED, recordsOf(fake), toolOf(fake))).ok);
  assert.deepEqual(fake.left(), []);
});

test('a tool that is not installed is named', async (t) => {
  const fake = await fakeClusterTools(t);
  const cluster = new ThrowAwayCluster({ provider: 'k3d', name: 'x' }, false, recordsOf(fake));
  const opened = await cluster.open({ ...toolOf(fake), env: { PATH: fake.folder } });
  assert.ok(!opened.ok);
  assert.equal(opened.failure.message, 'Cannot list the clusters of k3d: k3d is not installed, or not in PATH');
  assert.deepEqual([cluster.isLeft, kept(fake)], [false, []]);
});

test('a cluster of a run that still goes on is not for others', async (t) => {
  const fake = await fakeClusterTools(t);
  const records = recordsOf(fake);
  assert.ok(records.claim(recordOf(fake)));
  for (const more of [{}, { isKept: true, isMade: false }]) {
    records.replace(recordOf(fake, more));
    const opened = await new ThrowAwayCluster(ASKED, false, records).open(toolOf(fake));
    assert.ok(!opened.ok);
    assert.match(
      opened.failure.message,
      /^Cannot use the cluster kind:x: it belongs to a run that still goes on \(process \d+\)/,
    );
  }
  assert.deepEqual(fake.calls(), []);
});

test('a cluster that a killed run left is deleted, and made anew', async (t) => {
  const fake = await fakeClusterTools(t);
  const records = recordsOf(fake);
  assert.ok(records.claim(recordOf(fake, { identity: 'another process of this number' })));
  writeFileSync(records.kubeconfigOf(ASKED, false), 'old');
  mkdirSync(path.join(fake.folder, 'fake/clusters/x'));
  const cluster = new ThrowAwayCluster(ASKED, false, records);
  const opened = await cluster.open(toolOf(fake));
  assert.ok(opened.ok && !opened.value.isReused);
  assert.deepEqual(
    fake.calls().filter((call) => /create|delete/.test(call)),
    [
      'kind delete cluster --name x --kubeconfig FILE',
      'kind create cluster --name x --kubeconfig FILE --config - --wait 120s',
    ],
  );
});

test('a cluster that was made to be kept is used; one that somebody deleted by hand is made again', async (t) => {
  const fake = await fakeClusterTools(t);
  const records = recordsOf(fake);
  const first = new ThrowAwayCluster(ASKED, true, records);
  assert.ok((await first.open(toolOf(fake))).ok);
  assert.deepEqual(await first.close(toolOf(fake)), { ok: true, value: 'stays' });
  const again = await new ThrowAwayCluster(ASKED, false, records).open(toolOf(fake));
  assert.ok(again.ok && again.value.isReused);
  await deleteCluster(ASKED, new ClusterRecords(fake.folder), toolOf(fake));
  const anew = await new ThrowAwayCluster(ASKED, false, records).open(toolOf(fake));
  assert.ok(anew.ok && !anew.value.isReused);
});

test('keys that killed runs left lying about are removed', async (t) => {
  const fake = await fakeClusterTools(t);
  const records = recordsOf(fake);
  assert.ok(records.claim(recordOf(fake)));
  const folder = path.dirname(records.kubeconfigOf(ASKED, false));
  const gone = path.join(folder, 'run-999999999-kind-y.kubeconfig');
  for (const file of [gone, records.kubeconfigOf(ASKED, false), records.kubeconfigOf(ASKED, true)])
    writeFileSync(file, '');
  records.sweep();
  assert.equal(existsSync(gone), false);
  assert.equal(kept(fake).filter((file) => file.endsWith('.kubeconfig')).length, 2);
});

test('k3d makes the registry itself, on a port that it knows; its keys are not shown', async (t) => {
  const fake = await fakeClusterTools(t);
  let shown = '';
  const tool = toolOf(fake, (text) => {
    shown += text;
  });
  const cluster = new ThrowAwayCluster({ provider: 'k3d', name: 'x' }, false, recordsOf(fake));
  const opened = await cluster.open(tool);
  assert.ok(opened.ok, opened.ok ? '' : opened.failure.message);
  assert.equal(opened.value.context, 'k3d-x');
  assert.match(
    fake.calls()[1] ?? '',
    /^k3d cluster create x .*--registry-create tilt-ts-registry-x:127\.0\.0\.1:random /,
  );
  assert.match(readFileSync(cluster.kubeconfig, 'utf8'), /s3cr3t/);
  assert.equal(shown, 'INFO[0000] Creating x\n');
  const reused = await new ThrowAwayCluster({ provider: 'k3d', name: 'x' }, false, recordsOf(fake)).open(tool);
  assert.ok(!reused.ok);
  assert.deepEqual(await cluster.close(tool), { ok: true, value: 'deleted' });
  assert.deepEqual([fake.left(), kept(fake)], [[], []]);
});

test('minikube writes the way to its cluster into a file of its own', async (t) => {
  const fake = await fakeClusterTools(t);
  const cluster = new ThrowAwayCluster({ provider: 'minikube', name: 'x' }, false, recordsOf(fake));
  const opened = await cluster.open(toolOf(fake));
  assert.ok(opened.ok, opened.ok ? '' : opened.failure.message);
  // Where the certificates lie tells that it is a minikube.
  assert.equal(fake.calls()[1], 'minikube start --profile x --container-runtime docker --wait all --interactive=false');
  assert.match(readFileSync(cluster.kubeconfig, 'utf8'), /s3cr3t/);
  assert.deepEqual(await cluster.close(toolOf(fake)), { ok: true, value: 'deleted' });
  assert.deepEqual(fake.left(), []);
});

test('names of clusters', () => {
  assert.deepEqual(parseClusterName('kind:checks', 1, 2), { provider: 'kind', name: 'checks' });
  assert.deepEqual(parseClusterName('k3d', 71, 0), { provider: 'k3d', name: 'tilt-ts-1z-0' });
  for (const wrong of [
    '',
    'kint',
    'kind:',
    'kind:A',
    'kind:a b',
    'kind:-a',
    'kind:a-',
    `kind:${'a'.repeat(33)}`,
    'kind:a:b',
  ])
    assert.equal(parseClusterName(wrong, 1, 2), undefined, wrong);
});
