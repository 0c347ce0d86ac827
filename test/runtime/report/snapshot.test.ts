import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunReport } from '../../../runtime/report/report-schema.ts';
import { snapshotText } from '../../../runtime/report/snapshot.ts';
import { failure } from '../../../runtime/state/failure.ts';
import type { Snapshot } from '../../../runtime/web/wire.ts';
import { graph, kubernetes, local, shell } from '../../support/graph.ts';
import { RecordedReplay } from '../../support/recorded-replay.ts';

async function read(run: RunReport, { log }: RecordedReplay): Promise<Snapshot> {
  const pieces: string[] = [];
  for await (const piece of snapshotText(run, log)) pieces.push(piece);
  return JSON.parse(pieces.join(''));
}

test('a snapshot shows each resource as Tilt’s page would, the Tiltfile first', async () => {
  const resources = [
    local('job', { labels: ['tools'] }),
    local('api', { update: undefined, serve: shell('serve') }),
    kubernetes('web'),
    local('later', { resourceDeps: ['web'] }),
  ];
  const replay = new RecordedReplay().load(graph(resources)).connect();
  replay.start();
  replay.wait(250).fail('job', failure('command', 'Command "make" failed'));
  replay.start();
  replay.succeed('api').ready('api').succeed('web').workload('web', { status: 'pending', reason: 'ContainerCreating' });
  const { view, createdAt } = await read(replay.report({ code: 1, message: 'job failed' }), replay);
  assert.equal(createdAt, '2030-01-02T03:04:05.250000Z');
  assert.equal(view?.tiltStartTime, '2030-01-02T03:04:05.000000Z');
  assert.equal(view?.isComplete, true);
  assert.equal(view?.uiSession?.status?.fatalError, 'job failed');
  const told = view?.uiResources?.map(({ metadata, status }) => [
    metadata.name,
    status?.updateStatus,
    status?.runtimeStatus,
  ]);
  assert.deepEqual(told, [
    ['(Tiltfile)', 'ok', 'not_applicable'],
    ['job', 'error', 'not_applicable'],
    ['api', 'not_applicable', 'ok'],
    ['web', 'ok', 'pending'],
    ['later', 'pending', 'not_applicable'],
  ]);
  const job = view?.uiResources?.[1];
  assert.deepEqual(job?.metadata.labels, { tools: 'tools' });
  assert.deepEqual(job?.status?.buildHistory, [
    {
      startTime: '2030-01-02T03:04:05.000000Z',
      finishTime: '2030-01-02T03:04:05.250000Z',
      spanID: 'build:1',
      error: 'Command "make" failed',
    },
  ]);
  assert.equal(view?.uiResources?.[3]?.status?.k8sResourceInfo?.podName, 'web-1');
});

test('the whole log stands in it, page after page, under the names of those who wrote it', async () => {
  const replay = new RecordedReplay().load(graph([local('job')]));
  const empty = await read(replay.report(), replay);
  assert.deepEqual(empty.view?.logList?.segments, []);
  replay.log.open({ resource: '', source: 'tiltfile', span: 'tiltfile:1' }).write('loading\n');
  const lines = Array.from({ length: 12_000 }, (_, index) => `line ${index}`);
  replay.say('job', 'build', ...lines);
  const { view } = await read(replay.report(), replay);
  const segments = view?.logList?.segments ?? [];
  assert.deepEqual(
    segments.slice(1).map(({ text }) => text),
    lines.map((line) => `${line}\n`),
  );
  assert.deepEqual(view?.logList?.spans, {
    'tiltfile:1': { manifestName: '(Tiltfile)' },
    'build:job': { manifestName: 'job' },
  });
  assert.equal(segments[1]?.level, 'INFO');
  assert.equal(view?.logList?.toCheckpoint, 12_001);
});
