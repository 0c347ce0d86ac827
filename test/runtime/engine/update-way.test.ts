import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schedule } from '../../../runtime/engine/schedule.ts';
import { failure } from '../../../runtime/state/failure.ts';
import type { LiveContainer } from '../../../runtime/state/live.ts';
import type { Image } from '../../../stdlib/model/image.ts';
import type { LiveUpdate } from '../../../stdlib/model/live-update.ts';
import type { KubernetesResource } from '../../../stdlib/model/resource.ts';
import { compose, graph, image, kubernetes } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const spec: LiveUpdate = {
  basePath: '/project',
  stopPaths: ['web/package.json'],
  syncs: [{ localPath: 'web', containerPath: '/app' }],
  runs: [],
  restart: false,
  initialSync: false,
  containerName: '',
};
const WEB = image('web', { liveUpdate: spec });
const container = (id: string, tried = 0): LiveContainer => ({ id, name: `pod/${id}`, ref: 'web', tried });

/** A session whose resource is up, with these containers. */
function running(resource: Partial<KubernetesResource>, containers: readonly LiveContainer[] = [container('a')]) {
  const session = new Replay().load(graph([kubernetes('web', { images: [WEB], ...resource })])).connect();
  session.start();
  session.succeed('web');
  return report(session, containers);
}

function report(session: Replay, containers: readonly LiveContainer[], trouble = ''): Replay {
  const update = session.row('web').succeeded?.update ?? 0;
  return session.event({ kind: 'live-containers-changed', resource: 'web', update, containers, trouble });
}

const change = (session: Replay, ...paths: readonly string[]) =>
  session.event({ kind: 'files-changed', id: 'web', paths });
const next = (session: Replay) => schedule(session.state).start[0];
const held = (session: Replay) => schedule(session.state).holds.get('web')?.reason;

function liveEnd(session: Replay, how: 'update-succeeded' | 'update-gave-way' | 'update-failed'): Replay {
  const { update } = session.row('web').update as { readonly update: number };
  const of = { resource: 'web', update };
  if (how === 'update-succeeded') return session.event({ kind: how, ...of, deployed: undefined });
  if (how === 'update-failed') return session.event({ kind: how, ...of, failure: failure('live-update', 'no') });
  return session.event({ kind: how, ...of });
}

test('files that syncs take go into containers, and leave the image stale for the next whole update', () => {
  const session = change(running({}), '/project/web/a');
  assert.deepEqual([next(session)?.isLive, next(session)?.images], [true, []]);
  session.start();
  assert.deepEqual(session.row('web').live.files, [{ path: '/project/web/a', update: 2 }]);
  liveEnd(report(session, [container('a', 2)]), 'update-succeeded');
  const row = session.row('web');
  assert.deepEqual([row.update.kind, row.succeeded?.update, row.pending], ['succeeded', 1, undefined]);
  session.event({ kind: 'trigger-requested', resource: 'web', from: 'cli' });
  assert.deepEqual([next(session)?.isLive, next(session)?.images], [false, ['web']]);
  session.start();
  session.succeed('web');
  assert.deepEqual(session.row('web').live.files, []);
});

test('why there is no live update is told apart', () => {
  const say = (...paths: readonly string[]) => {
    const start = next(change(running({}), ...paths));
    return [start?.isLive, start?.instead];
  };
  assert.deepEqual(say('/project/web/package.json'), [
    false,
    'LiveUpdate "web:web" UpdateStopped: File "web/package.json" matches fall_back_on',
  ]);
  const wide = image('web', { liveUpdate: spec, watchPaths: ['/project'] });
  const start = next(change(running({ images: [wide] }), '/project/README', '/project/web/a'));
  assert.equal(
    start?.instead,
    'LiveUpdate "web:web" UpdateStopped: Found file(s) not matching any sync (files: [README])',
  );
});

