import type { ContainerStatus } from '../clients/kubernetes/objects.ts';
import { compareTimes } from './log-position.ts';

/** One run of a container: as it restarts, it gets a new id. */
export interface ContainerRun {
  readonly id: string;
  /** It has ended: its log is complete. */
  readonly ended: boolean;
  /** It is the run before the present one. */
  readonly previous: boolean;
  /** Cut to whole seconds, as all of the cluster's times; empty when not known. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** The runs whose logs the cluster still has, oldest first. */
export function containerRuns({ state, lastState, containerID }: ContainerStatus): readonly ContainerRun[] {
  const found: ContainerRun[] = [];
  const run = (id: string, times: { startedAt?: string; finishedAt?: string }, ended: boolean, previous: boolean) =>
    found.push({ id, ended, previous, startedAt: times.startedAt ?? '', finishedAt: times.finishedAt ?? '' });
  const last = lastState?.terminated;
  if (last?.containerID) run(last.containerID, last, true, true);
  const ended = state?.terminated;
  if (ended?.containerID) run(ended.containerID, ended, true, false);
  else if (state?.running && containerID) run(containerID, state.running, false, false);
  return found;
}

export function runningId({ state, containerID }: ContainerStatus): string | undefined {
  return state?.running ? containerID : undefined;
}

/** Whether a line is so early that no later run of the container can have written it. */
export function isSurelyOf({ finishedAt }: ContainerRun, time: string): boolean {
  return finishedAt !== '' && time !== '' && compareTimes(time, finishedAt) < 0;
}

/** Whether a line is from before the run began. */
export function isBefore({ startedAt }: ContainerRun, time: string): boolean {
  return startedAt !== '' && time !== '' && compareTimes(time, startedAt) < 0;
}

/**
 * The time from which on a run's log has not been shown; empty for all of it. `last` is the time of the last line that
 * was shown. It may be the next run's: the cluster tells of a restart late, and hands out the next run's log before.
 */
export function unreadSince({ ended, startedAt, finishedAt }: ContainerRun, last: string): string {
  if (last === '' || !ended || finishedAt === '' || compareTimes(last, finishedAt) < 0) return last;
  return startedAt !== '' && compareTimes(startedAt, last) < 0 ? startedAt : last;
}
