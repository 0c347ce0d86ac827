import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { SessionPorts } from '../../../runtime/engine/session.ts';
import { failure } from '../../../runtime/state/failure.ts';
import type { Resource } from '../../../stdlib/model/resource.ts';
import type { CiSettings } from '../../../stdlib/model/settings.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { compose, graph, image, kubernetes, local } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

const CANCELLED = { ok: false, failure: failure('cancelled', 'stopped') } as const;

/** A session in which builds, applies and starts by Compose last until they are aborted. */
function hanging(t: TestContext, resources: readonly Resource[], ci: Partial<CiSettings>, mode: 'ci' | 'up' = 'ci') {
  const session = fakeSession(t, graph(resources, { ci }), mode);
  const begun: string[] = [];
  const untilAborted = (what: string, signal: AbortSignal) => {
    begun.push(what);
    return new Promise<typeof CANCELLED>((resolve) =>
      signal.addEventListener('abort', () => resolve(CANCELLED), { once: true }),
    );
  };
  const ports: Pick<SessionPorts, 'images' | 'compose'> = session;
  ports.images.build = (request, output, _steps, signal) => {
    output.write('[2/3] RUN make\n[3/3] RUN sleep 1000\n   ');
    return untilAborted(`build ${request.image.ref}`, signal);
  };
  ports.compose.up = (request, _output, _steps, signal) => untilAborted(`up ${request.resource.name}`, signal);
  return { ...session, begun };
}

const outcomeAfter = async (session: ReturnType<typeof hanging>, what: string, ms: number) => {
  await pollUntil(() => session.begun.includes(what));
  session.clock.advance(ms);
  return session.session.ended;
};

test('an image has its own limit, which wins over that of ci_settings, and says where it was', async (t) => {
  const web = kubernetes('web', { images: [image('web', { timeoutMs: 7000 })] });
  const outcome = await outcomeAfter(hanging(t, [web], { buildTimeoutMs: 2000 }), 'build web', 7000);
  assert.deepEqual([outcome.code, outcome.message], [3, 'Building "web" was stopped: it took longer than 7s']);
  assert.deepEqual(outcome.reasons[0]?.failure.details, ['It was at: [3/3] RUN sleep 1000']);
});

test('ci_settings limits images that say nothing', async (t) => {
  const web = kubernetes('web', { images: [image('web')] });
  const outcome = await outcomeAfter(hanging(t, [web], { buildTimeoutMs: 2000 }), 'build web', 2000);
  assert.match(outcome.message, /took longer than 2s/);
});

test('a start by Compose has the limit of deployments', async (t) => {
  const outcome = await outcomeAfter(hanging(t, [compose('db')], { deployTimeoutMs: 3000 }), 'up db', 3000);
  assert.deepEqual([outcome.code, outcome.message], [3, 'Starting "db" was stopped: it took longer than 3s']);
});

test('an apply has the limit of its resource, else of ci_settings, else of update_settings', async (t) => {
  const own = kubernetes('own', { timeoutMs: 1000 });
  const session = fakeSession(t, graph([own, kubernetes('web')], { ci: { deployTimeoutMs: 2000 } }), 'ci');
  await session.until((state) => state.resources.get('web')?.update.kind === 'succeeded');
  assert.deepEqual(
    session.cluster.applied.map(({ resource, timeoutMs }) => [resource.name, timeoutMs]),
    [
      ['own', 1000],
      ['web', 2000],
    ],
  );
  const other = fakeSession(t, graph([kubernetes('web')], { ci: { deployTimeoutMs: 2000 } }), 'up');
  await other.until((state) => state.resources.get('web')?.update.kind === 'succeeded');
  assert.equal(other.cluster.applied[0]?.timeoutMs, 30_000);
});

test('in up the limits of ci_settings do not count, those of a resource do', async (t) => {
  const free = local('free', { allowParallel: true });
  const limited = local('limited', { allowParallel: true, timeoutMs: 5000 });
  const {
    local: ports,
    clock,
    until,
    session,
  } = fakeSession(t, graph([free, limited], { ci: { buildTimeoutMs: 1000 } }));
  await ports.commands.next();
  await ports.commands.next();
  clock.advance(5000);
  await until((state) => state.resources.get('limited')?.update.kind === 'failed');
  assert.equal(session.state.resources.get('free')?.update.kind, 'running');
});
