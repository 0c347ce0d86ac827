import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import type { Pod } from '../../../runtime/clients/kubernetes/objects.ts';
import { NodeWatch } from '../../../runtime/deploy/node-watch.ts';
import { ago, NOW, pod, running } from './workload-cases.ts';

/** A cluster of one node, and which paths are followed. */
function cluster(ready: object) {
  const followed = new Set<string>();
  const node = { metadata: { name: 'node-1' }, status: { conditions: [{ type: 'Ready', ...ready }] } };
  const client = {
    collection: (path: string) => ({
      items: [node],
      subscribe: () => {
        followed.add(path);
        return () => followed.delete(path);
      },
    }),
  } as unknown as KubernetesClient;
  return { followed, watch: new NodeWatch(client, () => {}) };
}

test('the node of a pod that lost its readiness while its containers have theirs is looked at, and only then', () => {
  const message = 'Kubelet stopped posting node status.';
  const { followed, watch } = cluster({ status: 'Unknown', message });
  watch.follow([pod(), pod({ ready: false, state: running() })], NOW);
  assert.deepEqual([...followed], []);
  assert.equal(watch.problemOf('node-1'), '');
  watch.follow([pod({ lost: true })], NOW);
  assert.deepEqual([...followed], ['/api/v1/nodes?fieldSelector=metadata.name%3Dnode-1']);
  assert.equal(watch.problemOf('node-1'), `node "node-1" is not ready: ${message}`);
  watch.follow([pod()], NOW);
  assert.deepEqual([...followed], [], 'no longer when it is ready again');
  watch.follow([pod({ lost: true })], NOW);
  watch.stop();
  assert.deepEqual([...followed], []);
});

test('the node of a pod that is given to it and shows nothing of it is looked at after a while', () => {
  const { followed, watch } = cluster({ status: 'Unknown' });
  const given = (seconds: number): Pod => {
    const { metadata, spec } = pod({ phase: 'Pending' });
    return {
      metadata: { ...metadata, creationTimestamp: ago(seconds) },
      ...(spec && { spec }),
      status: { phase: 'Pending' },
    };
  };
  watch.follow([given(1)], NOW);
  assert.equal(followed.size, 0);
  watch.follow([given(6)], NOW);
  assert.equal(watch.problemOf('node-1'), 'node "node-1" is not ready: Ready is Unknown');
});

test('a node that is ready is no reason', () => {
  const { watch } = cluster({ status: 'True' });
  watch.follow([pod({ lost: true })], NOW);
  assert.equal(watch.problemOf('node-1'), '');
});
