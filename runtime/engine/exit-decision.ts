import type { Failure } from '../state/failure.ts';

/** Codes with which the program ends. */
export const ExitCode = {
  ok: 0,
  resourceFailed: 1,
  timeLimit: 3,
  unreachable: 4,
  tiltfileFailed: 5,
  stopped: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Whether a `ci` session is over, and how. */
export type ExitDecision =
  /** `lookAgainAt`: when a limit will pass if nothing happens before. */
  { readonly kind: 'go-on'; readonly lookAgainAt: number | undefined } | ExitOutcome;

export interface ExitOutcome {
  readonly kind: 'exit';
  readonly code: ExitCode;
  /** One line that says how it ended. */
  readonly message: string;
  /** Everything that is wrong, in the graph's order; empty for code 0. */
  readonly reasons: readonly ExitReason[];
}

export interface ExitReason {
  /** Empty when it is about the Tiltfile, the cluster or the session. */
  readonly resource: string;
  readonly failure: Failure;
}
