import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countTry, newCount, type ProbeTiming } from '../../../runtime/local/probe-count.ts';
import { timingOf } from '../../../runtime/local/probe-loop.ts';
import type { Probe } from '../../../stdlib/model/probe.ts';

const TIMING: ProbeTiming = {
  initialDelayMs: 0,
  timeoutMs: 1000,
  periodMs: 1000,
  successThreshold: 1,
  failureThreshold: 3,
  firstPauseMs: 50,
};

/** Tries at times (ms): `+` passed, `-` failed. Answers whether it was ready after each: `?` unknown, `+`, `-`. */
function follow(tries: readonly (readonly [number, '+' | '-'])[], more: Partial<ProbeTiming> = {}): string {
  const timing = { ...TIMING, ...more };
  let count = newCount(timing);
  let result = '';
  for (const [at, outcome] of tries) {
    count = countTry(count, timing, outcome === '+' ? { ok: true } : { ok: false, reason: 'no' }, at);
    result += count.ready === undefined ? '?' : count.ready ? '+' : '-';
  }
  return result;
}

test('one success is enough', () =>
  assert.equal(
    follow([
      [0, '-'],
      [50, '+'],
    ]),
    '?+',
  ));
test('failures of extra tries do not count', () =>
  assert.equal(follow([0, 50, 100, 200, 400, 800].map((at) => [at, '-'])), '??????'));
test('one failure a period counts', () =>
  assert.equal(follow([0, 500, 1000, 1500, 2000].map((at) => [at, '-'])), '????-'));
test('after it was ready every failure counts', () =>
  assert.equal(
    follow([
      [0, '+'],
      [1000, '-'],
      [2000, '-'],
      [3000, '-'],
      [4000, '+'],
    ]),
    '+++-+',
  ));
test('a success between starts the count anew', () =>
  assert.equal(
    follow([
      [0, '+'],
      [1, '-'],
      [2, '-'],
      [3, '+'],
      [4, '-'],
      [5, '-'],
    ]),
    '++++++',
  ));
test('successes in a row', () =>
  assert.equal(
    follow(
      [
        [0, '+'],
        [1, '-'],
        [2, '+'],
        [3, '+'],
      ],
      { successThreshold: 2 },
    ),
    '???+',
  ));

test('pauses grow to the period while it starts, and are the period afterwards', () => {
  let count = newCount(TIMING);
  const pauses: number[] = [];
  for (let at = 0; at < 20; at++) {
    count = countTry(count, TIMING, { ok: false, reason: 'no' }, at);
    pauses.push(count.pauseMs);
  }
  assert.deepEqual(
    pauses,
    pauses.toSorted((one, other) => one - other),
  );
  assert.ok((pauses[0] ?? 0) < 100);
  assert.equal(pauses.at(-1), 1000);
  assert.equal(countTry(count, TIMING, { ok: true }, 21).pauseMs, 1000);
});

test('the defaults are those of Kubernetes, and 0 means the default', () => {
  const action: Probe['action'] = { kind: 'tcp', port: 1 };
  const standard = { initialDelayMs: 0, timeoutMs: 1000, periodMs: 10_000, successThreshold: 1, failureThreshold: 3 };
  assert.deepEqual(timingOf({ action }), { ...standard, firstPauseMs: 50 });
  assert.deepEqual(timingOf({ action, periodSecs: 0, failureThreshold: 0 }), { ...standard, firstPauseMs: 50 });
  assert.equal(timingOf({ action: { kind: 'exec', command: ['true'] } }).firstPauseMs, 200);
});
