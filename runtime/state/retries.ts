import { type Cause, withCause } from './cause.ts';
import type { Failure } from './failure.ts';
import type { ResourceState } from './state.ts';

/** Whether an update does nothing but try again what failed. Whatever else is new about it is a first try. */
export function isRetry(causes: readonly Cause[]): boolean {
  return causes.length > 0 && causes.every(({ kind }) => kind === 'retry');
}

/** The row after a failure of its newest update: another try is due where its declaration asks for one. */
export function withRetry(row: ResourceState, update: number, failure: Failure, at: number): ResourceState {
  const retries = row.resource.retries ?? 0;
  if (row.failedAttempts.length >= retries) return row;
  const failedAttempts = [...row.failedAttempts, { update, endedAt: at, failure }];
  const cause = { kind: 'retry', attempt: failedAttempts.length + 1, attempts: retries + 1 } as const;
  return { ...row, failedAttempts, pending: withCause(row.pending, cause, at) };
}
