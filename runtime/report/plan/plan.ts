import type { Json } from '../../../stdlib/model/kubernetes.ts';

/**
 * Says which shape a plan has. New fields do not raise it: whoever reads plans ignores what he does not know. A field that goes or
 * means something else does. docs/plan.md describes the shape.
 */
export const PLAN_VERSION = 1;
export const PLAN_FORMAT = 'tilt-ts plan';

/**
 * What a Tiltfile comes to, as plain JSON. Paths are relative to the folder of the Tiltfile with slashes between their parts; those
 * outside of its repository are absolute. Every field of this shape is always there.
 */
export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  readonly version: typeof PLAN_VERSION;
  readonly tiltfile: string;
  /** In the order of the graph. */
  readonly resources: readonly PlannedResource[];
  readonly images: readonly PlannedImage[];
  /** Names of resources: those of one list start together, the next ones when these are ready. */
  readonly startOrder: readonly (readonly string[])[];
  /** In the order in which they are registered. */
  readonly apiObjects: readonly PlannedApiObject[];
  readonly cluster: PlannedCluster;
  readonly settings: PlannedSettings;
  /** Files whose changes start nothing (.tiltignore, watch_settings). */
  readonly globalIgnores: readonly PlannedIgnore[];
  readonly evaluation: PlannedEvaluation;
  readonly warnings: readonly string[];
}

export type PlannedResource = PlannedLocal | PlannedKubernetes | PlannedCompose;

export interface PlannedBase {
  readonly name: string;
  /** Belongs to what was asked for on the command line. */
  readonly enabled: boolean;
  /** Its place in `startOrder`, from 1; `null` when it does not start by itself. */
  readonly start: number | null;
  readonly triggerMode: 'auto' | 'manual';
  readonly autoInit: boolean;
  readonly dependsOn: readonly string[];
  /** The resources that depend on it. */
  readonly neededBy: readonly string[];
  readonly labels: readonly string[];
  readonly links: readonly { readonly url: string; readonly name: string }[];
  /** Only what is given. */
  readonly limits: PlannedLimits;
  /** `file:line:column`. */
  readonly declaredAt: string;
}

/** Durations are milliseconds. */
export interface PlannedLimits {
  readonly timeoutMs?: number;
  readonly readinessTimeoutMs?: number;
  readonly retries?: number;
}

export interface PlannedLocal extends PlannedBase {
  readonly kind: 'local';
  readonly update: PlannedCommand | null;
  readonly serve: PlannedCommand | null;
  readonly watches: readonly string[];
  readonly ignores: readonly PlannedIgnore[];
  readonly allowParallel: boolean;
  readonly readinessProbe: Json;
  /** What a run may keep for the next; `null` when nothing. */
  readonly cache: {
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    readonly env: readonly string[];
  } | null;
}

export interface PlannedKubernetes extends PlannedBase {
  readonly kind: 'kubernetes';
  readonly objects: readonly PlannedObject[];
  /** Commands that bring it to the cluster in place of `objects`; `null` when there are none. */
  readonly customDeploy: PlannedCustomDeploy | null;
  /** Refs of `images` of the plan, each after those that it is built from. */
  readonly images: readonly string[];
  readonly portForwards: readonly PlannedPortForward[];
  readonly podReadiness: string;
  readonly extraPodSelectors: readonly Readonly<Record<string, string>>[];
  readonly discoveryStrategy: string;
}

export interface PlannedCompose extends PlannedBase {
  readonly kind: 'compose';
  readonly project: {
    readonly name: string;
    readonly dir: string;
    /** A text that the Tiltfile gives is `(text)`. */
    readonly files: readonly string[];
    readonly envFile: string;
    readonly profiles: readonly string[];
    readonly wait: boolean;
  };
  readonly service: string;
  /** The service as Compose understands it, in YAML: its lines. */
  readonly definition: readonly string[];
  /** The reference that Compose runs. */
  readonly runs: string;
  /** Refs of `images` of the plan, each after those that it is built from. */
  readonly images: readonly string[];
  /** What Compose builds itself: `context` and `dockerfile`; `null` when it builds nothing. */
  readonly build: { readonly context: string; readonly dockerfile: string } | null;
  readonly watches: readonly string[];
  readonly ignores: readonly PlannedIgnore[];
  readonly publishedPorts: readonly number[];
  readonly replicas: number;
  readonly runsToEnd: boolean;
}

