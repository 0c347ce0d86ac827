import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import {
  ci,
  configMap,
  deployment,
  down,
  kubectl,
  makeClusterProject,
  podSpec,
  pushImage,
  SERVE,
} from '../../support/cluster-project.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import {
  kubeconfigWithProxy,
  kubeconfigWithServer,
  startSocksProxy,
  startTunnelProxy,
  TcpProxy,
} from '../../support/proxies.ts';
import { skipWithout } from '../../support/testbed.ts';

/** The file of the kubeconfig in use and the address of its server. */
async function currentCluster(): Promise<{ readonly file: string; readonly host: string; readonly port: number }> {
  const path = '{.clusters[0].cluster.server}';
  const server = await kubectl('config', 'view', '--minify', '-o', `jsonpath=${path}`);
  const url = new URL(server);
  const file = process.env.KUBECONFIG?.split(':')[0] ?? '';
  return { file, host: url.hostname, port: Number(url.port) };
}

describe('ci and the way to the cluster', { skip: skipWithout('docker', 'cluster', 'busybox'), concurrency: 4 }, () => {
  before(pushImage);

  test('a context that is not local ends it with 5 and the line that allows it', async (t) => {
    const cwd = makeProject(t, {
      'objects.yaml': JSON.stringify(configMap('a')),
      'Tiltfile.js': "k8s_yaml('objects.yaml');",
      kubeconfig: JSON.stringify({
        'current-context': 'shop-eu',
        contexts: [{ name: 'shop-eu', context: { cluster: 'shop', user: 'me' } }],
        clusters: [{ name: 'shop', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'me', user: {} }],
      }),
    });
    const run = await runProgram(t, ['ci'], { cwd, env: { KUBECONFIG: path.join(cwd, 'kubeconfig') } });
    assert.equal(run.code, 5, run.stderr + run.stdout);
    assert.match(run.stderr, /shop-eu might be production[\s\S]*allow_k8s_contexts\('shop-eu'\)/);
    writeFileSync(path.join(cwd, 'Tiltfile.js'), "allow_k8s_contexts('shop-eu'); k8s_yaml('objects.yaml');");
    const allowed = await runProgram(t, ['ci'], { cwd, env: { KUBECONFIG: path.join(cwd, 'kubeconfig') } });
    assert.equal(allowed.code, 4, allowed.stderr + allowed.stdout);
    assert.match(allowed.stderr, /"shop-eu" at https:\/\/127\.0\.0\.1:1/);
  });

  test('a Docker engine that goes away in the middle of a build ends it with 4', async (t) => {
    const proxy = await TcpProxy.start(t, { path: '/var/run/docker.sock' });
    const name = `tilt-ts-test/cut-${randomUUID().slice(0, 8)}`;
    const project = await makeClusterProject(
      t,
      [deployment('cut', podSpec(SERVE, { image: name }))],
      `docker_build('${name}', '.', { only: ['Dockerfile'] });`,
      { Dockerfile: `FROM busybox\nRUN echo ${randomUUID()} build has begun; sleep 5\n` },
    );
    const program = startProgram(t, ['ci', '--namespace', project.namespace], {
      cwd: project.cwd,
      env: { DOCKER_HOST: `tcp://127.0.0.1:${proxy.port}` },
    });
    await program.waitFor(/→ .* build has begun$/m);
    await proxy.down();
    assert.equal(await program.exit, 4, program.output());
    assert.match(program.stderr(), /Docker/);
  });

  test('a cluster that is away for a moment does not end it', async (t) => {
    const { file, host, port } = await currentCluster();
    const proxy = await TcpProxy.start(t, { host, port });
    const readinessProbe = { exec: { command: ['test', '-e', '/tmp/ready'] }, periodSeconds: 1 };
    const server = `for i in $(seq 1 40); do echo tick $i; sleep 0.1; done; touch /tmp/ready; ${SERVE}`;
    const project = await makeClusterProject(t, [
      deployment('one', podSpec(server, { readinessProbe })),
      deployment('two', podSpec(server, { readinessProbe })),
    ]);
    const config = kubeconfigWithServer(project.cwd, file, `https://127.0.0.1:${proxy.port}`);
    const program = startProgram(t, ['ci', '--namespace', project.namespace], {
      cwd: project.cwd,
      env: { KUBECONFIG: config },
    });
    await program.waitFor(/one │ tick 5$/m);
    await proxy.down();
    await program.waitFor(/The cluster does not answer/);
    await proxy.up();
    assert.equal(await program.exit, 0, program.output());
    assert.equal(program.output().match(/The cluster does not answer/g)?.length, 1, program.output());
    for (const name of ['one', 'two']) {
      const ticks = [...program.output().matchAll(new RegExp(`${name} │ tick (\\d+)$`, 'gm'))].map((match) => match[1]);
      assert.deepEqual(
        ticks,
        Array.from({ length: 40 }, (_, index) => String(index + 1)),
      );
    }
    await down(t, project);
  });

  test('a cluster that stays away ends it with 3 when the time is up, and says so', async (t) => {
    const { file, host, port } = await currentCluster();
    const proxy = await TcpProxy.start(t, { host, port });
    const readinessProbe = { exec: { command: ['false'] } };
    const project = await makeClusterProject(
      t,
      [deployment('lost', podSpec(SERVE, { readinessProbe }))],
      "ci_settings({ readiness_timeout: '6s' });",
    );
    const config = kubeconfigWithServer(project.cwd, file, `https://127.0.0.1:${proxy.port}`);
    const program = startProgram(t, ['ci', '--namespace', project.namespace], {
      cwd: project.cwd,
      env: { KUBECONFIG: config },
    });
    await program.waitFor(/Tracking new pod rollout/);
    await proxy.down();
    assert.equal(await program.exit, 3, program.output());
    assert.match(program.stderr(), /"lost" is not ready: the cluster does not answer: connection refused/);
  });

  for (const start of [startTunnelProxy, startSocksProxy]) {
    test(`a cluster behind a proxy (${start.name})`, async (t) => {
      const { file, host, port } = await currentCluster();
      const { url, asked } = await start(t);
      const project = await makeClusterProject(t, [configMap('settings')]);
      const run = await ci(t, project, { KUBECONFIG: kubeconfigWithProxy(project.cwd, file, url) });
      assert.equal(run.code, 0, run.stderr + run.stdout);
      assert.ok(asked.includes(`${host}:${port}`), asked.join());
    });
  }
});
