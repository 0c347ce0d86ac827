import { ExitCode, type ExitOutcome } from '../engine/exit-decision.ts';
import { schedule } from '../engine/schedule.ts';
import type { LogLine } from '../state/log-line.ts';
import { hasRuntime, isFlaky } from '../state/resource-status.ts';
import type { ResourceState, State } from '../state/state.ts';
import { criticalPath } from './critical-path.ts';
import { excerptOf } from './failure-text.ts';
import { reportFailure } from './report-failure.ts';
import {
  REPORT_VERSION,
  type ReportedReason,
  type ReportResource,
  type ReportTimes,
  type ReportUpdate,
  type RunReport,
  type RunResult,
  type SlowStep,
} from './report-schema.ts';
import { outcomeOf } from './resource-outcome.ts';
import type { ResourceTimeline, Timeline } from './timeline.ts';
import { withoutSecrets } from './without-secrets.ts';

const MOST_SLOW_STEPS = 10;

/** What a finished session is known by. */
export interface FinishedSession {
  readonly version: string;
  readonly mode: 'ci' | 'up';
  readonly endedAt: number;
  readonly state: State;
  readonly timeline: Timeline;
  readonly outcome: ExitOutcome;
  /** The last lines of a resource's log, oldest first. */
  tail(resource: string, count: number): readonly LogLine[];
  /** A text without the values that are hidden. */
  scrub(text: string): string;
}

/** All that there is to tell of a session that is over, without secrets: every report is made of this and of the log. */
export function runReport(session: FinishedSession): RunReport {
  const { state, timeline, outcome, endedAt } = session;
  const { holds } = schedule(state);
  const failures = reasonsOf(session);
  // What passed a limit on time stands as if it still ran.
  const blamed = new Set(failures.map(({ resource }) => resource));
  const resources = [...state.resources].map((row) => {
    const standing = outcomeOf(row, holds.get(row.resource.name));
    const isLate = blamed.has(row.resource.name) && standing.result === 'unfinished' && row.update.kind !== 'none';
    const known = timeline.resources.get(row.resource.name);
    return resourceOf(row, known, isLate ? { ...standing, result: 'failed' } : standing, endedAt);
  });
  const cluster = state.cluster.kind === 'connected' ? state.cluster.info : undefined;
  const times = { startedAt: state.startedAt, endedAt, durationMs: endedAt - state.startedAt };
  const parts = { resources, tiltfile: timeline.loads, failures, endedAt };
  const report: RunReport = {
    schemaVersion: REPORT_VERSION,
    tool: { name: 'tilt-ts', version: session.version },
    mode: session.mode,
    ...times,
    exitCode: outcome.code,
    result: resultOf(outcome.code),
    message: outcome.message,
    failures,
    tiltfile: timeline.loads,
    cluster:
      cluster === undefined ? null : { context: cluster.context, product: cluster.product, version: cluster.version },
    resources,
    criticalPath: criticalPath(parts),
    slowestSteps: slowestSteps(resources, endedAt),
  };
  return withoutSecrets(report, session.scrub);
}

function reasonsOf({ outcome, state, tail }: FinishedSession): readonly ReportedReason[] {
  return outcome.reasons.map(({ resource, failure }) => {
    const declared = state.resources.get(resource)?.resource;
    const excerpt = resource === '' ? [] : excerptOf(resource, failure, { state, tail });
    return {
      resource,
      ...reportFailure(failure),
      position: failure.position ?? declared?.position ?? null,
      excerpt,
    };
  });
}

function resourceOf(
  row: ResourceState,
  known: ResourceTimeline | undefined,
  { result, text }: ReturnType<typeof outcomeOf>,
  endedAt: number,
): ReportResource {
  const { resource } = row;
  const { updates = [], runtimes = [] } = known ?? {};
  const report = {
    name: resource.name,
    type: resource.kind,
    labels: resource.labels,
    dependsOn: resource.resourceDeps,
    position: resource.position,
    result,
    state: text,
    hasUpdate: resource.kind !== 'local' || resource.update !== undefined,
    hasRuntime: hasRuntime(resource),
    isFlaky: isFlaky(row),
    updates,
    runtimes,
  };
  return { ...report, times: timesOf(report, endedAt) };
}

function timesOf({ updates, runtimes }: Pick<ReportResource, 'updates' | 'runtimes'>, endedAt: number): ReportTimes {
  const update = updates.at(-1);
  const spent = (...kinds: readonly string[]) => stepsTime(update, kinds, endedAt);
  const parts = {
    commandMs: spent('command'),
    buildMs: spent('build'),
    pushMs: spent('push', 'load'),
    deployMs: spent('deploy'),
  };
  if (update === undefined) return { ...parts, readyMs: null, totalMs: null };
  const updatedAt = update.endedAt ?? endedAt;
  const runtime = runtimes.findLast((one) => one.update === update.update);
  const settledAt = runtime?.readyAt ?? runtime?.phases.find(({ state }) => state === 'failed')?.at;
  return {
    ...parts,
    readyMs: settledAt === undefined || settledAt < updatedAt ? null : settledAt - updatedAt,
    totalMs: Math.max(updatedAt, settledAt ?? 0) - update.startedAt,
  };
}

function stepsTime(update: ReportUpdate | undefined, kinds: readonly string[], endedAt: number): number | null {
  const steps = update?.steps.filter(({ kind }) => kinds.includes(kind)) ?? [];
  if (steps.length === 0) return null;
  return steps.reduce((sum, step) => sum + (step.endedAt ?? endedAt) - step.startedAt, 0);
}

function slowestSteps(resources: readonly ReportResource[], endedAt: number): readonly SlowStep[] {
  const all = resources.flatMap(({ name, updates }) =>
    updates.flatMap(({ steps }) =>
      steps.map(({ title, startedAt, endedAt: end }) => ({
        resource: name,
        title,
        startedAt,
        durationMs: (end ?? endedAt) - startedAt,
      })),
    ),
  );
  return all.sort((one, other) => other.durationMs - one.durationMs).slice(0, MOST_SLOW_STEPS);
}

function resultOf(code: number): RunResult {
  switch (code) {
    case ExitCode.ok:
      return 'succeeded';
    case ExitCode.timeLimit:
      return 'time-limit';
    case ExitCode.unreachable:
      return 'unreachable';
    case ExitCode.tiltfileFailed:
      return 'tiltfile-failed';
    case ExitCode.resourceFailed:
      return 'resource-failed';
    default:
      return code > 128 ? 'stopped' : 'resource-failed';
  }
}
