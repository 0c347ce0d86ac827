import type { FailureKind } from '../state/failure.ts';
import type { StepKind } from '../state/step.ts';

// What `--report json=FILE` writes, and what all other reports are made of. docs/reports.md explains it to users.
// Times are milliseconds since the epoch, durations milliseconds. Fields may be added without a new version; a field that goes or
// changes its meaning makes one.

export const REPORT_VERSION = 1;

export interface RunReport {
  readonly schemaVersion: typeof REPORT_VERSION;
  readonly tool: { readonly name: 'tilt-ts'; readonly version: string };
  readonly mode: 'ci' | 'up';
  readonly startedAt: number;
  readonly endedAt: number;
  readonly durationMs: number;
  readonly exitCode: number;
  readonly result: RunResult;
  /** One line that says how it ended. */
  readonly message: string;
  /** Why it failed, in the order of the resources; empty when it did not. */
  readonly failures: readonly ReportedReason[];
  /** Each load of the Tiltfile, oldest first. */
  readonly tiltfile: readonly ReportLoad[];
  /** The cluster that it was connected to. */
  readonly cluster: { readonly context: string; readonly product: string; readonly version: string } | null;
  /** In the order of the Tiltfile. */
  readonly resources: readonly ReportResource[];
  /** What the run had to wait for, from its start to its end: each part begins when the one before is over. */
  readonly criticalPath: readonly PathPart[];
  /** At most ten, the longest first. */
  readonly slowestSteps: readonly SlowStep[];
}

export type RunResult =
  | 'succeeded'
  | 'resource-failed'
  | 'time-limit'
  | 'unreachable'
  | 'tiltfile-failed'
  /** By a signal. */
  | 'stopped';

export interface ReportFailure {
  readonly kind: FailureKind;
  /** One line. */
  readonly message: string;
  readonly details: readonly string[];
  /** In the Tiltfile, or in what it loads: an absolute path, line and column from 1. */
  readonly position: ReportPosition | null;
}

export interface ReportPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ReportedReason extends ReportFailure {
  /** Empty when it is about the Tiltfile, the cluster or the whole run. */
  readonly resource: string;
  /** The last lines of the log that belong to it. */
  readonly excerpt: readonly string[];
}

export interface ReportLoad {
  readonly startedAt: number;
  /** `null` when the run ended before it did. */
  readonly endedAt: number | null;
  readonly result: 'succeeded' | 'failed' | 'unfinished';
  readonly failures: readonly ReportFailure[];
}

export interface ReportResource {
  readonly name: string;
  readonly type: 'local' | 'kubernetes' | 'compose';
  readonly labels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly position: ReportPosition;
  readonly result: ResourceResult;
  /** In few words: `ready`, `failed`, `waits for db`. */
  readonly state: string;
  /** It has a command, images to build, or objects to apply; one that only serves has not. */
  readonly hasUpdate: boolean;
  /** It leaves something running: a server, pods, containers. */
  readonly hasRuntime: boolean;
  /** It failed at first and went well when it was tried again. */
  readonly isFlaky: boolean;
  /** Oldest first; of more than 100 the newest. */
  readonly updates: readonly ReportUpdate[];
  /** What the updates left running, oldest first; of more than 100 the newest. */
  readonly runtimes: readonly ReportRuntime[];
  readonly times: ReportTimes;
}

export type ResourceResult =
  | 'succeeded'
  | 'failed'
  /** The run ended before it was done. */
  | 'unfinished'
  | 'not-started';

export interface ReportUpdate {
  /** Numbers all updates of the run from 1. */
  readonly update: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly result: 'succeeded' | 'failed' | 'cancelled' | 'unfinished';
  /** Why it ran: `initial`, `files`, `trigger`, `config`, … */
  readonly causes: readonly string[];
  readonly steps: readonly ReportStep[];
  readonly failure: ReportFailure | null;
}

export interface ReportStep {
  readonly kind: StepKind;
  readonly title: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface ReportRuntime {
  /** The update that started it. */
  readonly update: number;
  readonly startedAt: number;
  /** When it was ready, or had ended well, for the first time. */
  readonly readyAt: number | null;
  /** When the next update took its place; `null` for the one that ran at the end. */
  readonly endedAt: number | null;
  readonly restarts: number;
  /** The newest pod or container; empty when there is none. */
  readonly pod: string;
  /** Oldest first; of more than 100 the newest. */
  readonly phases: readonly ReportPhase[];
}

export interface ReportPhase {
  readonly at: number;
  readonly state: 'pending' | 'ready' | 'succeeded' | 'failed';
  /** Why it is not ready. */
  readonly reason: string;
  readonly failure: ReportFailure | null;
}

/** How long the parts of the last update took; `null` where there was no such part. */
export interface ReportTimes {
  readonly commandMs: number | null;
  readonly buildMs: number | null;
  readonly pushMs: number | null;
  readonly deployMs: number | null;
  /** From the end of the update to readiness. */
  readonly readyMs: number | null;
  readonly totalMs: number | null;
}

export interface PathPart {
  /** `wait`: something that no report knows held it back. */
  readonly kind: 'tiltfile' | 'wait' | 'update' | 'ready';
  /** Empty for the Tiltfile. */
  readonly resource: string;
  readonly startedAt: number;
  readonly durationMs: number;
}

export interface SlowStep {
  readonly resource: string;
  readonly title: string;
  readonly startedAt: number;
  readonly durationMs: number;
}
