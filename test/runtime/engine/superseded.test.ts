import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { superseded } from '../../../runtime/engine/superseded.ts';
import { type FakeSession, fakeSession } from '../../support/fake-session.ts';
import { graph, image, kubernetes } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

const CHANGED = ['/project/web/index.html'];

function heldSession(t: TestContext, options: Parameters<typeof kubernetes>[1] = {}): FakeSession {
  const resource = kubernetes('web', { images: [image('web')], ...options });
  const fake = fakeSession(t, graph([resource]));
  fake.images.held = true;
  return fake;
}

test('a build whose files change is called off and begun anew, for both reasons', async (t) => {
  const fake = heldSession(t);
  const first = await fake.images.builds.next();
  fake.session.filesChanged('web', CHANGED);
  const second = await fake.images.builds.next();
  assert.equal(first.stopped, true);
  second.finish();
  await pollUntil(() => fake.cluster.applied.length === 1);
  await fake.until((state) => state.resources.get('web')?.update.kind === 'succeeded');
  const row = fake.session.state.resources.get('web');
  assert.deepEqual(row?.update.kind === 'succeeded' && row.update.causes, [
    { kind: 'initial' },
    { kind: 'files', paths: CHANGED },
  ]);
  assert.deepEqual(
    row?.history.map(({ kind }) => kind),
    ['cancelled', 'succeeded'],
  );
  assert.equal(row?.pending, undefined);
  assert.equal(fake.session.state.images.get('web')?.stale, false);
  assert.ok(fake.log.lines().some(({ text }) => text.startsWith('Called off, because files changed meanwhile')));
});

test('somebody who saves again and again gets every third build', async (t) => {
  const fake = heldSession(t);
  const builds = [];
  for (let count = 0; count < 3; count += 1) {
    builds.push(await fake.images.builds.next());
    fake.session.filesChanged('web', [`/project/web/${count}`]);
    await fake.until((state) => state.resources.get('web')?.pending !== undefined || count < 2);
  }
  assert.deepEqual(
    builds.map(({ stopped }) => stopped),
    [true, true, false],
  );
  builds[2]?.finish();
  // What changed during it is built next, and that one may be called off again.
  const next = await fake.images.builds.next();
  assert.equal(fake.cluster.applied.length, 1);
  fake.session.filesChanged('web', CHANGED);
  (await fake.images.builds.next()).finish();
  await pollUntil(() => fake.cluster.applied.length === 2);
  assert.equal(next.stopped, true);
});

test('a change of what is built later, or that waits for a trigger, calls nothing off', async (t) => {
  const two = fakeSession(t, graph([kubernetes('web', { images: [image('first'), image('web')] })]));
  two.images.held = true;
  const first = await two.images.builds.next();
  two.session.filesChanged('web', CHANGED);
  await two.until((state) => state.images.get('web')?.stale === true);
  assert.deepEqual(superseded(two.session.state), []);
  assert.equal(first.stopped, false);

  const manual = heldSession(t, { trigger: { onChange: false, atStart: true } });
  const build = await manual.images.builds.next();
  manual.session.filesChanged('web', CHANGED);
  await manual.until((state) => state.images.get('web')?.stale === true);
  assert.deepEqual(superseded(manual.session.state), []);
  assert.equal(build.stopped, false);
});

test('a base whose files change while what is built on it is built', async (t) => {
  const images = [image('base'), image('web', { dependsOn: ['base'] })];
  const fake = fakeSession(t, graph([kubernetes('web', { images })]));
  fake.images.held = true;
  (await fake.images.builds.next()).finish();
  const web = await fake.images.builds.next();
  fake.session.filesChanged('web', ['/project/base/x']);
  const base = await fake.images.builds.next();
  assert.deepEqual([web.ref, web.stopped, base.ref], ['web', true, 'base']);
  base.finish();
  (await fake.images.builds.next()).finish();
  await pollUntil(() => fake.cluster.applied.length === 1);
  assert.deepEqual(
    fake.cluster.applied[0]?.images.map(({ clusterRef }) => clusterRef),
    ['base:2', 'web:3'],
  );
});
