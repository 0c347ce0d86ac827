import type { Failure } from '../state/failure.ts';

/** Codes with which the program ends. */
export const ExitCode = {
  ok: 0,
  resourceFailed: 1,
  timeLimit: 3,
  unreachable: 4,
  tiltfileFailed: 5,
  /** By Ctrl-C. Other signals end it with 128 and their number (`codeOfSignal`). */
  stopped: 130,
  hungUp: 129,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Whether a `ci` session is over, and how. */
export type ExitDecision =
  /** `lookAgainAt`: when a limit will pass if nothing happens before. */
  { readonly kind: 'go-on'; readonly lookAgainAt: number | undefined } | ExitOutcome;

export interface ExitOutcome {
  readonly kind: 'exit';
  /** One of `ExitCode`, or that of a command that was run at the end. */
  readonly code: number;
  /** One line that says how it ended. */
  readonly message: string;
  /** Everything that is wrong, in the graph's order; empty for code 0. */
  readonly reasons: readonly ExitReason[];
  /** Names of resources that did not start because of these reasons; given where everything else was brought to its end. */
  readonly notStarted?: readonly string[];
}

export interface ExitReason {
  /** Empty when it is about the Tiltfile, the cluster or the session. */
  readonly resource: string;
  readonly failure: Failure;
}

/** The code for a run that a signal ended. */
export function codeOfSignal(signal: string): ExitCode {
  if (signal === 'SIGTERM') return ExitCode.terminated;
  return signal === 'SIGHUP' ? ExitCode.hungUp : ExitCode.stopped;
}
