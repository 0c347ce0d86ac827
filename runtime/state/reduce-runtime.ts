import { readinessOf } from '../../stdlib/model/readiness.ts';
import type { SessionEvent } from './event.ts';
import type { ForwardState } from './forward.ts';
import { withContainersBehind } from './live-state.ts';
import { withRetry } from './retries.ts';
import type { ResourceState, RuntimeBase, RuntimeState, State } from './state.ts';
import type { WorkloadReport } from './workload.ts';

type RuntimeEvent = Extract<
  SessionEvent,
  {
    kind:
      | 'server-started'
      | 'server-readiness'
      | 'server-exited'
      | 'workload-changed'
      | 'pods-changed'
      | 'live-containers-changed'
      | 'forward-listening'
      | 'forward-failed';
  }
>;

type Existing = Exclude<RuntimeState, { kind: 'none' }>;

export function reduceRuntime(state: State, event: RuntimeEvent): State {
  const row = state.resources.get(event.resource);
  if (row?.succeeded === undefined) return state;
  // A server or a watch that was replaced has nothing more to say.
  if ('update' in event && event.update !== row.succeeded.update) return state;
  const next = changed(row, event);
  return next === row ? state : { ...state, resources: state.resources.with(event.resource, next) };
}

function changed(row: ResourceState, event: RuntimeEvent): ResourceState {
  const base = runtimeBase(row.runtime, event.at);
  switch (event.kind) {
    case 'server-started':
      return { ...row, runtime: { kind: 'pending', reason: 'not ready yet', ...base, pid: event.pid } };
    case 'server-readiness':
      if (row.runtime.kind === 'failed') return row;
      return withRuntime(
        row,
        event.ready ? { kind: 'ready', ...base } : { kind: 'pending', reason: event.reason, ...base },
        event.at,
      );
    case 'server-exited':
      return withRuntime(
        row,
        { kind: 'failed', failure: event.failure, mayHeal: false, ...base, pid: undefined },
        event.at,
      );
    case 'workload-changed': {
      // What restarted begins anew, also when nobody saw it down.
      const since = hasRestarted(base.report, event.report) ? event.at : base.since;
      const runtime = workloadRuntime(row, event.report, { ...base, since, report: event.report });
      const next = withRuntime(row, runtime, event.at);
      return isFailedJob(row, runtime) ? withRetry(next, event.update, runtime.failure, event.at) : next;
    }
    case 'pods-changed':
      return { ...row, pods: event.pods };
    case 'live-containers-changed': {
      const { containers, trouble } = event;
      const hasRun = row.live.hasRun || containers.length > 0;
      return withContainersBehind({ ...row, live: { ...row.live, containers, hasRun, trouble } }, event.at);
    }
    case 'forward-listening':
      return withForward(row, event.forward, { kind: 'listening', localPort: event.localPort, since: event.at });
    case 'forward-failed':
      // Once the port is open, a failure is that of one connection: it is in the log.
      if (row.forwards[event.forward]?.kind === 'listening') return row;
      return withForward(row, event.forward, { kind: 'failed', message: event.message });
  }
}

function hasRestarted(before: WorkloadReport | undefined, now: WorkloadReport): boolean {
  return before !== undefined && before.podName === now.podName && now.restarts > before.restarts;
}

/** Whether a Job has just failed for good. */
function isFailedJob(row: ResourceState, runtime: Existing): runtime is Extract<Existing, { kind: 'failed' }> {
  if (runtime.kind !== 'failed' || runtime.mayHeal || row.runtime.kind === 'failed') return false;
  return row.update.kind === 'succeeded' && readinessOf(row.resource) === 'succeeded';
}

function workloadRuntime(row: ResourceState, report: WorkloadReport, base: RuntimeBase): Existing {
  const readiness = readinessOf(row.resource);
  if (readiness === 'ignore') return { kind: 'ready', ...base };
  switch (report.state.status) {
    case 'pending':
      return { kind: 'pending', reason: report.state.reason, ...base };
    case 'ready':
      return readiness === 'succeeded'
        ? { kind: 'pending', reason: 'waiting for it to complete', ...base }
        : { kind: 'ready', ...base };
    case 'succeeded':
      return { kind: 'succeeded', ...base };
    case 'failed':
      return { kind: 'failed', failure: report.state.failure, mayHeal: report.state.mayHeal, ...base };
  }
}

function runtimeBase(runtime: RuntimeState, at: number): RuntimeBase {
  if (runtime.kind === 'none') return { since: at, pid: undefined, report: undefined };
  return { since: runtime.since, pid: runtime.pid, report: runtime.report };
}

function withRuntime(row: ResourceState, runtime: Existing, at: number): ResourceState {
  const since = runtime.kind === row.runtime.kind ? runtime.since : at;
  const up = runtime.kind === 'ready' || runtime.kind === 'succeeded';
  // While it was ready, its last moment of readiness is the moment in which that ends.
  const wasUp = row.runtime.kind === 'ready' || row.runtime.kind === 'succeeded';
  return {
    ...row,
    runtime: { ...runtime, since },
    everReady: row.everReady || up,
    lastReadyAt: up || wasUp ? at : row.lastReadyAt,
  };
}

function withForward(row: ResourceState, index: number, forward: ForwardState): ResourceState {
  const forwards = [...row.forwards];
  while (forwards.length <= index) forwards.push(undefined);
  forwards[index] = forward;
  return { ...row, forwards };
}
