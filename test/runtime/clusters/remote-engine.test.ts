import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ClusterRecords } from '../../../runtime/clusters/cluster-records.ts';
import { kindConfig } from '../../../runtime/clusters/kind.ts';
import { reachedFromHere, remoteHost } from '../../../runtime/clusters/remote-engine.ts';
import { ThrowAwayCluster } from '../../../runtime/clusters/throw-away.ts';
import { fakeClusterTools } from '../../support/fake-cluster-tools.ts';
import { makeProject } from '../../support/program.ts';

test('where the engine is another machine’s, by DOCKER_HOST or by a Docker context', async (t) => {
  const id = createHash('sha256').update('far').digest('hex');
  const folder = makeProject(t, {
    'config.json': '{"currentContext": "far"}',
    [`contexts/meta/${id}/meta.json`]: '{"Endpoints": {"docker": {"Host": "ssh://me@far.example"}}}',
  });
  const none = { DOCKER_CONFIG: path.join(folder, 'nothing') };
  for (const here of [
    'unix:///var/run/docker.sock',
    'tcp://localhost:2375',
    'tcp://127.0.0.1:2375',
    'tcp://[::1]:2375',
  ])
    assert.equal(await remoteHost({ ...none, DOCKER_HOST: here }), undefined, here);
  assert.equal(await remoteHost({ ...none, DOCKER_HOST: 'tcp://docker:2376' }), 'docker');
  assert.equal(await remoteHost({ ...none, DOCKER_HOST: 'ssh://me@build.example' }), 'build.example');
  assert.equal(await remoteHost({ ...none, DOCKER_HOST: 'tcp://[fd00::1]:2376' }), 'fd00::1');
  assert.equal(await remoteHost({ DOCKER_CONFIG: folder }), 'far.example');
});

test('a cluster of a remote engine listens where this machine reaches it', async (t) => {
  assert.equal(reachedFromHere('server: https://0.0.0.0:4000', 'docker'), 'server: https://docker:4000');
  assert.equal(reachedFromHere('server: https://127.0.0.1:4000', 'fd00::1'), 'server: https://[fd00::1]:4000');
  assert.equal(reachedFromHere('server: https://127.0.0.1:4000', undefined), 'server: https://127.0.0.1:4000');
  assert.match(kindConfig('docker'), /apiServerAddress: "0\.0\.0\.0"[\s\S]*certSANs: \["127\.0\.0\.1", "docker"\]/);
  assert.doesNotMatch(kindConfig(undefined), /networking/);

  const fake = await fakeClusterTools(t, {
    kind: `[ "$1" = create ] && sed -i 's,"http:[^"]*",https://0.0.0.0:1,' "$state/kubeconfig"`,
    // The registry of a cluster that nobody reaches is not what this is about.
    docker: 'exit 3',
  });
  const env = { ...process.env, ...fake.env, DOCKER_HOST: 'tcp://localhost.example:2375' };
  const tool = { env, dir: fake.folder, signal: new AbortController().signal, output: () => {} };
  const cluster = new ThrowAwayCluster({ provider: 'kind', name: 'x' }, false, new ClusterRecords(fake.folder));
  assert.ok(!(await cluster.open(tool)).ok);
  assert.match(readFileSync(cluster.kubeconfig, 'utf8'), /server: https:\/\/localhost\.example:1\b/);
  assert.match(
    readFileSync(path.join(fake.folder, 'fake/config'), 'utf8'),
    /certSANs: \["127\.0\.0\.1", "localhost\.example"\]/,
  );
});
