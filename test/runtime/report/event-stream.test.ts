import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventStream } from '../../../runtime/report/event-stream.ts';
import type { StreamEvent } from '../../../runtime/report/stream-schema.ts';
import type { SessionEvent } from '../../../runtime/state/event.ts';
import { failure } from '../../../runtime/state/failure.ts';
import { graph, kubernetes } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

class Streamed extends Replay {
  readonly told: StreamEvent[] = [];
  readonly stream = new EventStream(
    (text) => {
      assert.match(text, /^[^\n]+\n$/);
      this.told.push(JSON.parse(text));
    },
    (text) => text.replaceAll('hunter2', '***'),
  );

  override event(event: Parameters<Replay['event']>[0]): this {
    super.event(event);
    this.stream.changed(this.state, [{ at: this.now, ...event } as SessionEvent]);
    return this;
  }
}

test('what runs is told once for each change, and no text shows a secret', () => {
  const replay = new Streamed().load(graph([kubernetes('web')])).connect();
  replay.start();
  replay.succeed('web');
  for (const round of [1, 2]) {
    replay.wait(round).workload('web', { status: 'pending', reason: 'ContainerCreating' });
  }
  replay.workload('web', { status: 'ready' }).workload('web', { status: 'ready' });
  const why = failure('workload', 'exit code 1', ['password hunter2']);
  replay.workload('web', { status: 'failed', failure: why, mayHeal: false });
  const changes = replay.told.flatMap((event) => (event.type === 'runtime-changed' ? [event] : []));
  assert.deepEqual(
    changes.map(({ state, reason }) => [state, reason]),
    [
      ['pending', 'waiting for pod'],
      ['pending', 'ContainerCreating'],
      ['ready', ''],
      ['failed', 'exit code 1'],
    ],
  );
  assert.deepEqual(changes.at(-1)?.failure?.details, ['password ***']);
  assert.ok(changes.every(({ resource, update }) => resource === 'web' && update === 1));
  assert.deepEqual(
    replay.told.map(({ type }) => type).filter((type) => type !== 'runtime-changed'),
    ['tiltfile-started', 'tiltfile-finished', 'cluster-connected', 'update-started', 'update-finished'],
  );
});

test('a line of the log has no colours; ports and the cluster have events', () => {
  const replay = new Streamed();
  replay.stream.line({
    sequence: 3,
    at: 5,
    resource: 'web',
    source: 'build',
    level: 'warn',
    span: 'build:1',
    text: '\u001b[31mred\u001b[0m\t"',
  });
  replay.event({ kind: 'cluster-failed', failure: failure('cluster-unreachable', 'nobody answers hunter2') });
  replay.event({ kind: 'forward-failed', resource: 'web', forward: 0, message: 'port 80 is taken' });
  replay.event({ kind: 'stop-requested', signal: 'SIGINT' });
  assert.deepEqual(replay.told, [
    {
      at: 5,
      type: 'log',
      sequence: 3,
      resource: 'web',
      source: 'build',
      level: 'warn',
      span: 'build:1',
      text: 'red\t"',
    },
    {
      at: 0,
      type: 'cluster-failed',
      failure: { kind: 'cluster-unreachable', message: 'nobody answers ***', details: [], position: null },
    },
    { at: 0, type: 'port-failed', resource: 'web', message: 'port 80 is taken' },
    { at: 0, type: 'stop-requested', signal: 'SIGINT' },
  ]);
});
