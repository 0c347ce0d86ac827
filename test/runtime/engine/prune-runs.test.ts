import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PruneRequest } from '../../../runtime/engine/ports.ts';
import { followPrunes, pruneDue } from '../../../runtime/engine/prune-runs.ts';
import { failure } from '../../../runtime/state/failure.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { graph, image, kubernetes, local } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

const HOUR = 3_600_000;
const SETTINGS = { enabled: true, maxAgeMs: 6 * HOUR, numBuilds: 0, intervalMs: HOUR, keepRecent: 2 };

function pruning(t: Parameters<typeof fakeSession>[0], dockerPrune = SETTINGS, images = [image('web')]) {
  const fake = fakeSession(t, graph([kubernetes('web', { images })], { dockerPrune }));
  const rounds: PruneRequest[] = [];
  let outcome: Error | undefined;
  const pruner = {
    prune: async (request: PruneRequest) => {
      rounds.push(request);
      if (outcome === undefined) return { ok: true, value: undefined } as const;
      return { ok: false, failure: failure('image-build', outcome.message) } as const;
    },
  };
  const over = followPrunes(fake.session, pruner, fake);
  const fail = (message: string): void => {
    outcome = new Error(message);
  };
  return { ...fake, rounds, over, fail };
}

test('old images are removed after the first build, and then from time to time', async (t) => {
  const fake = pruning(t);
  await pollUntil(() => fake.rounds.length === 1);
  assert.equal(fake.images.built.length, 1);
  assert.deepEqual(fake.rounds[0], { maxAgeMs: 6 * HOUR, keepRecent: 2, refs: ['web', 'web:1'], inUse: ['web:1'] });
  fake.clock.advance(HOUR - 1);
  assert.equal(fake.rounds.length, 1);
  fake.clock.advance(1);
  assert.equal(fake.rounds.length, 2);
  await fake.session.stop('test');
  await fake.over;
  fake.clock.advance(2 * HOUR);
  assert.equal(fake.rounds.length, 2);
});

test('a number of builds wins over the clock', async (t) => {
  const fake = pruning(t, { ...SETTINGS, numBuilds: 2 });
  await pollUntil(() => fake.rounds.length === 1);
  fake.clock.advance(3 * HOUR);
  for (const count of [2, 3]) {
    assert.equal(fake.rounds.length, 1);
    fake.session.filesChanged('web', ['/project/web/x']);
    await pollUntil(() => fake.cluster.applied.length === count);
  }
  await pollUntil(() => fake.rounds.length === 2);
});

test('a round that fails is told and tried again in time', async (t) => {
  const fake = pruning(t);
  fake.fail('no such engine');
  await pollUntil(() => fake.rounds.length === 1);
  const told = () => fake.log.lines().filter(({ text }) => text.includes('error running docker prune: no such engine'));
  await pollUntil(() => told().length === 1);
  fake.clock.advance(HOUR);
  await pollUntil(() => told().length === 2);
});

test('nothing is removed when that is switched off, while something is built, or without an image of Docker', async (t) => {
  const off = pruning(t, { ...SETTINGS, enabled: false });
  await off.until((state) => state.resources.get('web')?.update.kind === 'succeeded');
  assert.deepEqual(pruneDue(off.session.state, undefined, off.clock.now()), {});

  const busy = fakeSession(t, graph([kubernetes('web', { images: [image('web')] })], { dockerPrune: SETTINGS }));
  busy.images.held = true;
  const build = await busy.images.builds.next();
  assert.deepEqual(pruneDue(busy.session.state, undefined, busy.clock.now()), {});
  build.finish();
  await busy.until((state) => state.resources.get('web')?.update.kind === 'succeeded');
  assert.equal(pruneDue(busy.session.state, undefined, busy.clock.now()), true);

  const none = fakeSession(t, graph([local('a')], { dockerPrune: SETTINGS }));
  (await none.local.commands.next()).succeed();
  await none.until((state) => state.resources.get('a')?.update.kind === 'succeeded');
  assert.deepEqual(pruneDue(none.session.state, undefined, none.clock.now()), {});
});