test('an image takes the live update of its base; a base that no live update covers is built', () => {
  const base = image('base', {
    liveUpdate: { ...spec, syncs: [{ localPath: 'base', containerPath: '/lib' }], stopPaths: [] },
  });
  const child: Image = image('web', { dependsOn: ['base'], watchPaths: ['/project/web'] });
  const inherited = running({ images: [base, child], deployedImages: ['web'] });
  assert.equal(next(change(inherited, '/project/base/a'))?.isLive, true);
  const stranger = running({ images: [image('other'), WEB], deployedImages: ['other', 'web'] });
  const start = next(change(stranger, '/project/other/a'));
  assert.deepEqual([start?.isLive, start?.instead], [false, '']);
});

test('containers that started since are brought up to date by themselves, also where changes wait for somebody', () => {
  const session = running({ trigger: { onChange: false, atStart: true } });
  session.start();
  change(session, '/project/web/a');
  assert.equal(next(session), undefined, 'nobody asked for it');
  session.event({ kind: 'trigger-requested', resource: 'web', from: 'cli' });
  assert.equal(next(session)?.isLive, true, 'with changes, a trigger is for them');
  session.start();
  liveEnd(report(session, [container('a', session.state.updatesStarted)]), 'update-succeeded');
  report(session, [container('b')]);
  assert.deepEqual(session.row('web').pending?.causes, [{ kind: 'containers', names: ['pod/b'] }]);
  assert.equal(next(session)?.isLive, true);
  report(session, []);
  assert.equal(session.row('web').pending, undefined, 'it went away again');
});

test('a live update that gave way is followed by a whole one with its files; a failed one by a live one', () => {
  const session = change(running({}), '/project/web/a');
  session.start();
  change(session, '/project/web/b');
  liveEnd(session, 'update-gave-way');
  const start = next(session);
  assert.deepEqual(start?.causes, [{ kind: 'files', paths: ['/project/web/a', '/project/web/b'] }]);
  assert.deepEqual([start.isLive, start.images], [false, ['web']]);
  session.start();
  session.succeed('web');
  report(session, [container('c')]);
  change(session, '/project/web/a');
  session.start();
  liveEnd(report(session, [container('c', session.state.updatesStarted)]), 'update-failed');
  assert.equal(next(session), undefined, 'nothing happens until the next change');
  change(session, '/project/web/b');
  session.start();
  assert.deepEqual(
    session.row('web').live.files.map(({ path }) => path),
    ['/project/web/a', '/project/web/b'],
  );
});

test('without a container, files wait for one that comes, and are built for one that does not', () => {
  assert.equal(held(change(running({}, []), '/project/web/a')), 'waiting-for-deploy');
  const crashing = report(running({}), [], 'Cannot live update because container crashing. Pod: p');
  assert.match(next(change(crashing, '/project/web/a'))?.instead ?? '', /UpdateStopped: .* crashing\. Pod: p/);
  const state = { status: 'ready' } as const;
  const seen = { state, podName: '', podStatus: '', restarts: 0 };
  const podless = running({}, []).event({ kind: 'workload-changed', resource: 'web', update: 1, report: seen });
  assert.match(next(change(podless, '/project/web/a'))?.instead ?? '', /no container runs the image/);
});

test('after a whole update that failed the next one is whole', () => {
  const session = change(running({}), '/project/web/package.json');
  session.start();
  session.fail('web');
  change(session, '/project/web/a');
  assert.deepEqual([next(session)?.isLive, next(session)?.images], [false, ['web']]);
});

test('a service of Compose: what Compose itself builds is built', () => {
  const service = compose('web', { images: [WEB], deployedImages: ['web'], watchPaths: ['/project/web/built'] });
  const session = new Replay().load(graph([service]));
  session.start();
  session.succeed('web');
  report(session, [container('a')]);
  assert.equal(next(change(session, '/project/web/a'))?.isLive, true);
  assert.equal(next(change(session, '/project/web/built/x'))?.isLive, false);
});
