import type { ProbeOutcome } from './probe-outcome.ts';

/** The numbers of a probe, in milliseconds, with Kubernetes' defaults. */
export interface ProbeTiming {
  readonly initialDelayMs: number;
  readonly timeoutMs: number;
  readonly periodMs: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  /** The pause after the first try of a server that starts. */
  readonly firstPauseMs: number;
}

export interface ProbeCount {
  /** `undefined` until one of the thresholds was reached. */
  readonly ready: boolean | undefined;
  readonly everReady: boolean;
  /** Tries in a row that passed, or failures in a row that count. */
  readonly passed: number;
  readonly failed: number;
  /** When a failure was counted last. */
  readonly countedAt: number | undefined;
  /** How long to wait before the next try. */
  readonly pauseMs: number;
}

export function newCount(timing: ProbeTiming): ProbeCount {
  const pauseMs = Math.min(timing.firstPauseMs, timing.periodMs);
  return { ready: undefined, everReady: false, passed: 0, failed: 0, countedAt: undefined, pauseMs };
}

/**
 * Counts one try. While a server has not been ready yet it is asked more often than its period says, so that nobody waits
 * for a server that is up: first after a short pause, then ever more slowly. Such extra tries that fail do not count for the
 * failure threshold: only one failure a period does, as if the server had been asked once a period.
 */
export function countTry(count: ProbeCount, timing: ProbeTiming, outcome: ProbeOutcome, now: number): ProbeCount {
  if (outcome.ok) {
    const passed = count.passed + 1;
    const ready = passed >= timing.successThreshold ? true : count.ready;
    const everReady = count.everReady || ready === true;
    return { ready, everReady, passed, failed: 0, countedAt: undefined, pauseMs: timing.periodMs };
  }
  const counts = count.everReady || count.countedAt === undefined || now - count.countedAt >= timing.periodMs;
  const failed = counts ? count.failed + 1 : count.failed;
  return {
    ready: failed >= timing.failureThreshold ? false : count.ready,
    everReady: count.everReady,
    passed: 0,
    failed,
    countedAt: counts ? now : count.countedAt,
    pauseMs: count.everReady ? timing.periodMs : Math.min(nextPause(count, timing), timing.periodMs),
  };
}

function nextPause(count: ProbeCount, timing: ProbeTiming): number {
  // After a success that was not enough, the fast tries begin anew.
  return count.passed > 0 ? timing.firstPauseMs : count.pauseMs * 1.3;
}
