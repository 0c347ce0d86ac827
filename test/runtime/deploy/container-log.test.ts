import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { ContainerLog } from '../../../runtime/deploy/container-log.ts';
import { newPosition } from '../../../runtime/deploy/log-position.ts';

test('a container whose log goes on is alive as soon as its timer says so, whatever the clock says', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const log = new PassThrough();
  const client = { stream: async () => log } as unknown as KubernetesClient;
  let changes = 0;
  const status = { name: 'main', containerID: 'c1', restartCount: 0, state: { running: {} } };
  const target = { namespace: 'default', pod: 'web', container: 'main' };
  const container = new ContainerLog(
    client,
    target,
    status as never,
    newPosition(''),
    () => {},
    () => changes++,
  );
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(container.isAlive, false);
  // No real time has passed, as when a timer comes early.
  t.mock.timers.tick(1_000);
  assert.equal(container.isAlive, true);
  assert.equal(changes, 1);
  log.end();
  await container.stop();
  assert.equal(container.isAlive, false);
});
