import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { deployment, type Fields, kubectl, makeClusterProject, podSpec } from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

test('pods whose node is lost end ci, which says so: one that was ready, and one that never started', {
  skip: skipWithout('cluster'),
}, async (t) => {
  const client = new KubernetesClient();
  t.after(() => client.close());
  const node = await lonelyNode(t, client);
  const pod = { nodeName: node, tolerations: [{ operator: 'Exists' }] };
  const hold =
    "local_resource('hold', 'until [ -e lost ]; do sleep 0.1; done');\nci_settings({ readiness_timeout: '2s' });";
  const project = await makeClusterProject(
    t,
    [deployment('web', podSpec('true', {}, pod)), deployment('late', podSpec('true', {}, pod))],
    hold,
  );
  // Nobody else would end it.
  t.after(() => kubectl('delete', 'pods', '--all', '--force', '--grace-period=0', '-n', project.namespace));
  const program = startProgram(t, ['ci', '--keep-going', '--namespace', project.namespace], { cwd: project.cwd });
  await program.waitFor(/Objects applied/);
  await setReady(client, project.namespace);
  await pollUntil(
    async () => /Unknown/.test(await kubectl('get', 'node', node, '-o', 'jsonpath={.status.conditions}')),
    90_000,
    'the cluster noticing that the node is lost',
  );
  writeFileSync(path.join(project.cwd, 'lost'), '');
  assert.equal(await program.exit, 1);
  const lost = `node "${node}" is not ready: Kubelet stopped posting node status.`;
  const errors = program.stderr().replaceAll(/"late-\w+-\w+"/g, '"late-…"');
  assert.match(errors, literally(`Error: late: Pod "late-…" cannot start: ${lost}`));
  assert.match(errors, literally(`Error: web: Readiness timeout after 2s: "web" is not ready: ${lost}`));
});

/** A node as a kubelet would make it that dies at once: the cluster notices within a minute. Nothing but what names it goes there. */
async function lonelyNode(t: TestContext, client: KubernetesClient): Promise<string> {
  const name = `zz-tilt-ts-${randomUUID().slice(0, 8)}`;
  const spec = { unschedulable: true, taints: [{ key: 'tilt-ts-test', effect: 'NoSchedule' }] };
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec };
  await client.json('/api/v1/nodes', { method: 'POST', body: JSON.stringify(node) });
  t.after(() => kubectl('delete', 'node', name));
  const heartbeat = new Date().toISOString();
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' };
  const conditions = [{ ...ready, lastHeartbeatTime: heartbeat, lastTransitionTime: heartbeat }];
  await patchStatus(client, `/api/v1/nodes/${name}`, { conditions });
  return name;
}

/** What the node's kubelet would say of the only pod of a namespace once it runs. */
async function setReady(client: KubernetesClient, namespace: string): Promise<void> {
  const pods = `/api/v1/namespaces/${namespace}/pods?labelSelector=app%3Dweb`;
  let name: string | undefined;
  await pollUntil(
    async () => {
      const { items } = await client.json<{ items: readonly { metadata: { name: string } }[] }>(pods);
      name = items[0]?.metadata.name;
      return name !== undefined;
    },
    20_000,
    'a pod',
  );
  const now = new Date().toISOString();
  const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: now });
  const main = { name: 'main', image: 'busybox', imageID: 'busybox', ready: true, started: true, restartCount: 0 };
  await patchStatus(client, `/api/v1/namespaces/${namespace}/pods/${name}`, {
    phase: 'Running',
    startTime: now,
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
    containerStatuses: [{ ...main, containerID: 'containerd://0', state: { running: { startedAt: now } } }],
  });
}

function literally(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?()[\]]/g, '\\$&'));
}

async function patchStatus(client: KubernetesClient, path: string, status: Fields): Promise<void> {
  await client.json(`${path}/status`, {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    body: JSON.stringify({ status }),
  });
}
