import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ApiProxy, writeKubeconfig } from '../../support/api-proxy.ts';
import {
  ci,
  deployment,
  type Fields,
  kubectl,
  makeClusterProject,
  type Project,
  podSpec,
  SERVE,
} from '../../support/cluster-project.ts';
import { EngineProxy } from '../../support/engine-proxy.ts';
import { freePort } from '../../support/free-port.ts';
import { startProgram } from '../../support/program.ts';
import { TcpProxy } from '../../support/proxies.ts';
import { skipWithout } from '../../support/testbed.ts';

/** A Deployment that runs an image of its own, built from `Dockerfile` and `file`. */
async function imageProject(
  t: TestContext,
  dockerfile: string,
  more = '',
  container: Fields = {},
): Promise<Project & { image: string }> {
  const image = `tilt-ts-test/built-${randomUUID().slice(0, 8)}`;
  t.after(() => removeImages(image));
  // What a test removes from the engine by age is none of its business.
  const tiltfile = `docker_prune_settings({ disable: true });\ndocker_build('${image}', 'web');\n${more}`;
  const project = await makeClusterProject(t, [deployment('web', podSpec(SERVE, { image, ...container }))], tiltfile, {
    'web/Dockerfile': dockerfile,
    'web/file': 'slow',
  });
  return { ...project, image };
}

function removeImages(image: string): void {
  const tags = execFileSync('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'], { encoding: 'utf8' });
  const name = image.replace('/', '.');
  for (const tag of tags.split('\n').filter((one) => new RegExp(name).test(one))) {
    execFileSync('docker', ['image', 'rm', tag], { stdio: 'ignore' });
  }
}

describe('images, from the Tiltfile to the cluster', { skip: skipWithout('docker', 'cluster', 'busybox') }, () => {
  test('up calls a build off whose files change, and brings up the newest', async (t) => {
    const project = await imageProject(
      t,
      'FROM busybox\nCOPY file /\nRUN echo building $(cat /file); test "$(cat /file)" != slow || sleep 60\n',
    );
    const { cwd, namespace } = project;
    const program = startProgram(t, ['up', '--namespace', namespace], { cwd });
    await program.waitFor(/→ building slow/);
    writeFileSync(path.join(cwd, 'web', 'file'), `fast ${namespace}`);
    await program.waitFor(/Called off, because files changed meanwhile[\s\S]*→ building fast[\s\S]*DONE IN/);
    assert.equal(program.output().match(/DONE IN/g)?.length, 1);
    program.signal('SIGINT');
    assert.equal(await program.exit, 130);
  });

  test('ci brings up an image, its server and a check through its port; unchanged, everything stays as it is', async (t) => {
    const port = await freePort();
    const check = `node -e "fetch('http://127.0.0.1:${port}/file').then((r) => r.text()).then(console.log)"`;
    const project = await imageProject(
      t,
      'FROM busybox\nCOPY file /www/file\nCMD ["httpd", "-f", "-p", "8000", "-h", "/www"]\n',
      `k8s_resource('web', { port_forwards: '${port}:8000' });
       local_resource('check', ${JSON.stringify(check)}, { resource_deps: ['web'] });`,
      { command: undefined, readinessProbe: { httpGet: { path: '/file', port: 8000 }, periodSeconds: 1 } },
    );
    const facts = ['deployment,pods', '-n', project.namespace, '-o'];
    const path =
      'jsonpath={.items[*].metadata.uid} {.items[*].metadata.generation} {.items[*].spec.containers[0].image}';
    const first = await ci(t, project);
    assert.equal(first.code, 0, first.stderr + first.stdout);
    assert.match(first.stdout, /check │ slow/);
    const before = await kubectl('get', ...facts, path);
    assert.match(before, /tilt-[0-9a-f]{16}/);
    const again = await ci(t, project);
    assert.equal(again.code, 0, again.stderr + again.stdout);
    assert.match(again.stdout, /check │ slow/);
    assert.equal(await kubectl('get', ...facts, path), before);
  });

  test('a step of a build that fails ends ci with 1 and its output, and nothing is applied', async (t) => {
    const project = await imageProject(t, 'FROM busybox\nCOPY file /\nRUN echo no compiler; exit 3\n');
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /web[\s\S]*no compiler/);
    assert.match(run.stderr, /RUN echo no compiler; exit 3/);
    assert.equal(await kubectl('get', 'deployments', '-n', project.namespace, '-o', 'name'), '');
  });

  test('ci survives a Docker that is killed in mid-build and started again', async (t) => {
    const project = await imageProject(t, 'FROM busybox\nCOPY file /\nARG RUN\nRUN echo begun $RUN && sleep 1\n');
    writeFileSync(path.join(project.cwd, 'web', 'file'), project.namespace);
    const proxy = await EngineProxy.start(t, project.cwd);
    const env = { DOCKER_HOST: `unix://${proxy.socket}` };
    const program = startProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd, env });
    await program.waitFor(/→ begun/);
    await proxy.down();
    await program.waitFor(/went away while building image[\s\S]*Waiting up to 30 s/);
    await proxy.up();
    assert.equal(await program.exit, 0, program.output());
  });

  test('ci without Docker ends with 4 and says what to do', async (t) => {
    const project = await imageProject(t, 'FROM busybox\n');
    const run = await ci(t, project, { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
    assert.equal(run.code, 4, run.stderr);
    assert.match(run.stderr, /Cannot reach the Docker engine at "unix:\/\/\/nowhere\/docker\.sock".*Start Docker/);
  });

  test('ci pushes to a registry that is away at first and in mid-push; one that stays away ends it with 1', async (t) => {
    const registry = await TcpProxy.start(t, { host: '127.0.0.1', port: 5000 });
    const host = `127.0.0.1:${registry.port}`;
    const project = await imageProject(
      t,
      'FROM busybox\nCOPY file /\nRUN head -c 3000000 /dev/urandom >/random\n',
      `default_registry('${host}', { host_from_cluster: '127.0.0.1:5000' });\n`,
    );
    const { cwd, namespace } = project;
    writeFileSync(path.join(cwd, 'web', 'file'), namespace);
    const api = await ApiProxy.start(t, {
      intercept: ({ url = '' }) => (url.includes('local-registry-hosting') ? { status: 404, message: '' } : undefined),
    });
    const contexts = [{ name: 'kind-proxy', server: api.url }];
    const env = { KUBECONFIG: writeKubeconfig(path.join(cwd, 'kubeconfig'), contexts) };
    await registry.down();
    const program = startProgram(t, ['ci', '--namespace', namespace], { cwd, env });
    await program.waitFor(/Trying again in 1 s/);
    await registry.up();
    await program.waitFor(/Trying again in 1 s[\s\S]*(Sending image data|: Preparing|: Pushing)/);
    await registry.down();
    await registry.up();
    assert.equal(await program.exit, 0, program.output());

    await registry.down();
    writeFileSync(path.join(cwd, 'web', 'file'), `${namespace} again`);
    const away = await ci(t, project, env);
    assert.equal(away.code, 1, away.stderr);
    assert.match(away.stderr, /web: .*Cannot push "127\.0\.0\.1:\d+\/.*connection refused\. Check that the registry/);
  });
});
