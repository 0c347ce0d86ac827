import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingTable } from '../../../runtime/report/closing-table.ts';
import { paintFor } from '../../../runtime/report/colour.ts';
import { failure } from '../../../runtime/state/failure.ts';
import { graph, kubernetes, local } from '../../support/graph.ts';
import { RecordedReplay } from '../../support/recorded-replay.ts';

paintFor({ isTTY: false });

test('the table has the times of each resource, below it the critical path and the slowest steps', () => {
  const resources = [kubernetes('db'), kubernetes('web', { resourceDeps: ['db'] })];
  const replay = new RecordedReplay().event({ kind: 'tiltfile-load-started' }).wait(300);
  replay.event({ kind: 'tiltfile-loaded', graph: graph(resources) }).connect();
  replay.start();
  replay.step('db', 'deploy', 'Deploying', 600).succeed('db').wait(1400).workload('db', { status: 'ready' });
  replay.start();
  replay.step('web', 'build', 'Building Dockerfile: [web]', 12_000).step('web', 'push', 'Pushing', 2000);
  replay.step('web', 'deploy', 'Deploying', 200).succeed('web').wait(1000).workload('web', { status: 'ready' });
  assert.equal(
    closingTable(replay.report()),
    [
      'Resource  State  Build  Push  Deploy  Ready  Total',
      'db        ready                0.60s   1.4s   2.0s',
      'web       ready    12s  2.0s   0.20s   1.0s    15s',
      '',
      'Critical path: Tiltfile 0.30s → db 0.60s → db ready 1.4s → web 14s → web ready 1.0s',
      '',
      'Slowest steps:',
      '  12s web: Building Dockerfile: [web]',
      '  2.0s web: Pushing',
      '  0.60s db: Deploying',
    ].join('\n'),
  );
});

test('what did not start says why, restarts are told, and a short run has nothing below the table', () => {
  const resources = [kubernetes('web'), local('bad'), local('later', { resourceDeps: ['bad'] })];
  const replay = new RecordedReplay().load(graph(resources)).connect();
  replay.start();
  replay.succeed('web');
  const report = { state: { status: 'ready' } as const, podName: 'web-1', podStatus: 'Running', restarts: 2 };
  const update = replay.row('web').succeeded?.update ?? 0;
  replay.event({ kind: 'workload-changed', resource: 'web', update, report });
  replay.start();
  replay.wait(40).fail('bad', failure('command', 'no'));
  assert.deepEqual(closingTable(replay.report({ code: 1 })).split('\n'), [
    'Resource  State               Ready  Total',
    'web       ready (2 restarts)  0.00s  0.00s',
    'bad       failed                     0.04s',
    'later     waits for bad',
  ]);
});

test('a long critical path is cut in the middle', () => {
  const names = Array.from({ length: 30 }, (_, index) => `r${index}`);
  const replay = new RecordedReplay().load(
    graph(names.map((name, index) => local(name, { resourceDeps: index === 0 ? [] : [`r${index - 1}`] }))),
  );
  for (const name of names) {
    replay.start();
    replay.wait(100).succeed(name);
  }
  const path = closingTable(replay.report())
    .split('\n')
    .find((line) => line.startsWith('Critical path'));
  assert.match(path ?? '', /^Critical path: r0 0\.10s → .* r5 0\.10s → … 18 more … → r24 0\.10s .* → r29 0\.10s$/);
});
