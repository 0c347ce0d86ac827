import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDeployer } from '../../../runtime/deploy/deployer.ts';
import { pollUntil } from '../../support/poll.ts';
import { skipWithout } from '../../support/testbed.ts';
import { clientBehindProxy } from './client-behind-proxy.ts';
import { ClusterRig, Watched } from './cluster-rig.ts';

describe('a cluster that goes away', { skip: skipWithout('cluster', 'busybox') }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('away');
  });
  after(() => rig.dispose());

  test('while it is watched: the watch goes on when it is back, and no line comes twice or is lost', async (t) => {
    const { proxy, client } = await clientBehindProxy(t, rig);

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
    assert.deepEqual(watched.reports.slice(known), [], 'nothing is made up while it is away');

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

  test('of many resources one tells that the cluster is away, and that it is back', async (t) => {
    const { proxy, client } = await clientBehindProxy(t, rig);
    const deployer = createDeployer(client);
    const watches: Watched[] = [];
    for (const name of ['one', 'two', 'three']) {
      const direct = await rig.deploy(name, [rig.object('v1', 'ConfigMap', name)]);
      const watched = new Watched(deployer, direct.resource, direct.deployed, '');
      t.after(() => watched.stop());
      await watched.until('ready');
      watches.push(watched);
    }
    const notes = (start: string) => watches.flatMap((watch) => watch.notes.filter((note) => note.startsWith(start)));
    await proxy.down();
    await pollUntil(() => notes('The cluster does not answer').length > 0, 10_000, 'the note');
    await proxy.up();
    await pollUntil(() => notes('The cluster answers again.').length > 0, 20_000, 'the note');
    assert.equal(notes('The cluster does not answer').length, 1);
    assert.equal(notes('The cluster answers again.').length, 1);
  });

  test('a log whose connection breaks goes on where it was', async (t) => {
    const { proxy, client } = await clientBehindProxy(t, rig);
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
