import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  configMap,
  deployment,
  type Fields,
  kubectl as inCluster,
  makeClusterProject,
  podSpec,
  pushImage,
} from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { runProgram } from '../../support/program.ts';
import { served } from '../../support/served-program.ts';
import { skipWithout } from '../../support/testbed.ts';

const HTTP = 'mkdir /www; echo "hello from $HOSTNAME" > /www/index.html; exec httpd -f -p 8000 -h /www';

function object(kind: string, name: string, spec: Fields): string {
  return JSON.stringify({ apiVersion: 'tilt.dev/v1alpha1', kind, metadata: { name }, spec });
}

const WEB = { key: 'app', operator: 'In', values: ['web'] };
const NO_SUCH = { key: 'nosuch', operator: 'DoesNotExist' };

describe('objects of the API act on the cluster', {
  skip: skipWithout('docker', 'cluster', 'busybox', 'kubectl'),
}, () => {
  before(pushImage);

  test('an apply of a client brings objects, finds their pods, forwards a port, changes and takes away', async (t) => {
    const { namespace } = await makeClusterProject(t, []);
    const { kubectl, program } = await served(t, { 'Tiltfile.js': "local_resource('lint', 'true');" }, [
      '--namespace',
      namespace,
    ]);
    const web = deployment('web', podSpec(HTTP, { ports: [{ containerPort: 8000 }] }), { replicas: 2 });
    const prepare = { name: 'prepare', image: '127.0.0.1:5000/tilt-ts-test/busybox:latest', command: ['true'] };
    const withInit = structuredClone(web) as { spec: { template: { spec: { initContainers?: readonly Fields[] } } } };
    withInit.spec.template.spec.initContainers = [prepare];
    const yaml = [withInit, configMap('settings')].map((one) => JSON.stringify(one)).join('\n---\n');
    const made = kubectl(
      ['apply', '-f', '-'],
      object('KubernetesApply', 'mine', {
        yaml,
        portForwardTemplateSpec: { forwards: [{ containerPort: 8000, localPort: 18_477 }] },
      }),
    );
    assert.equal(made.stdout, 'kubernetesapply.tilt.dev/mine created\n', made.stderr);
    await program.waitFor(/Objects applied to cluster/);
    const status = (kind: string, name: string) => JSON.parse(kubectl(['get', kind, name, '-o', 'json']).stdout).status;
    await pollUntil(() => status('ka', 'mine').resultYAML !== undefined, 20_000, 'the result of the apply');
    await pollUntil(
      () => status('kd', 'mine').pods.filter((pod: Fields) => pod.status === 'Running').length === 2,
      60_000,
      'two pods that run',
    );
    const [pod] = status('kd', 'mine').pods;
    assert.equal(pod.namespace, namespace);
    assert.equal(pod.owner.kind, 'ReplicaSet');
    assert.match(pod.owner.creationTimestamp, /^20/);
    assert.equal(pod.initContainers[0].state.terminated.exitCode, 0);
    assert.deepEqual(pod.containers[0].ports, [8000]);
    assert.ok(pod.conditions.some(({ type }: Fields) => type === 'Ready'));
    assert.equal(kubectl(['get', 'pls', '-o', 'name']).stdout.trim().split('\n').length, 2);
    await pollUntil(
      async () =>
        (
          await fetch('http://127.0.0.1:18477/').then(
            (one) => one.text(),
            () => '',
          )
        ).startsWith('hello from'),
      20_000,
      'the forwarded port',
    );

    const single = kubectl(
      ['apply', '-f', '-'],
      object('PortForward', 'one', { podName: pod.name, forwards: [{ containerPort: 8000 }] }),
    );
    assert.equal(single.code, 0, single.stderr);
    await pollUntil(() => status('pf', 'one').forwardStatuses[0].startedAt !== null, 20_000, 'the port of one pod');
    const { localPort } = status('pf', 'one').forwardStatuses[0];
    assert.equal(await (await fetch(`http://127.0.0.1:${localPort}/`)).text(), `hello from ${pod.name}\n`);
    assert.equal(kubectl(['delete', 'pf', 'one']).code, 0);
    await pollUntil(
      () =>
        fetch(`http://127.0.0.1:${localPort}/`).then(
          () => false,
          () => true,
        ),
      10_000,
      'the port to be closed',
    );

    const found = kubectl(
      ['apply', '-f', '-'],
      object('KubernetesDiscovery', 'found', {
        watches: [{ namespace }],
        extraSelectors: [{ matchExpressions: [WEB, NO_SUCH] }],
      }),
    );
    assert.equal(found.code, 0, found.stderr);
    await pollUntil(() => status('kd', 'found').pods.length === 2, 20_000, 'pods by their label');

    const less = kubectl(['apply', '-f', '-'], object('KubernetesApply', 'mine', { yaml: JSON.stringify(withInit) }));
    assert.equal(less.code, 0, less.stderr);
    await pollUntil(
      async () => !(await inCluster('get', 'cm', '-n', namespace, '-o', 'name')).includes('settings'),
      30_000,
      'what was declared no more to go',
    );
    assert.match(await inCluster('get', 'deploy', '-n', namespace, '-o', 'name'), /web/);
    assert.equal(kubectl(['delete', 'ka', 'mine']).code, 0);
    await pollUntil(
      async () => (await inCluster('get', 'deploy', '-n', namespace, '-o', 'name')) === '',
      60_000,
      'all of it to go',
    );
    assert.equal(kubectl(['get', 'kd', 'mine']).code, 1);

    const broken = kubectl(['apply', '-f', '-'], object('KubernetesApply', 'broken', { yaml: 'kind: [' }));
    assert.equal(broken.code, 0, broken.stderr);
    await program.waitFor(/kubernetesapply broken: Cannot apply "broken": /);
    assert.match(status('ka', 'broken').error, /Cannot apply "broken"/);
  });

  test('ci waits for what the Tiltfile applies by such an object, and says why it failed', async (t) => {
    const { cwd, namespace } = await makeClusterProject(t, [], '', {
      'Tiltfile.js': `v1alpha1.kubernetes_apply('infra', { yaml: ${JSON.stringify(JSON.stringify(configMap('flags')))} });\nlocal_resource('lint', 'true');`,
      'bad.js': "v1alpha1.kubernetes_apply('infra', { yaml: 'kind: ConfigMap' });\nlocal_resource('lint', 'true');",
    });
    const good = await runProgram(t, ['ci', '--namespace', namespace], { cwd });
    assert.equal(good.code, 0, good.stderr);
    assert.match(await inCluster('get', 'cm', '-n', namespace, '-o', 'name'), /configmap\/flags/);
    const bad = await runProgram(t, ['ci', '-f', 'bad.js', '--namespace', namespace], { cwd });
    assert.equal(bad.code, 1, bad.stdout);
    assert.match(bad.stderr, /Cannot apply "infra": expected a Kubernetes object, got \{"kind":"ConfigMap"\}/);
  });
});
