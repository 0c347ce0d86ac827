import type { Probe } from '../../stdlib/model/probe.ts';
import type { Output, Running } from '../engine/ports.ts';
import { countTry, newCount, type ProbeTiming } from './probe-count.ts';
import { type ProbePlace, probeExec } from './probe-exec.ts';
import { probeHttp } from './probe-http.ts';
import { type ProbeOutcome, probeFailed } from './probe-outcome.ts';
import { probeTcp } from './probe-tcp.ts';

/** The pause after the first try while a server starts. A command costs more than a connection. */
const FIRST_PAUSE_MS = 50;
const FIRST_PAUSE_EXEC_MS = 200;

/** How late a timer must be for this program to have been stopped, and not only busy. */
const STOOD_STILL_MS = 1000;

/** Asks a server again and again whether it is ready, and tells what changed, until it is stopped. */
export function followProbe(
  probe: Probe,
  place: ProbePlace,
  output: Output,
  report: (ready: boolean, reason: string) => void,
): Running {
  const stopped = new AbortController();
  const over = run(probe, place, output, report, stopped.signal);
  return {
    stop: () => {
      stopped.abort();
      return over;
    },
  };
}

export function timingOf(probe: Probe): ProbeTiming {
  return {
    initialDelayMs: (probe.initialDelaySecs ?? 0) * 1000,
    timeoutMs: atLeastOne(probe.timeoutSecs, 1) * 1000,
    periodMs: atLeastOne(probe.periodSecs, 10) * 1000,
    successThreshold: atLeastOne(probe.successThreshold, 1),
    failureThreshold: atLeastOne(probe.failureThreshold, 3),
    firstPauseMs: probe.action.kind === 'exec' ? FIRST_PAUSE_EXEC_MS : FIRST_PAUSE_MS,
  };
}

/** As in Kubernetes, 0 means the default. */
function atLeastOne(value: number | undefined, standard: number): number {
  return value === undefined || value <= 0 ? standard : value;
}

async function run(
  probe: Probe,
  place: ProbePlace,
  output: Output,
  report: (ready: boolean, reason: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const timing = timingOf(probe);
  let count = newCount(timing);
  let told = '';
  await pause(timing.initialDelayMs, signal);
  while (!signal.aborted) {
    const outcome = await tryOnce(probe, place, timing.timeoutMs, signal);
    if (signal.aborted) return;
    const before = count;
    count = countTry(before, timing, outcome, performance.now());
    if (count.ready === false && before.ready !== false && !outcome.ok) {
      output.write(`[readiness probe: failure] ${outcome.reason}\n`, 'warn');
    }
    if (count.ready === true && before.ready === false && outcome.ok) {
      output.write(`[readiness probe: success] ${outcome.said ?? 'ready'}\n`);
    }
    // A server that was ready stays so until enough tries have failed.
    const ready = count.ready === true;
    const reason = ready || outcome.ok ? '' : outcome.reason;
    const news = `${ready} ${reason}`;
    if (news !== told) {
      told = news;
      report(ready, reason);
    }
    await pause(count.pauseMs, signal);
  }
}

async function tryOnce(probe: Probe, place: ProbePlace, timeoutMs: number, signal: AbortSignal): Promise<ProbeOutcome> {
  const over = new AbortController();
  const stop = () => over.abort();
  signal.addEventListener('abort', stop, { once: true });
  let late = false;
  let timer: NodeJS.Timeout | undefined;
  const limit = () => {
    const due = performance.now() + timeoutMs;
    timer = setTimeout(() => {
      // This program stood still, and perhaps the server with it: its time begins anew.
      if (performance.now() - due > STOOD_STILL_MS) return limit();
      late = true;
      over.abort();
    }, timeoutMs);
  };
  limit();
  try {
    const outcome = await act(probe, place, over.signal);
    return !outcome.ok && late ? probeFailed(`no answer within ${timeoutMs / 1000}s`) : outcome;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function act({ action }: Probe, place: ProbePlace, signal: AbortSignal): Promise<ProbeOutcome> {
  switch (action.kind) {
    case 'exec':
      return probeExec(action, place, signal);
    case 'http':
      return probeHttp(action, signal);
    case 'tcp':
      return probeTcp(action, signal);
  }
}

/** Waits, but not after the signal has aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
