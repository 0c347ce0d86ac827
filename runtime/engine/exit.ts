import { ciSettingsOf } from '../state/ci-settings.ts';
import { failure } from '../state/failure.ts';
import { Mark } from '../state/resource-status.ts';
import type { State } from '../state/state.ts';
import { type Blocked, blockedResources } from './blocked.ts';
import { formatDuration } from './duration.ts';
import { unfinishedApplies } from './exit-applies.ts';
import { codeOfSignal, ExitCode, type ExitDecision, type ExitOutcome, type ExitReason } from './exit-decision.ts';
import { ExitLimits } from './exit-limits.ts';
import { haveSettled, lateServers, problemsOf, runtimeFailure, waitsFor } from './exit-problems.ts';
import { schedule } from './schedule.ts';

export const SUCCESS_MESSAGE = 'SUCCESS. All workloads are healthy.';
export const NOTHING_CHOSEN = 'Nothing to do: none of the resources was chosen.';
const NO_RESOURCES = 'No resources found. Check out https://docs.tilt.dev/tutorial.html to get started!';

/**
 * Whether a `ci` session is over at this time, and how. The first failure ends it; where `keepGoing` is set, it ends when
 * nothing is left that could still come to its end.
 */
export function decideExit(state: State, now: number): ExitDecision {
  if (state.stop !== undefined) {
    return over(codeOfSignal(state.stop.signal), `Stopped by ${state.stop.signal}`, []);
  }
  const { load } = state.tiltfile;
  if (load.kind === 'failed') {
    const reasons = load.failures.map((problem) => ({ resource: '', failure: problem }));
    const isUnreachable = load.failures.some(({ kind }) => kind === 'cluster-unreachable');
    const code = isUnreachable ? ExitCode.unreachable : ExitCode.tiltfileFailed;
    return over(code, load.failures[0]?.message ?? 'The Tiltfile failed', reasons);
  }
  const ci = ciSettingsOf(state);
  if (ci === undefined || load.kind === 'loading') return whileLoading(state, now);
  if (state.graph?.resources.length === 0) {
    return failed(ExitCode.tiltfileFailed, [{ resource: '', failure: failure('tiltfile', NO_RESOURCES) }]);
  }
  if (state.resources.size === 0) return over(ExitCode.ok, NOTHING_CHOSEN, []);

  const limits = new ExitLimits(ci, now);
  const problems = problemsOf(state, limits);
  if (problems.length > 0 && !ci.keepGoing) return failed(codeOf(problems), problems);
  const isFinished = state.resources.count(Mark.unfinished) === 0 && unfinishedApplies(state).length === 0;
  const isDone = problems.length === 0 && isFinished && !limits.tolerates;
  if (isDone && haveSettled(state, limits)) return over(ExitCode.ok, SUCCESS_MESSAGE, []);

  const late = lateServers(state, limits);
  if (late.length > 0 && !ci.keepGoing) return failed(codeOf(late), late);
  const ending = isDone ? undefined : endOfTheRest(state, [...problems, ...late], limits);
  if (ending !== undefined) return ending;
  if (!limits.runsUntil(state.startedAt + ci.timeoutMs)) return timedOut(state, ci.timeoutMs, late);
  return { kind: 'go-on', lookAgainAt: limits.next };
}

/** Only the limit that was given from outside is known then. */
function whileLoading({ given: { timeoutMs }, startedAt }: State, now: number): ExitDecision {
  if (timeoutMs === undefined) return { kind: 'go-on', lookAgainAt: undefined };
  const deadline = startedAt + timeoutMs;
  if (now < deadline) return { kind: 'go-on', lookAgainAt: deadline };
  const message = `Timeout after ${formatDuration(timeoutMs)}: the Tiltfile is still loading`;
  return over(ExitCode.timeLimit, message, [{ resource: '', failure: failure('tiltfile', message) }]);
}

/** The end of a session in which nothing goes on any more: what is left waits for what has failed, or for what nobody starts. */
function endOfTheRest(state: State, problems: readonly ExitReason[], limits: ExitLimits): ExitOutcome | undefined {
  const { resources } = state;
  const late = resources.count(Mark.awaiting) === 0 ? 0 : lateIn(state, problems);
  if (limits.tolerates || resources.count(Mark.running) > 0 || resources.count(Mark.awaiting) > late) return undefined;
  if (problems.length === 0 && state.cluster.kind === 'connecting') return undefined;
  const blocked = blockedResources(state, new Set(problems.map(({ resource }) => resource)));
  if (blocked.length < resources.count(Mark.due) || blocked.length + late < resources.count(Mark.unfinished))
    return undefined;
  if (problems.length > 0 && !haveSettled(state, limits)) return undefined;
  const unstartable = blocked.filter(({ on }) => on.some(({ why }) => why === 'idle')).map(neverStarts);
  const all = [...problems, ...unstartable];
  if (all.length === 0) return undefined;
  const named = new Set(all.map(({ resource }) => resource));
  const notStarted = blocked.map(({ row }) => row.resource.name).filter((name) => !named.has(name));
  return { ...failed(codeOf(all), all), ...(notStarted.length > 0 && { notStarted }) };
}

function lateIn(state: State, problems: readonly ExitReason[]): number {
  const named = new Set(problems.map(({ resource }) => resource));
  return [...state.resources.marked(Mark.awaiting)].filter(({ resource }) => named.has(resource.name)).length;
}

function neverStarts({ row: { resource }, on }: Blocked): ExitReason {
  const names = on.filter(({ why }) => why === 'idle').map(({ name }) => `"${name}"`);
  const which = names.length === 1 ? 'it has' : 'they have';
  const message = `"${resource.name}" cannot start: it waits for ${names.join(', ')}, which nothing starts (${which} auto_init=False)`;
  return { resource: resource.name, failure: failure('command', message, [], resource.position) };
}

function timedOut(state: State, timeoutMs: number, late: readonly ExitReason[]): ExitOutcome {
  const { holds } = schedule(state);
  const named = new Set(late.map(({ resource }) => resource));
  const reasons: ExitReason[] = [...late];
  for (const row of state.resources.marked(Mark.unfinished)) {
    const { name } = row.resource;
    if (!named.has(name))
      reasons.push({ resource: name, failure: runtimeFailure(row, waitsFor(row, holds.get(name))) });
  }
  reasons.push(...unfinishedApplies(state));
  const unfinished = reasons.length;
  for (const { resource, update, runtime } of state.resources.marked(Mark.failed)) {
    if (update.kind === 'failed') reasons.push({ resource: resource.name, failure: update.failure });
    else if (runtime.kind === 'failed') reasons.push({ resource: resource.name, failure: runtime.failure });
  }
  const count = unfinished === 1 ? '1 resource is' : `${unfinished} resources are`;
  return over(ExitCode.timeLimit, `Timeout after ${formatDuration(timeoutMs)}: ${count} not finished`, reasons);
}

function codeOf(problems: readonly ExitReason[]): ExitCode {
  const kinds = new Set(problems.map((problem) => problem.failure.kind));
  if (kinds.has('docker-unreachable') || kinds.has('cluster-unreachable')) return ExitCode.unreachable;
  // The remedy is a line in the Tiltfile.
  if (kinds.has('cluster-refused')) return ExitCode.tiltfileFailed;
  return problems.every((problem) => problem.failure.timedOut) ? ExitCode.timeLimit : ExitCode.resourceFailed;
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
