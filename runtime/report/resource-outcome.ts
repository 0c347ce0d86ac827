import type { Hold } from '../engine/hold.ts';
import { holdText } from '../engine/hold-text.ts';
import type { ResourceState } from '../state/state.ts';
import type { ResourceResult } from './report-schema.ts';

export interface ResourceOutcome {
  readonly result: ResourceResult;
  /** In few words: `ready`, `failed`, `waits for db`. */
  readonly text: string;
}

/** How a resource stands. */
export function outcomeOf(row: ResourceState, hold: Hold | undefined): ResourceOutcome {
  if (row.update.kind === 'failed') return { result: 'failed', text: 'failed' };
  if (row.update.kind === 'running') return { result: 'unfinished', text: 'updating' };
  if (row.runtime.kind === 'failed') return { result: 'failed', text: 'failed' };
  if (row.runtime.kind === 'pending') return { result: 'unfinished', text: row.runtime.reason };
  const notYet = row.update.kind === 'none' ? 'not-started' : 'unfinished';
  if (row.pending !== undefined && hold !== undefined) return { result: notYet, text: holdText(hold) };
  if (row.update.kind === 'cancelled') return { result: 'unfinished', text: 'cancelled' };
  if (row.update.kind === 'none') return { result: 'not-started', text: 'not started' };
  if (row.runtime.kind === 'ready') return { result: 'succeeded', text: 'ready' };
  return { result: 'succeeded', text: row.runtime.kind === 'succeeded' ? 'succeeded' : 'done' };
}
