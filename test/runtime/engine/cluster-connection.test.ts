import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../runtime/state/failure.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { graph, kubernetes } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

const AWAY = { ok: false, failure: failure('cluster-unreachable', 'Cannot reach the cluster') } as const;
const said = (fake: ReturnType<typeof fakeSession>, text: string) =>
  fake.log.lines().filter((line) => line.text === text).length;

test('up tries again until the cluster answers, says so once, and deploys then', async (t) => {
  const fake = fakeSession(t, graph([kubernetes('web')]));
  const there = fake.cluster.connection;
  fake.cluster.connection = AWAY;
  await fake.until(({ cluster }) => cluster.kind === 'failed');
  await pollUntil(() => {
    fake.clock.advance(3_000);
    return fake.cluster.connects >= 3;
  });
  assert.equal(said(fake, 'Cannot reach the cluster'), 1);
  assert.equal(fake.cluster.applied.length, 0);
  fake.cluster.connection = there;
  await pollUntil(() => {
    fake.clock.advance(3_000);
    return fake.cluster.applied.length === 1;
  });
  assert.equal(said(fake, 'The cluster answers now.'), 1);
  const { connects } = fake.cluster;
  fake.clock.advance(60_000);
  await fake.until(({ cluster }) => cluster.kind === 'connected');
  assert.equal(fake.cluster.connects, connects, 'nothing is tried any more');
});

test('a context that is refused is not tried again until the Tiltfile allows it', async (t) => {
  const fake = fakeSession(t, graph([kubernetes('web')]));
  const there = fake.cluster.connection;
  fake.cluster.connection = { ok: false, failure: failure('cluster-refused', 'Stop! shop might be production.') };
  await fake.until(({ cluster }) => cluster.kind === 'failed');
  fake.clock.advance(60_000);
  assert.equal(fake.cluster.connects, 1);
  fake.cluster.connection = there;
  const allowed = { ...graph([kubernetes('web')]), cluster: { allowedContexts: ['shop'], defaultRegistry: undefined } };
  fake.tiltfile.outcome = { ok: true, graph: allowed };
  fake.session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await pollUntil(() => fake.cluster.applied.length === 1);
  assert.equal(fake.cluster.connects, 2);
});

test('another default registry is asked about before the next deploy', async (t) => {
  const fake = fakeSession(t, graph([kubernetes('web')]));
  await pollUntil(() => fake.cluster.applied.length === 1);
  const defaultRegistry = { host: 'registry.example', hostFromCluster: '', singleName: '' };
  const changed = {
    ...graph([kubernetes('web', { labels: ['x'] }), kubernetes('api')]),
    cluster: { allowedContexts: [], defaultRegistry },
  };
  fake.tiltfile.outcome = { ok: true, graph: changed };
  fake.session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await pollUntil(() => fake.cluster.connects === 2 && fake.cluster.applied.length >= 2);
});
