import type { Command } from '../../stdlib/model/command.ts';
import type { AddedObject } from '../../stdlib/model/extension.ts';
import type { Graph } from '../../stdlib/model/graph.ts';
import type { IgnoreRule } from '../../stdlib/model/ignore.ts';
import type { Image } from '../../stdlib/model/image.ts';
import type { ClusterSettings, KubernetesObject, PodSelector } from '../../stdlib/model/kubernetes.ts';
import type { PortForward } from '../../stdlib/model/port-forward.ts';
import type { Probe } from '../../stdlib/model/probe.ts';
import type { ComposeResource, KubernetesResource, LocalResource } from '../../stdlib/model/resource.ts';
import type { BuiltImage } from '../state/built-image.ts';
import type { ClusterInfo, ImageDestination } from '../state/cluster-info.ts';
import type { Deployed, DeployedObject } from '../state/deployed.ts';
import type { Failure, Result } from '../state/failure.ts';
import type { LiveContainer, LiveFile } from '../state/live.ts';
import type { LogLevel } from '../state/log-line.ts';
import type { PodReport } from '../state/pod-report.ts';
import type { StepKind } from '../state/step.ts';
import type { WorkloadReport } from '../state/workload.ts';

// What the engine needs of the world. Effects implement these; the engine never sees an effect.

export type {
  BuiltImage,
  ClusterInfo,
  Deployed,
  DeployedObject,
  ImageDestination,
  LiveContainer,
  LiveFile,
  LogLevel,
  StepKind,
};

/** Takes the text of one span of work (a build, a server, a container) to the log. Text need not end with a newline. */
export interface Output {
  write(text: string, level?: LogLevel): void;
  /** A promise while whoever shows the text cannot keep up: producers that can wait should wait for it. */
  backlog?(): Promise<void> | undefined;
}

/** Something that runs until it is stopped. `stop` resolves when nothing of it is left, and never rejects. */
export interface Running {
  stop(): Promise<void>;
}

/** Local commands and servers, each in a process group of its own. */
export interface LocalRunner {
  /** Runs to the end. A failure is of kind `command`, or `cancelled` when the signal aborted it (the whole tree is gone then). */
  runCommand(
    command: Command,
    output: Output,
    signal: AbortSignal,
    started?: (pid: number) => void,
  ): Promise<Result<void>>;
  startServer(command: Command, probe: Probe | undefined, output: Output, listener: ServerListener): Running;
  /** Ends what commands that are over left running in the background. For the end of a session. */
  end(): Promise<void>;
}

/** Results of local commands, kept between runs. */
export interface ResultCache {
  /** Puts back what an earlier run of the command left, where its inputs are those of now. Never rejects. */
  lookUp(resource: LocalResource, output: Output): Promise<CacheLookup>;
}
export type CacheLookup =
  /** There is nothing to run. */
  | { readonly isHit: true }
  /** Keeps what the command has left, when it has gone well. Never rejects. */
  | { readonly isHit: false; keep(): Promise<void> };

export interface ServerListener {
  started(pid: number): void;
  /** Ready as the probe says, or at once when there is none. `reason` says why not. */
  readiness(ready: boolean, reason: string): void;
  /** It ended by itself, or could not be started (`failure` of kind `server`, also for exit code 0). Not called after `stop`. */
  exited(failure: Failure, exitCode: number | null): void;
}

export interface ImageBuildRequest {
  readonly image: Image;
  /** The images that it depends on, built before, by their `ref`. */
  readonly bases: ReadonlyMap<string, BuiltImage>;
  readonly destination: ImageDestination;
  /** The platform to build for when the image does not say. */
  readonly platform: string;
}

/** Builds one image and brings it to its destination. Announces steps on its own (`StepListener`). */
export interface ImageBuilder {
  build(
    request: ImageBuildRequest,
    output: Output,
    steps: StepListener,
    signal: AbortSignal,
  ): Promise<Result<BuiltImage>>;
}

/** Which images of the Docker engine are old. */
export interface PruneRequest {
  readonly maxAgeMs: number;
  /** How many of each name stay, however old they are. */
  readonly keepRecent: number;
  /** Only images of these names, with whatever tag. */
  readonly refs: readonly string[];
  /** Never these, with their tags. */
  readonly inUse: readonly string[];
}

/** Removes what builds have left in the engine and nobody needs. */
export interface ImagePruner {
  prune(request: PruneRequest, output: Output, signal: AbortSignal): Promise<Result<void>>;
}

/** Told of the parts of an update as they begin and end, for times and for the terminal. */
export interface StepListener {
  /** Answers the function to call when the step is over. */
  begin(kind: StepKind, title: string): () => void;
}

export interface DeployRequest {
  readonly resource: KubernetesResource;
  readonly images: readonly BuiltImage[];
  /** For each object. */
  readonly timeoutMs: number;
  /** `k8s_server_side_apply` of the Tiltfile; `auto` when not given: where the server can. */
  readonly serverSideApply?: string | undefined;
  /** Objects in YAML that are applied in place of the resource's. */
  readonly yaml?: string | undefined;
}

/** Names of containers. */
export interface LogContainers {
  /** Empty for all. */
  readonly only: readonly string[];
  readonly ignore: readonly string[];
}

/** What is followed in the cluster. An object of the API may say more of it than a resource does. */
export interface FollowedResource extends KubernetesResource {
  /** Pods that belong to it beside those that its objects own. */
  readonly podSelectors?: readonly PodSelector[];
  /** Whose logs are shown; without it those of all containers but proxies of meshes. */
  readonly logContainers?: LogContainers;
}

