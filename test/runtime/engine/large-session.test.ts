import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideExit } from '../../../runtime/engine/exit.ts';
import { nextStarts } from '../../../runtime/engine/schedule.ts';
import type { SessionEvent } from '../../../runtime/state/event.ts';
import { graph, kubernetes, local, shell } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const COUNT = 10_000;

test('a session of ten thousand resources comes to its end', () => {
  const resources = Array.from({ length: COUNT }, (_, index) => {
    const resourceDeps = index >= 100 ? [`r${index - 100}`] : [];
    if (index % 3 === 0) return kubernetes(`r${index}`, { resourceDeps });
    return local(`r${index}`, {
      resourceDeps,
      allowParallel: true,
      serve: index % 3 === 1 ? shell('serve') : undefined,
      readinessProbe: { action: { kind: 'exec', command: ['true'] } },
    });
  });
  const session = new Replay().load(graph(resources, { update: { maxParallelUpdates: 20 } })).connect();
  const ended: string[] = [];
  let decision = decideExit(session.state, session.now);
  while (decision.kind === 'go-on') {
    const starts = nextStarts(session.state);
    assert.ok(starts.length > 0 && starts.length <= 20);
    for (const start of starts) {
      session.event({ kind: 'update-started', ...start, update: session.state.updatesStarted + 1 });
    }
    session.wait(1);
    for (const { resource } of starts) {
      session.succeed(resource);
      const row = session.row(resource).resource;
      if (row.kind === 'kubernetes') session.workload(resource, { status: 'ready' });
      else if (row.kind === 'local' && row.serve !== undefined) session.ready(resource);
      ended.push(resource);
    }
    decision = decideExit(session.state, session.now);
  }
  assert.equal(decision.code, 0);
  assert.equal(new Set(ended).size, COUNT);
  for (const name of ['r9999', 'r5000']) {
    assert.ok(ended.indexOf(name) > ended.indexOf(`r${Number(name.slice(1)) - 100}`));
  }
  const unknown: SessionEvent = { at: 0, kind: 'files-changed', id: 'nosuch', paths: ['/x'] };
  const before = session.state;
  session.event(unknown);
  assert.equal(session.state, before);
});
