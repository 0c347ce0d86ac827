import type { LogPosition } from './log-position.ts';

/** What is remembered of a resource between its deploys, so that nothing is shown twice and nothing old as new. */
export interface WatchMemory {
  /** Pods that were there before this session's first deploy. */
  readonly oldPods: ReadonlySet<string>;
  /** When that was, by the cluster's clock, as an ISO time. */
  readonly since: string;
  /** How far logs have been read, by pod uid and container name. */
  readonly positions: Map<string, LogPosition>;
  /** What was last said of each pod's progress. */
  readonly progress: Map<string, readonly string[]>;
  /** Restarts that were told of, by pod uid and container name. */
  readonly restarts: Map<string, number>;
  /** When the latest of them was seen, by the cluster's clock in milliseconds since the epoch. */
  readonly restartsSeenAt: Map<string, number>;
  /** What was told of events. */
  readonly events: Set<string>;
  /** Generations of the objects after the latest apply, by uid. */
  generations: ReadonlyMap<string, number>;
}

export function newMemory(oldPods: ReadonlySet<string>, since: string): WatchMemory {
  return {
    oldPods,
    since,
    positions: new Map(),
    progress: new Map(),
    restarts: new Map(),
    restartsSeenAt: new Map(),
    events: new Set(),
    generations: new Map(),
  };
}
