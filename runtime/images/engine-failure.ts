import type { SourcePosition } from '../../stdlib/model/position.ts';
import type { EngineProblem } from '../clients/docker/engine-problem.ts';
import { type Failure, failure } from '../state/failure.ts';

/** The failure for a problem of the engine; `refused` says what a refusal means here. */
export function engineFailure(
  problem: EngineProblem,
  what: string,
  refused: (words: string, status: number) => Failure,
  position?: SourcePosition,
): Failure {
  switch (problem.kind) {
    case 'unreachable':
      return failure('docker-unreachable', problem.message, [], position);
    case 'cancelled':
      return failure('cancelled', `${what} was stopped`, [], position);
    case 'refused':
      return refused(problem.message, problem.status);
  }
}

/** The words of a message that reports an error in a stream; empty when it reports none. */
export function streamedError(message: Readonly<Record<string, unknown>>): string {
  const { error, errorDetail } = message;
  if (typeof errorDetail === 'object' && errorDetail !== null && 'message' in errorDetail) {
    return String(errorDetail.message);
  }
  return typeof error === 'string' ? error : '';
}
