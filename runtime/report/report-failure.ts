import type { Failure } from '../state/failure.ts';
import type { ReportFailure } from './report-schema.ts';

/** A failure as reports show it. */
export function reportFailure({ kind, message, details, position }: Failure): ReportFailure {
  return { kind, message, details, position: position ?? null };
}