export interface PlannedCommand {
  readonly argv: readonly string[];
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface PlannedCustomDeploy {
  readonly apply: PlannedCommand | null;
  readonly delete: PlannedCommand | null;
  readonly watches: readonly string[];
  readonly ignores: readonly PlannedIgnore[];
}

export interface PlannedIgnore {
  readonly dir: string;
  readonly patterns: readonly string[];
}

export interface PlannedObject {
  readonly kind: string;
  readonly name: string;
  /** Empty when the object says none. */
  readonly namespace: string;
  /** The whole object; what a Secret holds is hidden. */
  readonly body: Json;
}

/** 0 and empty texts stand for what is not given. */
export interface PlannedPortForward {
  readonly name: string;
  readonly host: string;
  readonly localPort: number;
  readonly containerPort: number;
  readonly linkPath: string;
}

export interface PlannedImage {
  readonly ref: string;
  readonly build: PlannedBuild;
  /** Refs of images that it is built from. */
  readonly dependsOn: readonly string[];
  /** Names of the resources that run it or need it for an image that they run. */
  readonly neededBy: readonly string[];
  readonly watches: readonly string[];
  readonly ignores: readonly PlannedIgnore[];
  /** Replaces the command of its containers; empty when not given. */
  readonly entrypoint: readonly string[];
  /** Replaces the arguments of its containers; `null` when not given. */
  readonly containerArgs: readonly string[] | null;
  readonly matchInEnvVars: boolean;
  /** Only references with the very same tag mean this image. */
  readonly matchExact: boolean;
  readonly liveUpdate: PlannedLiveUpdate | null;
  /** Nothing is built: files only go into the containers that run it. */
  readonly onlyLiveUpdate: boolean;
  /** How long its build may take, in milliseconds; `null` when nothing is said. */
  readonly timeoutMs: number | null;
  readonly declaredAt: string;
}

/** How an image comes to be, by `kind`. */
export type PlannedBuild = PlannedDockerBuild | PlannedCommandBuild;

/** By a command of the user's. */
export interface PlannedCommandBuild {
  readonly kind: 'command';
  readonly command: PlannedCommand | null;
  /** Empty when it takes the one that it is told. */
  readonly tag: string;
  readonly output: 'local-docker' | 'local-docker-and-remote' | 'remote';
  /** The file into which it writes the image's reference; empty when it writes none. */
  readonly outputsImageRefTo: string;
}

/** How changed files come into a running container. */
export interface PlannedLiveUpdate {
  readonly stopPaths: readonly string[];
  readonly syncs: readonly { readonly localPath: string; readonly containerPath: string }[];
  readonly runs: readonly { readonly argv: readonly string[]; readonly triggers: readonly string[] }[];
  readonly restart: boolean;
  readonly initialSync: boolean;
  readonly containerName: string;
}

export interface PlannedDockerBuild {
  readonly kind: 'docker';
  readonly context: string;
  /** `null` when the Tiltfile gives its text. */
  readonly dockerfile: string | null;
  /** Of the Dockerfile's text: `sha256:` and sixteen digits. */
  readonly dockerfileDigest: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target: string;
  readonly platform: string;
  readonly extraTags: readonly string[];
  readonly contextIgnores: readonly PlannedIgnore[];
  readonly secrets: readonly string[];
  readonly sshAgents: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly extraHosts: readonly string[];
  readonly network: string;
  readonly pull: boolean;
}

/** An object of Tilt's API (`v1alpha1`). */
export interface PlannedApiObject {
  /** The plural name of its kind: `cmds`. */
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** `spec`, or `data` of a config map. */
  readonly body: Json;
  readonly declaredAt: string;
}

export interface PlannedCluster {
  readonly allowedContexts: readonly string[];
  readonly defaultRegistry: Json;
  /** Why `up` and `ci` would refuse to deploy to the Kubernetes context at hand; `null` when they would not. */
  readonly refusal: string | null;
}

/** Durations are milliseconds. */
export interface PlannedSettings {
  readonly maxParallelUpdates: number;
  readonly k8sUpsertTimeoutMs: number;
  readonly k8sServerSideApply: string;
  readonly ciTimeoutMs: number;
  readonly readinessTimeoutMs: number;
  readonly k8sGracePeriodMs: number;
  /** `null` stands for what is not given. */
  readonly buildTimeoutMs: number | null;
  readonly deployTimeoutMs: number | null;
  readonly settleMs: number | null;
  readonly keepGoing: boolean;
}

/** What the script did to the world while it was evaluated. */
export interface PlannedEvaluation {
  /** Files and folders that it read or watches, also those that were not there. */
  readonly filesRead: readonly string[];
  /** Commands that ran, in order. */
  readonly commandsRun: readonly (readonly string[])[];
  /** Names of the environment variables that it asked for. */
  readonly variablesRead: readonly string[];
}
