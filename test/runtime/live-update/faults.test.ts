import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { kubectl } from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { skipWithout } from '../../support/testbed.ts';
import { LiveProject, web } from './live-project.ts';

const skip = skipWithout('docker', 'cluster', 'busybox');
const SYNC = "docker_build('$IMAGE', '.', { live_update: [sync('www', '/www')] });";

describe('faults of live updates in a cluster', { skip, concurrency: 2 }, () => {
  test('exec that is refused falls back to the image, and says why', async (t) => {
    const project = await LiveProject.create(t, SYNC);
    const kubeconfig = await withoutExec(project);
    const program = await project.up(1, { KUBECONFIG: kubeconfig });
    const [pod = ''] = await project.pods();
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(
      new RegExp(
        `LiveUpdate "web:\\S+" UpdateFailed: Updating pod ${pod}: running programs in pods \\(pods/exec\\) is forbidden: .*cannot (?:get|create) resource "pods/exec"[\\s\\S]*` +
          'Building the whole image instead\\.[\\s\\S]*1 File Changed: \\[www/index\\.html\\][\\s\\S]*DONE IN',
      ),
    );
    await pollUntil(async () => !(await project.pods()).includes(pod), 30_000, 'another pod');
    await project.untilSh('cat /www/index.html', 'two');
  });

  test('an image without tar and shell falls back to the image, and says why', async (t) => {
    const project = await LiveProject.create(
      t,
      SYNC,
      { Dockerfile: 'FROM busybox AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /bin/sleep\nCOPY www /www\n' },
      (image) => [web(image, { command: ['/bin/sleep', '1000'] })],
    );
    const program = await project.up();
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(
      /UpdateFailed: Updating pod web-\S+: the image has no "tar" that can be run[\s\S]*STEP 1\/3[\s\S]*DONE IN/,
    );
  });

  test('an image that has tar and rm but no shell is updated', async (t) => {
    const dockerfile =
      'FROM busybox AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /bin/tar\nCOPY --from=tools /bin/busybox /bin/rm\nCOPY --from=tools /bin/busybox /bin/cat\nCOPY --from=tools /bin/busybox /bin/sleep\nCOPY www /www\n';
    const project = await LiveProject.create(t, SYNC, { Dockerfile: dockerfile, 'www/gone': 'x' }, (image) => [
      web(image, { command: ['/bin/sleep', '1000'] }),
    ]);
    const program = await project.up();
    const [pod = ''] = await project.pods();
    writeFileSync(project.file('www/index.html'), 'two'.repeat(100_000));
    rmSync(project.file('www/gone'));
    await program.waitFor(/updated!/);
    const cat = (file: string) => kubectl('exec', '-n', project.namespace, pod, '--', 'cat', file);
    await pollUntil(async () => (await cat('/www/index.html')) === 'two'.repeat(100_000), 10_000, 'the new file');
    await pollUntil(
      () =>
        cat('/www/gone').then(
          () => false,
          () => true,
        ),
      10_000,
      'the old file going',
    );
  });

  test('a role that allows to create exec is enough', async (t) => {
    const project = await LiveProject.create(
      t,
      "docker_build('$IMAGE', '.', { live_update: [sync('www', '/www'), run('echo ran; exit $(cat /www/index.html)')] });",
    );
    const kubeconfig = await withoutExec(project, ['create']);
    const program = await project.up(1, { KUBECONFIG: kubeconfig });
    writeFileSync(project.file('www/index.html'), '3');
    await program.waitFor(/│ ran\n[\s\S]*failed with exit code: 3/);
    writeFileSync(project.file('www/index.html'), '0');
    await program.waitFor(/updated!/);
    assert.equal(await project.sh('cat /www/index.html'), '0');
  });

  test('a pod that is deleted while it is updated is no failure: its successor gets the files', async (t) => {
    const project = await LiveProject.create(
      t,
      "docker_build('$IMAGE', '.', { live_update: [sync('www', '/www'), run('echo begun; touch /tmp/begun; sleep 3')] });",
    );
    const program = await project.up();
    const [pod = ''] = await project.pods();
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(/│ begun\n/);
    await kubectl('delete', 'pod', '-n', project.namespace, pod, '--wait=false', '--grace-period=0', '--force');
    await program.waitFor(
      new RegExp(`Container ${pod}/main ended while it was updated[\\s\\S]*1 Container Started[\\s\\S]*updated!`),
      60_000,
    );
    await project.untilSh('cat /www/index.html', 'two');
    assert.equal(program.output().match(/STEP 1\/3/g)?.length, 1, 'it was built once');
  });

  test('a command that ends its container is not run for ever', async (t) => {
    const project = await LiveProject.create(
      t,
      "docker_build('$IMAGE', '.', { live_update: [sync('www', '/www'), run('kill 1; sleep 20', { trigger: 'www/kill' })] });",
      {},
      (image) => [web(image, { command: ['sh', '-c', 'trap "exit 1" TERM; while true; do sleep 0.2; done'] })],
    );
    const program = await project.up();
    writeFileSync(project.file('www/kill'), 'x');
    await program.waitFor(
      /ended while it was updated[\s\S]*1 Container Started[\s\S]*UpdateFailed: [^\n]*137[\s\S]*DONE IN/,
      60_000,
    );
    await project.untilSh('cat /www/kill', 'x');
  });

  test('changes while an update runs come with the next one; a change while the pod starts waits for it', async (t) => {
    const project = await LiveProject.create(
      t,
      "docker_build('$IMAGE', '.', { live_update: [sync('www', '/www'), run('echo begun $(cat /www/index.html); sleep 1')] });",
      {},
      (image) => [web(image, { command: ['sh', '-c', 'trap exit TERM; while true; do sleep 0.2; done'] })],
    );
    const program = await project.up();
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(/│ begun two\n/);
    writeFileSync(project.file('www/index.html'), 'three');
    await program.waitFor(/│ begun three\n[\s\S]*updated!/);
    await kubectl('delete', 'pod', '-n', project.namespace, '--all', '--wait=false', '--grace-period=0', '--force');
    await pollUntil(async () => (await project.pods()).length === 0, 20_000, 'no pod');
    writeFileSync(project.file('www/index.html'), 'four');
    await program.waitFor(/begun four\n[\s\S]*updated!/, 60_000);
    await project.untilSh('cat /www/index.html', 'four');
    assert.equal(program.output().match(/STEP 1\/3/g)?.length, 1, 'it was built once');
  });

  test('a container that crashes gets no live update but the image; a redeploy keeps what was updated', async (t) => {
    const script = 'if grep -q broken /www/index.html; then exit 4; fi; trap exit TERM; while true; do sleep 0.2; done';
    const project = await LiveProject.create(
      t,
      `${SYNC}\nk8s_resource('web', { trigger_mode: TRIGGER_MODE_AUTO });`,
      {},
      (image) => [web(image, { command: ['sh', '-c', script] })],
    );
    const program = await project.up();
    writeFileSync(project.file('www/index.html'), 'broken');
    await program.waitFor(/updated!/);
    // The image of a redeploy holds what was updated before.
    const objects = execFileSync('cat', [project.file('objects.yaml')], { encoding: 'utf8' });
    writeFileSync(
      project.file('objects.yaml'),
      objects.replace('"terminationGracePeriodSeconds"', '"hostname":"other","terminationGracePeriodSeconds"'),
    );
    await program.waitFor(/1 File Changed: \[objects\.yaml\][\s\S]*DONE IN/);
    await program.waitFor(/CrashLoopBackOff|exit code 4/, 60_000);
    const crashes = async (): Promise<boolean> =>
      (await kubectl('get', 'pods', '-n', project.namespace)).includes('CrashLoopBackOff');
    await pollUntil(crashes, 60_000, 'a crash loop');
    writeFileSync(project.file('www/index.html'), 'mended');
    await program.waitFor(/UpdateStopped: [\s\S]*DONE IN/);
    await project.untilSh('cat /www/index.html', 'mended');
  });
});

