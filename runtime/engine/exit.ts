import { readinessOf } from '../../stdlib/model/readiness.ts';
import type { CiSettings } from '../../stdlib/model/settings.ts';
import { type Failure, failure } from '../state/failure.ts';
import { Mark, standing } from '../state/resource-status.ts';
import type { ResourceState, State } from '../state/state.ts';
import { formatDuration } from './duration.ts';
import { ExitCode, type ExitDecision, type ExitOutcome, type ExitReason } from './exit-decision.ts';
import type { Hold } from './hold.ts';
import { holdText } from './hold-text.ts';
import { schedule } from './schedule.ts';

export const SUCCESS_MESSAGE = 'SUCCESS. All workloads are healthy.';
/** A server without a readiness probe counts as healthy when it has run for this long. */
const SETTLE_MS = 1000;
const NO_RESOURCES = 'No resources found. Check out https://docs.tilt.dev/tutorial.html to get started!';

/** Whether a `ci` session is over at this time, and how. The first failure ends it. */
export function decideExit(state: State, now: number): ExitDecision {
  if (state.stop !== undefined) return { kind: 'exit', ...stopped(state.stop.signal) };
  const { load } = state.tiltfile;
  if (load.kind === 'failed') {
    const reasons = load.failures.map((problem) => ({ resource: '', failure: problem }));
    return over(ExitCode.tiltfileFailed, load.failures[0]?.message ?? 'The Tiltfile failed', reasons);
  }
  const { graph } = state;
  if (graph === undefined || load.kind === 'loading') return whileLoading(state, now);
  if (graph.resources.length === 0) {
    return failed(ExitCode.tiltfileFailed, [{ resource: '', failure: failure('tiltfile', NO_RESOURCES) }]);
  }
  const limits = new Limits(graph.settings.ci, now);
  const problems = [...clusterProblems(state), ...resourceProblems(state, limits), ...portProblems(state)];
  if (problems.length > 0) return failed(codeOf(problems), problems);
  const isDone = state.resources.count(Mark.unfinished) === 0 && !limits.tolerates;
  if (isDone && haveSettled(state, limits)) return over(ExitCode.ok, SUCCESS_MESSAGE, []);

  const late = lateServers(state, limits);
  if (late.length > 0) return failed(ExitCode.timeLimit, late);
  const timeoutMs = state.timeoutMs ?? limits.ci.timeoutMs;
  if (!limits.runsUntil(state.startedAt + timeoutMs)) return timedOut(state, timeoutMs);
  return { kind: 'go-on', lookAgainAt: limits.next };
}

/** Only the limit that was given from outside is known then. */
function whileLoading(state: State, now: number): ExitDecision {
  if (state.timeoutMs === undefined) return { kind: 'go-on', lookAgainAt: undefined };
  const deadline = state.startedAt + state.timeoutMs;
  if (now < deadline) return { kind: 'go-on', lookAgainAt: deadline };
  const message = `Timeout after ${formatDuration(state.timeoutMs)}: the Tiltfile is still loading`;
  return over(ExitCode.timeLimit, message, [{ resource: '', failure: failure('tiltfile', message) }]);
}

/** The limits on time, and the first of those that are still ahead. */
class Limits {
  readonly ci: CiSettings;
  readonly #now: number;
  next: number | undefined;
  /** A failure is overlooked for now. */
  tolerates = false;

  constructor(ci: CiSettings, now: number) {
    this.ci = ci;
    this.#now = now;
  }

