import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../../support/free-port.ts';
import { skipWithout } from '../../support/testbed.ts';
import { clientBehindProxy } from '../deploy/client-behind-proxy.ts';
import { ClusterRig, type Watched } from '../deploy/cluster-rig.ts';
import { forwarded, get, SERVER } from './forward-rig.ts';

const options = { skip: skipWithout('cluster', 'busybox'), concurrency: 3 };
const PORTS = { ports: [{ containerPort: 8000 }] };

describe('forwarded ports when something goes wrong', options, () => {
  let rig: ClusterRig;
  let watched: Watched;
  before(async () => {
    rig = await ClusterRig.create('forward-faults');
    const container = { ...PORTS, readinessProbe: { tcpSocket: { port: 8000 }, periodSeconds: 1 } };
    watched = await rig.deploy('web', [rig.deployment('web', SERVER, { container })]);
    await watched.until('ready');
  });
  after(() => rig.dispose());

  test('an API server that goes away and comes back', async (t) => {
    const { proxy, client } = await clientBehindProxy(t, rig);
    const localPort = await freePort();
    const { listening, failures, stop } = forwarded(client, watched, { localPort });
    t.after(stop);
    await listening;
    assert.match(await get(localPort), /^web-/);
    await proxy.down();
    // The port stays open, and tells nobody a hundred times.
    await Promise.all(Array.from({ length: 20 }, () => get(localPort).catch(() => '')));
    assert.equal(failures.length, 1, failures.join('\n'));
    assert.match(failures[0] ?? '', /connection refused/i);
    await proxy.up();
    await watched.untilTrue(async () => (await get(localPort).catch(() => '')).startsWith('web-'), 'an answer');
  });

  test('a pod that is never ready is served without a delay', async (t) => {
    const container = { ...PORTS, readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 } };
    const unready = await rig.deploy('unready', [rig.deployment('unready', SERVER, { container })]);
    const localPort = await freePort();
    const { listening, stop } = forwarded(rig.client, unready, { localPort });
    t.after(stop);
    await listening;
    await unready.untilTrue(() => unready.last?.podStatus === 'Running', 'a pod that runs');
    await unready.untilTrue(async () => (await get(localPort).catch(() => '')).startsWith('unready-'), 'an answer');
    await unready.untilTrue(async () => {
      const start = performance.now();
      return (await get(localPort)).startsWith('unready-') && performance.now() - start < 1_000;
    }, 'an answer at once');
  });

  test('what a client sends arrives whole, however much it is, on both loopback addresses', async (t) => {
    // With nothing to say nc hangs up at once, after which a cluster may cut what still comes.
    const script =
      'mkdir /in; mkfifo /in/open; exec 3<>/in/open; while true; do nc -l -p 9000 <&3 > /in/data; wc -c < /in/data; done';
    const sink = await rig.deploy('sink', [
      rig.deployment('sink', script, { container: { ports: [{ containerPort: 9000 }] } }),
    ]);
    await sink.until('ready');
    const localPort = await freePort();
    const { listening, stop } = forwarded(rig.client, sink, { localPort });
    t.after(stop);
    await listening;
    const size = 12 * 1024 * 1024;
    for (const host of ['127.0.0.1', '::1']) {
      const count = sink.lines.length;
      const socket = connect({ host, port: localPort });
      socket.on('error', () => {});
      socket.end(Buffer.alloc(size, 'x'));
      socket.resume();
      await sink.untilTrue(() => sink.lines.length > count, 'the end of what was sent');
      assert.equal(Number(sink.lines.at(-1)), size);
    }
  });

  test('a resource without a pod: connections fail after a while, and it is told once', async (t) => {
    const none = await rig.deploy('none', [rig.deployment('none', SERVER, { replicas: 0, container: PORTS })]);
    const localPort = await freePort();
    const { listening, failures, stop } = forwarded(rig.client, none, { localPort });
    t.after(stop);
    await listening;
    await Promise.all(Array.from({ length: 5 }, () => assert.rejects(get(localPort))));
    assert.deepEqual(failures, [`Cannot forward port ${localPort} to "none": it has no pod that runs`]);
  });
});
