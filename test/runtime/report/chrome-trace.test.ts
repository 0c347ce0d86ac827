import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromeTrace, type TraceEvent } from '../../../runtime/report/chrome-trace.ts';
import type { RunReport } from '../../../runtime/report/report-schema.ts';
import { graph, kubernetes, local, shell } from '../../support/graph.ts';
import { RecordedReplay } from '../../support/recorded-replay.ts';

interface Bar {
  readonly name: string;
  readonly row: string;
  readonly from: number;
  readonly to: number;
}

/** Reads a trace as viewers do, and fails where they would: bars of one row must lie apart or inside of each other. */
function read(run: RunReport): { readonly bars: readonly Bar[]; readonly arrows: readonly string[] } {
  const trace: unknown = JSON.parse([...chromeTrace(run)].join(''));
  assert.ok(typeof trace === 'object' && trace !== null && 'traceEvents' in trace && Array.isArray(trace.traceEvents));
  const events = trace.traceEvents as readonly TraceEvent[];
  const rows = new Map<number, string>();
  for (const { ph, name, tid, args } of events)
    if (ph === 'M' && name === 'thread_name') rows.set(tid, String(args?.name));
  const bars: Bar[] = [];
  const open = new Map<number, string>();
  const arrows: string[] = [];
  for (const event of events) {
    assert.ok(['X', 'M', 'i', 's', 'f'].includes(event.ph), event.ph);
    assert.ok(Number.isInteger(event.pid) && Number.isInteger(event.tid) && event.name !== '');
    if (event.ph === 'M') continue;
    const { ts = Number.NaN, dur = Number.NaN, tid, id = 0 } = event;
    const row = rows.get(tid);
    assert.ok(row !== undefined, `row ${tid} has no name`);
    assert.ok(Number.isInteger(ts) && ts >= 0);
    if (event.ph === 'X') {
      assert.ok(Number.isInteger(dur) && dur >= 0);
      bars.push({ name: event.name, row, from: ts, to: ts + dur });
    }
    if (event.ph === 's') open.set(id, row);
    if (event.ph === 'f') arrows.push(`${open.get(id)} → ${row}`);
  }
  for (const one of bars) {
    for (const other of bars) {
      if (one.row !== other.row) continue;
      const apart = one.to <= other.from || other.to <= one.from;
      const inside = (one.from >= other.from && one.to <= other.to) || (other.from >= one.from && other.to <= one.to);
      assert.ok(apart || inside, `${one.name} and ${other.name} overlap in ${one.row}`);
    }
  }
  return { bars, arrows };
}

test('a trace has a row for the Tiltfile and each resource, bars for updates and steps, arrows for dependencies', () => {
  const resources = [local('db', { serve: shell('serve') }), kubernetes('web', { resourceDeps: ['db'] })];
  const replay = new RecordedReplay().load(graph(resources)).connect();
  replay.start();
  replay.step('db', 'command', 'make', 1000).succeed('db').wait(500).ready('db');
  replay.start();
  replay
    .step('web', 'build', 'Building web', 2000)
    .succeed('web')
    .wait(700)
    .workload('web', { status: 'ready' })
    .wait(100);
  const { bars, arrows } = read(replay.report());
  const told = bars.map(({ row, name, from, to }) => `${row}: ${name} ${from / 1000}-${to / 1000}`);
  assert.deepEqual(told, [
    'Tiltfile: Tiltfile 0-0',
    'db: db 0-1000',
    'db: make 0-1000',
    'db (running): starting 1000-1500',
    'db (running): ready 1500-4300',
    'web: web 1500-3500',
    'web: Building web 1500-3500',
    'web (running): starting 3500-4200',
    'web (running): ready 4200-4300',
  ]);
  assert.deepEqual(arrows, ['db (running) → web']);
});

test('steps that run at the same time have rows of their own', () => {
  const replay = new RecordedReplay().load(graph([kubernetes('web')])).connect();
  replay.start();
  const begin = (step: number) =>
    replay.event({ kind: 'step-began', resource: 'web', update: 1, step, stepKind: 'build', title: `image ${step}` });
  begin(0).wait(100);
  begin(1).wait(100).event({ kind: 'step-ended', resource: 'web', update: 1, step: 0 });
  replay.wait(100).event({ kind: 'step-ended', resource: 'web', update: 1, step: 1 });
  const { bars } = read(replay.report());
  assert.deepEqual(
    bars.filter(({ name }) => name.startsWith('image')).map(({ row }) => row),
    ['web', 'web (2)'],
  );
});

test('a trace of a run that was cut off ends where the run ends', () => {
  const replay = new RecordedReplay().load(graph([local('a'), local('b', { resourceDeps: ['a'] })]));
  replay.start();
  replay
    .event({ kind: 'step-began', resource: 'a', update: 1, step: 0, stepKind: 'command', title: 'sleep' })
    .wait(800);
  const { bars } = read(replay.report({ code: 3, message: 'Timeout' }));
  assert.deepEqual(bars.map(({ name, to }) => [name, to]).slice(1), [
    ['a', 800_000],
    ['sleep', 800_000],
  ]);
});
