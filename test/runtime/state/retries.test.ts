import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../runtime/state/failure.ts';
import { isFlaky } from '../../../runtime/state/resource-status.ts';
import { graph, kubernetes, local } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const JOB = kubernetes('job', { podReadiness: 'succeeded', retries: 1 });
const FAILED = { status: 'failed', failure: failure('workload', 'Job "job" failed'), mayHeal: false } as const;

test('a command is tried again as often as it asks for, and is flaky when that helped', () => {
  const session = new Replay().load(graph([local('a', { retries: 2 })]));
  session.start();
  session.wait(5).fail('a', failure('command', 'first'));
  assert.deepEqual(session.row('a').pending?.causes, [{ kind: 'retry', attempt: 2, attempts: 3 }]);
  assert.deepEqual(session.start(), ['a']);
  session.fail('a', failure('command', 'second')).start();
  assert.equal(isFlaky(session.row('a')), false);
  session.succeed('a');
  assert.equal(isFlaky(session.row('a')), true);
  assert.deepEqual(
    session.row('a').failedAttempts.map(({ update, failure: { message } }) => [update, message]),
    [
      [1, 'first'],
      [2, 'second'],
    ],
  );
  assert.deepEqual(
    session.row('a').history.map(({ attempt, kind }) => [attempt, kind]),
    [
      [1, 'failed'],
      [2, 'failed'],
      [3, 'succeeded'],
    ],
  );
});

test('a change starts a first try, with all the others still to come', () => {
  const session = new Replay().load(graph([local('a', { retries: 1 })]));
  session.start();
  session.fail('a').change('a', '/x').start();
  assert.deepEqual(session.row('a').failedAttempts, []);
  session.fail('a');
  assert.deepEqual(session.row('a').pending?.causes, [{ kind: 'retry', attempt: 2, attempts: 2 }]);
});

test('what cannot be mended by another try, and what asks for none, is not tried again', () => {
  const session = new Replay().load(graph([local('a'), local('b', { retries: 0 })]));
  for (const name of ['a', 'b']) {
    session.start();
    session.fail(name);
    assert.equal(session.row(name).pending, undefined);
  }
  const other = new Replay().load(graph([kubernetes('web', { retries: 3 })])).connect();
  other.start();
  other.fail('web', failure('apply', 'refused'));
  assert.equal(other.row('web').pending, undefined);
});

test('a Job that failed for good is tried again once, however often its failure is reported', () => {
  const session = new Replay().load(graph([JOB])).connect();
  session.start();
  session.succeed('job').workload('job', { ...FAILED, mayHeal: true });
  assert.equal(session.row('job').pending, undefined);
  session.workload('job', { status: 'pending', reason: 'again' }).workload('job', FAILED).workload('job', FAILED);
  assert.equal(session.row('job').failedAttempts.length, 1);
  assert.deepEqual(session.start(), ['job']);
  // The old one goes while the new one comes.
  session.workload('job', { status: 'pending', reason: 'gone' }).workload('job', FAILED);
  assert.equal(session.row('job').failedAttempts.length, 1);
  session.succeed('job').workload('job', { status: 'succeeded' });
  assert.equal(isFlaky(session.row('job')), true);
});

test('a server is not tried again by deploying it once more', () => {
  const session = new Replay().load(graph([kubernetes('web', { retries: 1 })])).connect();
  session.start();
  session.succeed('web').workload('web', FAILED);
  assert.equal(session.row('web').pending, undefined);
});