/** A kubeconfig of somebody who may do everything in the namespace, but of running programs in pods only this. */
async function withoutExec({ namespace, cwd }: LiveProject, exec: readonly string[] = []): Promise<string> {
  const rules = [
    { apiGroups: [''], resources: ['pods', 'pods/log', 'events', 'namespaces'], verbs: ['*'] },
    { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] },
    ...(exec.length > 0 ? [{ apiGroups: [''], resources: ['pods/exec'], verbs: exec }] : []),
  ];
  const metadata = { name: 'no-exec', namespace };
  const objects = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'no-exec' },
      subjects: [{ kind: 'ServiceAccount', name: 'no-exec', namespace }],
    },
  ];
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  execFileSync('kubectl', ['apply', '-f', '-'], { input: JSON.stringify(list) });
  let token = '';
  await pollUntil(
    async () => {
      const secrets = JSON.parse(await kubectl('get', 'secrets', '-n', namespace, '-o', 'json')) as {
        readonly items: readonly {
          readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
          readonly data?: { readonly token?: string };
        }[];
      };
      const found = secrets.items.find(
        ({ metadata: { annotations } }) => annotations?.['kubernetes.io/service-account.name'] === 'no-exec',
      );
      token = Buffer.from(found?.data?.token ?? '', 'base64').toString('utf8');
      return token !== '';
    },
    20_000,
    'the token of a service account',
  );
  const config = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json')) as {
    users: { user: object }[];
  };
  for (const user of config.users) user.user = { token };
  mkdirSync(path.join(cwd, '.kube'));
  const file = path.join(cwd, '.kube', 'config');
  writeFileSync(file, JSON.stringify(config));
  return file;
}