  /** Whether this point in time is still to come. */
  runsUntil(deadline: number): boolean {
    if (this.#now >= deadline) return false;
    this.next = Math.min(this.next ?? deadline, deadline);
    return true;
  }
}

function clusterProblems(state: State): readonly ExitReason[] {
  if (state.cluster.kind !== 'failed') return [];
  return [{ resource: '', failure: state.cluster.failure }];
}

function resourceProblems(state: State, limits: Limits): readonly ExitReason[] {
  const problems: ExitReason[] = [];
  for (const row of state.resources.marked(Mark.failed)) {
    const resource = row.resource.name;
    if (row.update.kind === 'failed') problems.push({ resource, failure: row.update.failure });
    else if (row.runtime.kind === 'failed') {
      const deployedAt = row.succeeded?.endedAt ?? 0;
      if (row.runtime.mayHeal && limits.runsUntil(deployedAt + limits.ci.k8sGracePeriodMs)) limits.tolerates = true;
      else problems.push({ resource, failure: row.runtime.failure });
    }
  }
  return problems;
}

/**
 * Ports that could not be opened although others depend on the resource: they would reach whoever has the port instead.
 * A port that nobody here needs is no reason to fail.
 */
function portProblems(state: State): readonly ExitReason[] {
  if (state.resources.count(Mark.portless) === 0) return [];
  const needed = new Set([...state.resources].flatMap(({ resource }) => resource.resourceDeps));
  const problems: ExitReason[] = [];
  for (const { resource, forwards } of state.resources.marked(Mark.portless)) {
    for (const forward of needed.has(resource.name) ? forwards : []) {
      if (forward?.kind !== 'failed') continue;
      problems.push({
        resource: resource.name,
        failure: failure('workload', forward.message, [], resource.position),
      });
    }
  }
  return problems;
}

/** Whether the servers that nobody can ask have lived long enough to believe that they do not fail at their start. */
function haveSettled(state: State, limits: Limits): boolean {
  let settled = true;
  for (const { resource, runtime } of state.resources) {
    if (resource.kind !== 'local' || resource.serve === undefined || resource.readinessProbe !== undefined) continue;
    if (runtime.kind === 'ready' && limits.runsUntil(runtime.since + SETTLE_MS)) settled = false;
  }
  return settled;
}

/** Servers that had their time to become ready and are not; what runs to an end may take as long as it needs. */
function lateServers(state: State, limits: Limits): readonly ExitReason[] {
  const late: ExitReason[] = [];
  for (const row of state.resources.marked(Mark.awaiting)) {
    const { resource } = row;
    if (readinessOf(resource) === 'succeeded') continue;
    const since = Math.max(row.succeeded?.endedAt ?? 0, row.lastReadyAt ?? 0);
    const { readinessTimeoutMs } = limits.ci;
    if (limits.runsUntil(since + readinessTimeoutMs)) continue;
    const limit = formatDuration(readinessTimeoutMs);
    const message = `Readiness timeout after ${limit}: "${resource.name}" is not ready: ${runtimeReason(row)}`;
    late.push({ resource: resource.name, failure: runtimeFailure(row, message) });
  }
  return late;
}

function timedOut(state: State, timeoutMs: number): ExitOutcome {
  const { holds } = schedule(state);
  const reasons: ExitReason[] = [];
  for (const row of state.resources.marked(Mark.unfinished)) {
    const { name } = row.resource;
    reasons.push({ resource: name, failure: runtimeFailure(row, waitsFor(row, holds.get(name))) });
  }
  for (const row of state.resources.marked(Mark.failed)) {
    if (row.runtime.kind === 'failed') reasons.push({ resource: row.resource.name, failure: row.runtime.failure });
  }
  const count = reasons.length === 1 ? '1 resource is' : `${reasons.length} resources are`;
  return over(ExitCode.timeLimit, `Timeout after ${formatDuration(timeoutMs)}: ${count} not finished`, reasons);
}

function waitsFor(row: ResourceState, hold: Hold | undefined): string {
  if (hold !== undefined) return holdText(hold);
  if (row.update.kind === 'running') {
    const step = row.update.steps.findLast((known) => known.endedAt === undefined);
    return step === undefined ? 'its update runs' : `its update runs: ${step.title}`;
  }
  return standing(row) === 'awaiting' ? `not ready: ${runtimeReason(row)}` : 'its update has not started';
}

function runtimeReason(row: ResourceState): string {
  if (row.runtime.kind === 'pending' && row.runtime.reason !== '') return row.runtime.reason;
  return row.resource.kind === 'kubernetes' ? 'waiting for pod' : 'its server has not started';
}

function runtimeFailure(row: ResourceState, message: string): Failure {
  const local = row.update.kind === 'running' ? 'command' : 'server';
  return failure(row.resource.kind === 'local' ? local : 'workload', message, [], row.resource.position);
}

function codeOf(problems: readonly ExitReason[]): ExitCode {
  const kinds = new Set(problems.map((problem) => problem.failure.kind));
  if (kinds.has('docker-unreachable') || kinds.has('cluster-unreachable')) return ExitCode.unreachable;
  // The remedy is a line in the Tiltfile.
  if (kinds.has('cluster-refused')) return ExitCode.tiltfileFailed;
  return ExitCode.resourceFailed;
}

function stopped(signal: string): Omit<ExitOutcome, 'kind'> {
  return { code: ExitCode.stopped, message: `Stopped by ${signal}`, reasons: [] };
}

function failed(code: ExitCode, reasons: readonly ExitReason[]): ExitOutcome {
  const [first, ...others] = reasons;
  if (first === undefined) return over(code, 'Failed', reasons);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return over(code, `${named(first)}${more}`, reasons);
}

/** The reason's message, with the name of the resource where it does not say it. */
function named({ resource, failure: { message } }: ExitReason): string {
  return resource === '' || message.includes(`"${resource}"`) ? message : `${resource}: ${message}`;
}

function over(code: ExitCode, message: string, reasons: readonly ExitReason[]): ExitOutcome {
  return { kind: 'exit', code, message, reasons };
}
