import type { Failure, Result } from '../state/failure.ts';
import type { Clock } from './ports.ts';

/**
 * Runs a task that ends soon after its signal aborts. When `limitMs` passes before it is over, it is aborted, and its failure is what
 * `late` says; without a limit it may take as long as it needs.
 */
export async function withinLimit<T>(
  clock: Clock,
  limitMs: number | undefined,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<Result<T>>,
  late: (limitMs: number) => Failure,
): Promise<Result<T>> {
  if (limitMs === undefined) return run(signal);
  const limit = new AbortController();
  const callOff = clock.after(limitMs, () => limit.abort());
  try {
    const result = await run(AbortSignal.any([signal, limit.signal]));
    // What was done in the very last moment is done.
    if (result.ok || signal.aborted || !limit.signal.aborted) return result;
    return { ok: false, failure: { ...late(limitMs), timedOut: true } };
  } finally {
    callOff();
  }
}
