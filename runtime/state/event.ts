import type { Graph } from '../../stdlib/model/graph.ts';
import type { Json } from '../../stdlib/model/kubernetes.ts';
import type { Trigger } from '../../stdlib/model/resource.ts';
import type { OwnObject } from './api-state.ts';
import type { BuiltImage } from './built-image.ts';
import type { Cause, TriggerOrigin } from './cause.ts';
import type { ClusterInfo } from './cluster-info.ts';
import type { Deployed } from './deployed.ts';
import type { Failure, Result } from './failure.ts';
import type { ForwardState } from './forward.ts';
import type { LiveContainer } from './live.ts';
import type { PodReport } from './pod-report.ts';
import type { StepKind } from './step.ts';
import type { WorkloadReport } from './workload.ts';

/** The id under which changes of the Tiltfile and of what it read are reported. */
export const TILTFILE_ID = '(Tiltfile)';

/** Everything that can happen to a session. `at` is milliseconds since the epoch. */
export type SessionEvent = { readonly at: number } & (
  | TiltfileEvent
  | RequestEvent
  | UpdateEvent
  | ServerEvent
  | ClusterEvent
  | ApiEvent
);

type TiltfileEvent =
  | { readonly kind: 'tiltfile-load-started' }
  | { readonly kind: 'tiltfile-loaded'; readonly graph: Graph }
  /** At least one failure. `configFiles`: what was read up to then, so that an edit loads it again. */
  | {
      readonly kind: 'tiltfile-load-failed';
      readonly failures: readonly Failure[];
      readonly configFiles: readonly string[];
    };

/** Asked for from outside. */
type RequestEvent =
  /** `id` is a resource's name, `TILTFILE_ID`, or the id of a file watch of the API; absolute paths. */
  | { readonly kind: 'files-changed'; readonly id: string; readonly paths: readonly string[] }
  | { readonly kind: 'trigger-requested'; readonly resource: string; readonly from: TriggerOrigin }
  | { readonly kind: 'resources-enabled'; readonly names: readonly string[]; readonly enabled: boolean }
  | { readonly kind: 'trigger-mode-set'; readonly names: readonly string[]; readonly trigger: Trigger }
  /** For the Tiltfile, which is loaded with them. */
  | { readonly kind: 'args-changed'; readonly args: readonly string[] }
  /** `signal` such as `SIGINT`. */
  | { readonly kind: 'stop-requested'; readonly signal: string };

/** `update` numbers all updates of the session from 1; events of an update that is over are ignored. */
type UpdateEvent = { readonly resource: string; readonly update: number } & (
  | {
      readonly kind: 'update-started';
      readonly causes: readonly Cause[];
      /** Refs of the images that it is going to build, each after those that it depends on. */
      readonly images: readonly string[];
      /** It only brings files into running containers. */
      readonly isLive: boolean;
      /** Why it does not, although that was declared; else empty. */
      readonly instead: string;
    }
  /** `step` numbers the steps of the update from 0. */
  | { readonly kind: 'step-began'; readonly step: number; readonly stepKind: StepKind; readonly title: string }
  | { readonly kind: 'step-ended'; readonly step: number }
  /** The process of its local command runs. */
  | { readonly kind: 'update-process-started'; readonly pid: number }
  | { readonly kind: 'image-built'; readonly image: BuiltImage }
  /** `deployed` for Kubernetes resources. */
  | { readonly kind: 'update-succeeded'; readonly deployed: Deployed | undefined }
  | { readonly kind: 'update-failed'; readonly failure: Failure }
  /** `superseded`: its files changed meanwhile, and it is to begin anew. */
  | { readonly kind: 'update-cancelled'; readonly superseded?: boolean }
  /** A live update that cannot be done: a whole update has to take its place. */
  | { readonly kind: 'update-gave-way' }
);

/** `update` is the update that (re)started the server. */
type ServerEvent = { readonly resource: string; readonly update: number } & (
  | { readonly kind: 'server-started'; readonly pid: number }
  | { readonly kind: 'server-readiness'; readonly ready: boolean; readonly reason: string }
  | { readonly kind: 'server-exited'; readonly failure: Failure; readonly exitCode: number | null }
);

type ClusterEvent =
  | { readonly kind: 'cluster-connecting' }
  | { readonly kind: 'cluster-connected'; readonly info: ClusterInfo }
  | { readonly kind: 'cluster-failed'; readonly failure: Failure }
  /** `update` is the update that deployed what is watched. */
  | {
      readonly kind: 'workload-changed';
      readonly resource: string;
      readonly update: number;
      readonly report: WorkloadReport;
    }
  /** The pods of what that update deployed, the newest first and those that are being deleted last. */
  | {
      readonly kind: 'pods-changed';
      readonly resource: string;
      readonly update: number;
      readonly pods: readonly PodReport[];
    }
  /** The containers that live updates of the resource are for, as they run now. */
  | {
      readonly kind: 'live-containers-changed';
      readonly resource: string;
      readonly update: number;
      readonly containers: readonly LiveContainer[];
      readonly trouble: string;
    }
  /** `forward` is the index in the resource's `portForwards`. */
  | {
      readonly kind: 'forward-listening';
      readonly resource: string;
      readonly forward: number;
      readonly localPort: number;
    }
  | { readonly kind: 'forward-failed'; readonly resource: string; readonly forward: number; readonly message: string };

/** What clients make and do with objects of the API. `run` tells the runs of a command apart. */
type ApiEvent =
  | { readonly kind: 'object-put'; readonly object: Omit<OwnObject, 'createdAt' | 'by'> }
  | { readonly kind: 'object-removed'; readonly resource: string; readonly name: string }
  | {
      readonly kind: 'button-clicked';
      readonly button: string;
      readonly stamp: string;
      readonly inputs: readonly Json[];
    }
  | { readonly kind: 'command-started'; readonly command: string; readonly run: string; readonly pid: number }
  | { readonly kind: 'command-readiness'; readonly command: string; readonly run: string; readonly ready: boolean }
  | {
      readonly kind: 'command-ended';
      readonly command: string;
      readonly run: string;
      readonly exitCode: number;
      readonly reason: string;
    }
  | { readonly kind: 'apply-started'; readonly apply: string; readonly run: string }
  | { readonly kind: 'apply-ended'; readonly apply: string; readonly run: string; readonly result: Result<Deployed> }
  /** It is switched off: what it brought is taken away. */
  | { readonly kind: 'apply-dropped'; readonly apply: string }
  /** `undefined` when its pods are looked for no more. */
  | { readonly kind: 'pods-discovered'; readonly discovery: string; readonly pods: readonly PodReport[] | undefined }
  /** A forwarded port of a port forward or of a discovery; `owner` is its `apiKey`, and `undefined` the port that is closed. */
  | {
      readonly kind: 'object-forward-changed';
      readonly owner: string;
      readonly forward: number;
      readonly now: ForwardState | undefined;
    };