/** A pod by its name. */
export interface PodName {
  readonly name: string;
  readonly namespace: string;
}

/** A cluster. Connects at the first use; asking again answers from the first. */
export interface Cluster {
  connect(settings: ClusterSettings): Promise<Result<ClusterInfo>>;
  apply(request: DeployRequest, output: Output, signal: AbortSignal): Promise<Result<Deployed>>;
  /** Deletes objects, newest kinds first; objects that do not exist are no failure. */
  delete(
    objects: readonly (KubernetesObject | DeployedObject)[],
    output: Output,
    signal: AbortSignal,
  ): Promise<Result<void>>;
  /** Takes away what a custom deploy brought, by its own command. */
  undeploy(resource: KubernetesResource, output: Output, signal: AbortSignal): Promise<Result<void>>;
  /** Follows what was applied: state, events and logs of all containers, until stopped. Survives lost connections. */
  watch(resource: FollowedResource, deployed: Deployed, listener: ClusterListener): Running;
  /** Keeps a local port connected to the resource's newest ready pod. */
  forward(resource: FollowedResource, deployed: Deployed, forward: PortForward, listener: ForwardListener): Running;
  /** Keeps a local port connected to one pod. A local port of 0 takes a free one. */
  forwardToPod(pod: PodName, forward: PortForward, listener: ForwardListener): Running;
}

export interface ClusterListener {
  workload(report: WorkloadReport): void;
  /** All pods that there are, the newest first and those that are being deleted last. Told anew whenever one of them changed. */
  pods(pods: readonly PodReport[]): void;
  /** A line of a container; `container` is empty when the pod has only one. */
  log(podName: string, container: string, text: string): void;
  /** A promise while whoever shows the log cannot keep up. */
  backlog?(): Promise<void> | undefined;
  /** An event of the cluster or a note about a pod that people should see. */
  note(text: string, level: LogLevel): void;
}

export interface ForwardListener {
  listening(localPort: number): void;
  failed(message: string): void;
}

export interface ServiceRequest {
  readonly resource: ComposeResource;
  /** The images that this program built for it. */
  readonly images: readonly BuiltImage[];
  /** Start a new container also where nothing changed. */
  readonly isForced: boolean;
}

/** Services of Docker Compose. */
export interface Compose {
  /** Builds what Compose builds and starts the service. Announces steps on its own (`StepListener`). */
  up(request: ServiceRequest, output: Output, steps: StepListener, signal: AbortSignal): Promise<Result<void>>;
  /** Follows the containers of a service: state and logs, until stopped. Survives lost connections. */
  watch(resource: ComposeResource, listener: ServiceListener): Running;
  /** Stops and removes the containers of a service; none is no failure. */
  remove(resource: ComposeResource, signal: AbortSignal): Promise<Result<void>>;
}

export interface ServiceListener {
  service(report: WorkloadReport): void;
  /** Lines of a container; `container` is empty when the service has only one. */
  log(containerId: string, container: string, text: string): void;
}

/** Brings changed files into the running containers of what was deployed. */
export interface LiveUpdater {
  /** Follows the containers that live updates of the resource are for, until stopped. */
  follow(
    resource: KubernetesResource | ComposeResource,
    deployed: Deployed | undefined,
    listener: LiveListener,
  ): Running;
  /** Gives each container of a resource that is followed what it lacks. The listener is told of each before this ends. */
  update(request: LiveUpdateRequest, output: Output, signal: AbortSignal): Promise<LiveOutcome>;
}

export interface LiveListener {
  /** Those that run; `trouble` says why one cannot be updated, or is empty. */
  containers(running: readonly LiveContainer[], trouble: string): void;
}

export interface LiveUpdateRequest {
  readonly resource: KubernetesResource | ComposeResource;
  readonly update: number;
  /** All that live updates took over since the last whole update, this one included. */
  readonly files: readonly LiveFile[];
  /** Files that never count. */
  readonly globalIgnores: readonly IgnoreRule[];
}

export type LiveOutcome =
  | Result<void>
  /** It cannot be done in the containers: only a whole update helps. */
  | { readonly ok: false; readonly gaveWay: string };

/** Watches files. */
export interface FileWatcher {
  /**
   * Replaces all targets; resolves when changes from now on are seen. In what was not watched before, files count as changed that were
   * written since `since`, in milliseconds since the epoch; default now.
   */
  watch(targets: readonly WatchTarget[], since?: number): Promise<void>;
  stop(): Promise<void>;
}
export interface WatchTarget {
  /** A resource's name, `(Tiltfile)`, or the id of a file watch of the API. */
  readonly id: string;
  readonly paths: readonly string[];
  readonly ignores: readonly IgnoreRule[];
}
/** Called with the changes of one target, debounced; absolute paths, each once. */
export type ChangeListener = (id: string, paths: readonly string[]) => void;

/** Milliseconds since the epoch, and timers; a test's clock moves by hand. */
export interface Clock {
  now(): number;
  /** Calls `task` once after `ms`; answers how to call it off. */
  after(ms: number, task: () => void): () => void;
}

/** Evaluates the Tiltfile: a graph, or what is wrong with it. */
export interface TiltfileLoader {
  /** Ends soon after the signal aborts. `configFiles` are the absolute paths that were read, also when it failed. */
  /** `added`: extensions and repositories that somebody added to the session. */
  load(
    output: Output,
    signal: AbortSignal,
    args: readonly string[],
    added: readonly AddedObject[],
  ): Promise<TiltfileOutcome>;
}
export type TiltfileOutcome =
  | { readonly ok: true; readonly graph: Graph }
  | { readonly ok: false; readonly failures: readonly Failure[]; readonly configFiles: readonly string[] };
