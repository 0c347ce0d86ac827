import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Pod } from '../../../runtime/clients/kubernetes/objects.ts';
import { isReady } from '../../../runtime/network/target-pod.ts';
import { freePort } from '../../support/free-port.ts';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig, type Watched } from '../deploy/cluster-rig.ts';
import { type ForwardFields, forwarded, get, SERVER } from './forward-rig.ts';

describe('forwarded ports in a real cluster', { skip: skipWithout('cluster', 'busybox') }, () => {
  let rig: ClusterRig;
  let watched: Watched;
  before(async () => {
    rig = await ClusterRig.create('forward');
    const container = {
      ports: [{ containerPort: 8000 }],
      readinessProbe: { tcpSocket: { port: 8000 }, periodSeconds: 1 },
    };
    watched = await rig.deploy('web', [rig.deployment('web', SERVER, { container })]);
    await watched.until('ready');
  });
  after(() => rig.dispose());

  const forward = (more: ForwardFields) => forwarded(rig.client, watched, more);

  test('a local port answers from the pod, also after the pod was replaced', async () => {
    const localPort = await freePort();
    const { listening, failures, stop } = forward({ localPort });
    assert.equal(await listening, localPort);
    const first = await get(localPort);
    assert.match(first, /^web-/);
    assert.equal(await get(localPort), first);
    await rig.deletePod(first);
    let second = first;
    await watched.untilTrue(async () => {
      second = await get(localPort).catch(() => first);
      return second !== first && second !== '';
    }, 'an answer of the new pod');
    assert.match(second, /^web-/);
    assert.deepEqual(
      failures.filter((message) => !message.includes(first)),
      [],
    );
    await stop();
    await assert.rejects(get(localPort), { code: 'ECONNREFUSED' });
  });

  test('a connection that comes while the pod is replaced waits, and is served as soon as the next pod is ready', async (t) => {
    const { listening, stop } = forward({ localPort: await freePort() });
    t.after(stop);
    const port = await listening;
    const pods = rig.client.collection<Pod>(`/api/v1/namespaces/${rig.namespace}/pods`);
    const readyAt = new Map<string, number>();
    const end = pods.subscribe(() => {
      for (const pod of pods.items)
        if (isReady(pod)) readyAt.set(pod.metadata.name, readyAt.get(pod.metadata.name) ?? Date.now());
    });
    t.after(end);
    const delays: number[] = [];
    for (let round = 0; round < 3; round++) {
      const old = await get(port);
      await rig.deletePod(old);
      let next = old;
      await watched.untilTrue(async () => {
        next = await get(port).catch(() => old);
        return next !== old;
      }, 'an answer of the next pod');
      delays.push(Date.now() - (readyAt.get(next) ?? 0));
    }
    // A busy machine may be slow once.
    assert.ok(Math.min(...delays) < 300, `served ${delays.join(', ')} ms after the pod was ready`);
  });

  test('many connections at once, and more data than fits into a buffer', async () => {
    const localPort = await freePort();
    const { listening, stop } = forward({ localPort, containerPort: 8000 });
    await listening;
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(localPort)));
    assert.ok(
      answers.every((answer) => answer.startsWith('web-')),
      answers.join(),
    );
    assert.equal((await get(localPort, '127.0.0.1', '/big')).length, 8 * 1024 * 1024);
    await stop();
  });

  test('a client that has said everything still gets its answer', async () => {
    const localPort = await freePort();
    const { listening, stop } = forward({ localPort });
    await listening;
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect({ host: '127.0.0.1', port: localPort, allowHalfOpen: true }, () => {
        socket.end('GET / HTTP/1.0\r\n\r\n');
      });
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    assert.match(answer, /200 OK[\s\S]*web-/);
    await stop();
  });

  test('a port that is taken is named with who has it, and is taken over when it gets free', async (t) => {
    const blocker = createServer();
    t.after(() => blocker.close());
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const { listening, failures, stop } = forward({ localPort: port });
    t.after(stop);
    await watched.untilTrue(() => failures.length > 0, 'the failure');
    assert.match(
      failures[0] ?? '',
      new RegExp(`^Cannot forward port ${port}: process ${process.pid} \\(node\\) uses it`),
    );
    await new Promise((resolve) => blocker.close(resolve));
    assert.equal(await listening, port);
    assert.match(await get(port), /^web-/);
    assert.equal(failures.length, 1);
    await stop();
  });

  test('a port without a number is the port of the container', async () => {
    const { listening, failures, stop } = forward({ host: '127.0.0.2' });
    assert.equal(await listening, 8000, failures.join());
    assert.match(await get(8000, '127.0.0.2'), /^web-/);
    await stop();
  });

  test('a pod that does not listen is told of', async () => {
    const localPort = await freePort();
    const { listening, failures, stop } = forward({ localPort, containerPort: 8001 });
    await listening;
    await get(localPort).catch(() => {});
    await watched.untilTrue(() => failures.length > 0, 'the failure');
    assert.match(failures[0] ?? '', new RegExp(`^Cannot forward port ${localPort} to port 8001 of pod "web-\\S+": `));
    await stop();
  });
});
