import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { createDeployer } from '../../../runtime/deploy/deployer.ts';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig, Watched } from './cluster-rig.ts';

/** Stands between the client and the API server, and can go away. */
class TcpProxy {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  port = 0;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  async up(): Promise<void> {
    const server = createServer((socket) => {
      const other = connect({ host: this.#target.hostname, port: Number(this.#target.port) });
      for (const [one, two] of [
        [socket, other],
        [other, socket],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(two);
        one.on('error', () => two.destroy());
        one.on('close', () => {
          this.#sockets.delete(one);
          two.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

describe('a cluster that goes away', { skip: skipWithout('cluster', 'busybox') }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('away');
  });
  after(() => rig.dispose());

  test('while it is watched: the watch goes on when it is back, and no line comes twice or is lost', async (t) => {
    const target = await rig.client.target();
    const proxy = new TcpProxy(target.cluster.server);
    await proxy.up();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-away-'));
    const file = path.join(folder, 'config');
    writeFileSync(
      file,
      readFileSync(target.file, 'utf8').replaceAll(target.cluster.server, `https://127.0.0.1:${proxy.port}`),
    );
    const client = new KubernetesClient({ env: { ...process.env, KUBECONFIG: file } });
    t.after(async () => {
      await client.close();
      await proxy.down().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    });

    const server = 'i=0; while true; do i=$((i+1)); echo "tick $i"; sleep 0.05; done';
    const direct = await rig.deploy('ticker', [rig.deployment('ticker', server)]);
    const watched = new Watched(createDeployer(client), direct.resource, direct.deployed, '');
    t.after(() => watched.stop());
    await watched.until('ready');
    await watched.untilTrue(() => watched.lines.length > 10, 'some lines');

    await proxy.down();
    await watched.untilTrue(
      () => watched.notes.some((note) => note.startsWith('The cluster does not answer: ')),
      'the note',
    );
    const known = watched.reports.length;
    const first = direct.last?.podName ?? '';
    await rig.deletePod(first);
    await direct.untilTrue(() => direct.last?.state.status === 'ready' && direct.last.podName !== first, 'the new pod');
    assert.equal(watched.reports.length, known, 'nothing is made up while it is away');

    await proxy.up();
    await watched.untilTrue(
      () => watched.last?.state.status === 'ready' && watched.last.podName !== first,
      'the new pod',
    );
    await watched.untilTrue(() => watched.notes.includes('The cluster answers again.'), 'the note');
    await watched.untilTrue(() => watched.logs.filter(({ pod }) => pod !== first).length > 50, 'lines of the new pod');
    const lines = watched.logs.filter(({ pod }) => pod !== first).map(({ text }) => text);
    assert.deepEqual(
      lines,
      lines.map((_, index) => `tick ${index + 1}`),
    );
  });

  test('a log whose connection breaks goes on where it was', async (t) => {
    const target = await rig.client.target();
    const proxy = new TcpProxy(target.cluster.server);
    await proxy.up();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-away-'));
    const file = path.join(folder, 'config');
    writeFileSync(
      file,
      readFileSync(target.file, 'utf8').replaceAll(target.cluster.server, `https://127.0.0.1:${proxy.port}`),
    );
    const client = new KubernetesClient({ env: { ...process.env, KUBECONFIG: file } });
    t.after(async () => {
      await client.close();
      await proxy.down().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    });
    const server = 'i=0; while true; do i=$((i+1)); echo "tock $i"; sleep 0.02; done';
    const direct = await rig.deploy('tocker', [rig.deployment('tocker', server)]);
    const watched = new Watched(createDeployer(client), direct.resource, direct.deployed, '');
    t.after(() => watched.stop());
    for (const count of [20, 100, 200]) {
      await watched.untilTrue(() => watched.lines.length > count, `${count} lines`);
      await proxy.down();
      await proxy.up();
    }
    await watched.untilTrue(() => watched.lines.length > 300, '300 lines');
    assert.deepEqual(
      watched.lines,
      watched.lines.map((_, index) => `tock ${index + 1}`),
    );
  });
});
