import { failure } from '../state/failure.ts';
import type { State } from '../state/state.ts';
import { ExitCode, type ExitDecision, type ExitOutcome } from './exit-decision.ts';

/** What a `ci` session still does when everything is healthy, before it ends: everything keeps running meanwhile. */
export interface Finale {
  /** The state in which it was found healthy. */
  readonly state: State;
  readonly outcome: ExitOutcome;
  /** Aborts when the session is asked to end. */
  readonly signal: AbortSignal;
}

/** Answers how it went; soon after its signal aborts. */
export type WhenHealthy = (finale: Finale) => Promise<ExitOutcome>;

export interface RunningFinale {
  abort(): void;
  readonly over: Promise<void>;
}

/** Begins it; `done` is called with how it went. */
export function runFinale(
  whenHealthy: WhenHealthy,
  state: State,
  outcome: ExitOutcome,
  done: (own: ExitOutcome) => void,
): RunningFinale {
  const abort = new AbortController();
  const over = whenHealthy({ state, outcome, signal: abort.signal }).catch(internalError).then(done);
  return { abort: () => abort.abort(), over };
}

function internalError(error: unknown): ExitOutcome {
  const problem = failure('command', `Internal error: ${String(error)}`);
  const reasons = [{ resource: '', failure: problem }];
  return { kind: 'exit', code: ExitCode.resourceFailed, message: problem.message, reasons };
}

/** How the session ends after that: `own` is what it came to, `now` how everything else is at this moment. */
export function outcomeAfter(own: ExitOutcome, now: ExitDecision): ExitOutcome {
  // A server that is not ready at this very moment did not fail.
  if (now.kind === 'go-on' || now.code === ExitCode.ok) return own;
  if (own.code === ExitCode.ok) return now;
  return { ...own, reasons: [...own.reasons, ...now.reasons] };
}
