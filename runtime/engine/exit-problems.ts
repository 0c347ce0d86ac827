import { readinessOf } from '../../stdlib/model/readiness.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import type { CiSettings } from '../../stdlib/model/settings.ts';
import { type Failure, failure } from '../state/failure.ts';
import { Mark, standing } from '../state/resource-status.ts';
import type { ResourceState, State } from '../state/state.ts';
import { formatDuration } from './duration.ts';
import { applyProblems, hasApplies } from './exit-applies.ts';
import type { ExitReason } from './exit-decision.ts';
import type { ExitLimits } from './exit-limits.ts';
import type { Hold } from './hold.ts';
import { holdText } from './hold-text.ts';
import { needsCluster } from './needs-cluster.ts';

// What is wrong with a `ci` session at one moment, resource by resource.

/** What failed; a failure that may heal counts when its grace is over. */
export function problemsOf(state: State, limits: ExitLimits): readonly ExitReason[] {
  return [
    ...clusterProblems(state),
    ...resourceProblems(state, limits),
    ...portProblems(state),
    ...applyProblems(state),
  ];
}

function clusterProblems(state: State): readonly ExitReason[] {
  if (state.cluster.kind !== 'failed') return [];
  // Objects that clients made may have asked for it.
  const isNeeded = [...state.resources].some(({ resource }) => needsCluster(resource, state.graph));
  if (!isNeeded && !hasApplies(state)) return [];
  return [{ resource: '', failure: state.cluster.failure }];
}

function resourceProblems(state: State, limits: ExitLimits): readonly ExitReason[] {
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

/** Servers that had their time to become ready and are not; what runs to an end has no limit but its own. */
export function lateServers(state: State, limits: ExitLimits): readonly ExitReason[] {
  const late: ExitReason[] = [];
  for (const row of state.resources.marked(Mark.awaiting)) {
    const { resource } = row;
    const limitMs = readinessLimit(resource, limits.ci);
    if (limitMs === undefined) continue;
    const since = Math.max(row.succeeded?.endedAt ?? 0, row.lastReadyAt ?? 0);
    if (limits.runsUntil(since + limitMs)) continue;
    const message = `Readiness timeout after ${formatDuration(limitMs)}: "${resource.name}" is not ready: ${runtimeReason(row)}`;
    late.push({ resource: resource.name, failure: { ...runtimeFailure(row, message), timedOut: true } });
  }
  return late;
}

function readinessLimit(resource: Resource, ci: CiSettings): number | undefined {
  if (resource.readinessTimeoutMs !== undefined) return resource.readinessTimeoutMs;
  return readinessOf(resource) === 'succeeded' ? undefined : ci.readinessTimeoutMs;
}

/** Whether every server has been ready, without a restart, for as long as it takes to believe that it stays so. */
export function haveSettled(state: State, limits: ExitLimits): boolean {
  let settled = true;
  for (const { resource, runtime } of state.resources) {
    if (runtime.kind !== 'ready') continue;
    const settleMs = settleTime(resource, limits.ci);
    if (settleMs > 0 && limits.runsUntil(runtime.since + settleMs)) settled = false;
  }
  return settled;
}

/** A server without a readiness probe counts as healthy when it has run for this long. */
const SETTLE_MS = 1000;

function settleTime(resource: Resource, { settleMs }: CiSettings): number {
  switch (resource.kind) {
    case 'local':
      if (resource.serve === undefined) return 0;
      return settleMs ?? (resource.readinessProbe === undefined ? SETTLE_MS : 0);
    case 'kubernetes':
    // What pods without a probe have to wait for is part of their readiness already.
    case 'compose':
      return readinessOf(resource) === 'wait' ? (settleMs ?? 0) : 0;
  }
}

/** What keeps a resource from its end. */
export function waitsFor(row: ResourceState, hold: Hold | undefined): string {
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

export function runtimeFailure(row: ResourceState, message: string): Failure {
  const local = row.update.kind === 'running' ? 'command' : 'server';
  return failure(row.resource.kind === 'local' ? local : 'workload', message, [], row.resource.position);
}
