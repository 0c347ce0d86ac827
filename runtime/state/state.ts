import type { Graph } from '../../stdlib/model/graph.ts';
import type { Resource, Trigger } from '../../stdlib/model/resource.ts';
import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { ApiState } from './api-state.ts';
import type { BuiltImage } from './built-image.ts';
import type { Cause, Pending } from './cause.ts';
import type { ClusterInfo } from './cluster-info.ts';
import type { Deployed } from './deployed.ts';
import type { Failure } from './failure.ts';
import type { ForwardState } from './forward.ts';
import type { LiveState } from './live.ts';
import type { PodReport } from './pod-report.ts';
import type { Step } from './step.ts';
import type { Table } from './table.ts';
import type { WorkloadReport } from './workload.ts';

/** All that is known about a session; only `reduce` makes new ones. Times are milliseconds since the epoch. */
export interface State {
  readonly startedAt: number;
  /** What the command line says about a `ci` session; it wins over what the Tiltfile sets (`ciSettingsOf`). */
  readonly given: Partial<CiSettings>;
  readonly tiltfile: TiltfileState;
  /** Of the last Tiltfile that could be loaded. */
  readonly graph: Graph | undefined;
  /** What somebody switched on or off since the Tiltfile got its arguments, by the resource's name; it wins over the Tiltfile. */
  readonly enabledByHand: ReadonlyMap<string, boolean>;
  /** Names of disabled resources that were ready once before: what depends on them may start. */
  readonly readyBefore: ReadonlySet<string>;
  /** By the resource's name: what somebody chose in place of what the Tiltfile says. */
  readonly triggersByHand: ReadonlyMap<string, Trigger>;
  /** The enabled resources, in the graph's order. */
  readonly resources: Table<ResourceState>;
  /** By ref: the images of the enabled resources. */
  readonly images: ReadonlyMap<string, ImageState>;
  readonly cluster: ClusterState;
  /** Names of resources whose update somebody asked for, oldest first. */
  readonly triggers: readonly string[];
  readonly api: ApiState;
  /** How many updates were started; the number of the newest one. */
  readonly updatesStarted: number;
  /** Set once somebody asked the session to end: nothing is started any more. */
  readonly stop: { readonly at: number; readonly signal: string } | undefined;
}

export interface TiltfileState {
  /** A change of its files that is not loaded yet. */
  readonly pending: Pending | undefined;
  readonly load:
    | { readonly kind: 'none' }
    | { readonly kind: 'loading'; readonly startedAt: number; readonly causes: readonly Cause[] }
    | {
        readonly kind: 'loaded';
        readonly startedAt: number;
        readonly endedAt: number;
        readonly causes: readonly Cause[];
      }
    | {
        readonly kind: 'failed';
        readonly startedAt: number;
        readonly endedAt: number;
        readonly causes: readonly Cause[];
        readonly failures: readonly Failure[];
      };
  /** Absolute paths whose changes load it again: of the last load, also of a failed one. */
  readonly configFiles: readonly string[];
  /** The words after `--`, or what they were changed to. */
  readonly args: readonly string[];
  /** How many times it began to load. */
  readonly loads: number;
}

export interface ResourceState {
  readonly resource: Resource;
  /** What is to be done next. Also set for a manual resource that has changes nobody asked to take over. */
  readonly pending: Pending | undefined;
  readonly update: UpdateState;
  /** The last update that went through; `undefined` before the first. */
  readonly succeeded: SucceededUpdate | undefined;
  readonly runtime: RuntimeState;
  /** Was ready (or, without anything that runs, up to date) once since it was declared as it is now. */
  readonly everReady: boolean;
  /** When it was last seen ready. */
  readonly lastReadyAt: number | undefined;
  /** The updates that are over, newest last, at most ten. */
  readonly history: readonly FinishedUpdate[];
  /**
   * The tries that failed before the newest update, which tries the same again (`retries`); none when there was no need to. A resource
   * that is well and has some is flaky.
   */
  readonly failedAttempts: readonly FailedAttempt[];
  /** The pods of what was deployed, the newest first and those that are being deleted last. */
  readonly pods: readonly PodReport[];
  /** By index in the resource's `portForwards`. */
  readonly forwards: readonly (ForwardState | undefined)[];
  readonly live: LiveState;
}

/** A try that failed and was followed by another one. */
export interface FailedAttempt {
  readonly update: number;
  readonly endedAt: number;
  /** Of the command, or of the Job that the update had brought to the cluster. */
  readonly failure: Failure;
}

/** The newest update. */
export type UpdateState = { readonly kind: 'none' } | RunningUpdate | FinishedUpdate;

interface UpdateBase {
  /** Numbers all updates of the session from 1. */
  readonly update: number;
  readonly startedAt: number;
  /** 1, and more when it tries again what failed. */
  readonly attempt: number;
  readonly causes: readonly Cause[];
  /** It only brings files into running containers. */
  readonly isLive: boolean;
  readonly steps: readonly Step[];
  /** How many updates right before it were called off because files had changed meanwhile. */
  readonly superseded?: number;
}
export interface RunningUpdate extends UpdateBase {
  readonly kind: 'running';
  /** Refs of the images that it builds and has not built yet. */
  readonly images: readonly string[];
  /** Of the local command's process, when it runs. */
  readonly pid?: number;
}
export type FinishedUpdate = UpdateBase & { readonly endedAt: number } & (
    | { readonly kind: 'succeeded' }
    | { readonly kind: 'failed'; readonly failure: Failure }
    | { readonly kind: 'cancelled'; readonly isSuperseded?: boolean }
  );

/** What an update left behind; what runs since then belongs to it. */
export interface SucceededUpdate {
  readonly update: number;
  readonly endedAt: number;
  /** For Kubernetes resources. */
  readonly deployed: Deployed | undefined;
}

/** What an update leaves running: a local server, or pods. */
export type RuntimeState =
  /** Nothing to run, or not started yet. */
  | { readonly kind: 'none' }
  | ({ readonly kind: 'pending'; readonly reason: string } & RuntimeBase)
  | ({ readonly kind: 'ready' } & RuntimeBase)
  /** Ended well. */
  | ({ readonly kind: 'succeeded' } & RuntimeBase)
  /** `mayHeal` when the cluster will try again by itself. */
  | ({ readonly kind: 'failed'; readonly failure: Failure; readonly mayHeal: boolean } & RuntimeBase);

export interface RuntimeBase {
  /** Since when it has been of this kind. */
  readonly since: number;
  /** Of a local server. */
  readonly pid: number | undefined;
  /** What the cluster says. */
  readonly report: WorkloadReport | undefined;
}

export interface ImageState {
  /** The last build that went through. */
  readonly built: BuiltImage | undefined;
  /** Its files or its declaration changed since a build of it began, or it was never built. */
  readonly stale: boolean;
  /** The resource whose update builds it now. */
  readonly building: string | undefined;
}

export type ClusterState =
  | { readonly kind: 'unused' }
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'connected'; readonly info: ClusterInfo }
  | { readonly kind: 'failed'; readonly failure: Failure };
