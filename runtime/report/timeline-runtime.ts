import type { ResourceState } from '../state/state.ts';
import { reportFailure } from './report-failure.ts';
import type { ReportPhase, ReportRuntime } from './report-schema.ts';

/** Of a pod that crashes all night only the newest phases are kept. */
const MOST_PHASES = 100;

/** What ran for a resource, with what its state says now; the same list when that is nothing new. */
export function withRuntimeOf(
  runtimes: readonly ReportRuntime[],
  row: ResourceState,
  at: number,
): readonly ReportRuntime[] {
  const { runtime, succeeded } = row;
  const last = runtimes.at(-1);
  if (runtime.kind === 'none' || succeeded === undefined) return runtimes;
  if (last?.update !== succeeded.update) {
    const fresh: ReportRuntime = {
      update: succeeded.update,
      startedAt: succeeded.endedAt,
      readyAt: null,
      endedAt: null,
      restarts: 0,
      pod: '',
      phases: [],
    };
    const before = last === undefined ? runtimes : runtimes.with(-1, { ...last, endedAt: succeeded.endedAt });
    return [...before, changed(fresh, row, at)];
  }
  const next = changed(last, row, at);
  return next === last ? runtimes : runtimes.with(-1, next);
}

function changed(known: ReportRuntime, { runtime }: ResourceState, at: number): ReportRuntime {
  if (runtime.kind === 'none') return known;
  const restarts = Math.max(known.restarts, runtime.report?.restarts ?? 0);
  const pod = runtime.report?.podName ?? known.pod;
  const problem = runtime.kind === 'failed' ? runtime.failure : undefined;
  const reason = runtime.kind === 'pending' ? runtime.reason : (problem?.message ?? '');
  const last = known.phases.at(-1);
  const isSame = last?.state === runtime.kind && last.reason === reason;
  if (isSame && restarts === known.restarts && pod === known.pod) return known;
  const phase: ReportPhase = {
    at,
    state: runtime.kind,
    reason,
    failure: problem === undefined ? null : reportFailure(problem),
  };
  const isUp = runtime.kind === 'ready' || runtime.kind === 'succeeded';
  return {
    ...known,
    restarts,
    pod,
    readyAt: known.readyAt ?? (isUp ? at : null),
    phases: isSame ? known.phases : [...known.phases, phase].slice(-MOST_PHASES),
  };
}
