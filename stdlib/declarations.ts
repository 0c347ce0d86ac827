import type { ScriptFunction } from '../interpreter/value.ts';
import type { Command } from './model/command.ts';
import type { Graph } from './model/graph.ts';
import type { DefaultRegistry, Json, PodReadiness } from './model/kubernetes.ts';
import type { PortForward } from './model/port-forward.ts';
import type { SourcePosition } from './model/position.ts';
import type { Probe } from './model/probe.ts';
import type { CiSettings, UpdateSettings } from './model/settings.ts';

/** `undefined` stands for what the script left open: then `trigger_mode()` decides. */
export type TriggerMode = 'auto' | 'manual';

/** A URL taken apart as Go's net/url does; parts that are not there are empty. */
export interface UrlParts {
  readonly scheme: string;
  /** What follows the scheme when no slash does: `localhost:8080` is scheme `localhost` with `8080`. */
  readonly opaque: string;
  /** `user:password`, decoded. */
  readonly user: { readonly name: string; readonly password: string | undefined } | undefined;
  /** With port. */
  readonly host: string;
  /** Decoded. */
  readonly path: string;
  /** The path as it was written, where encoding `path` anew would write it differently. */
  readonly rawPath: string;
  /** There is a `?` with nothing after it. */
  readonly forceQuery: boolean;
  readonly rawQuery: string;
  /** Decoded. */
  readonly fragment: string;
  readonly rawFragment: string;
}

/** A link as the Tiltfile gives it, taken apart as Tilt does, because its results list the parts. */
export interface DeclaredLink {
  readonly url: UrlParts;
  /** Empty when not given. */
  readonly name: string;
}

export interface LocalResourceDeclaration {
  readonly name: string;
  readonly update: Command | undefined;
  readonly serve: Command | undefined;
  /** Folder of the file that declares it: patterns in `ignores` are relative to it, and it is searched for `.git`. */
  readonly folder: string;
  /** Absolute paths. */
  readonly deps: readonly string[];
  readonly triggerMode: TriggerMode | undefined;
  readonly autoInit: boolean;
  readonly resourceDeps: readonly string[];
  readonly ignores: readonly string[];
  readonly allowParallel: boolean;
  readonly links: readonly DeclaredLink[];
  readonly labels: readonly string[];
  readonly readinessProbe: Probe | undefined;
  readonly position: SourcePosition;
}

export interface DockerBuildDeclaration {
  /** As given. */
  readonly ref: string;
  /** Absolute path of the file that declares it: its changes reload, they do not rebuild. */
  readonly tiltfile: string;
  /** Absolute path. */
  readonly context: string;
  readonly dockerfile: string;
  readonly dockerfilePath: string | undefined;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target: string;
  readonly platform: string;
  readonly extraTags: readonly string[];
  readonly ignores: readonly string[];
  readonly only: readonly string[];
  readonly entrypoint: readonly string[];
  /** Replaces the arguments of the containers that run it. */
  readonly containerArgs: readonly string[] | undefined;
  readonly matchInEnvVars: boolean;
  readonly secrets: readonly string[];
  readonly sshAgents: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly extraHosts: readonly string[];
  readonly network: string;
  readonly pull: boolean;
  readonly position: SourcePosition;
}

export interface KubernetesObjectDeclaration {
  readonly body: { readonly [key: string]: Json };
  readonly position: SourcePosition;
}

export interface KubernetesResourceDeclaration {
  readonly workload: string;
  readonly newName: string;
  readonly portForwards: readonly PortForward[];
  readonly resourceDeps: readonly string[];
  readonly labels: readonly string[];
  readonly links: readonly DeclaredLink[];
  readonly objects: readonly string[];
  readonly autoInit: boolean | undefined;
  readonly triggerMode: TriggerMode | undefined;
  readonly podReadiness: PodReadiness | undefined;
  readonly extraPodSelectors: readonly Readonly<Record<string, string>>[];
  readonly discoveryStrategy: string;
  readonly position: SourcePosition;
}

export interface DeclaredUpdateSettings extends Partial<UpdateSettings> {
  /** `true`, `false` or `auto`, as given. */
  readonly k8sServerSideApply?: string;
}

/** What a Tiltfile declared so far, in the order of its calls. Builtins append; nothing else writes. */
export interface Declarations {
  readonly localResources: LocalResourceDeclaration[];
  readonly dockerBuilds: DockerBuildDeclaration[];
  readonly kubernetesObjects: KubernetesObjectDeclaration[];
  readonly kubernetesResources: KubernetesResourceDeclaration[];
  readonly allowedContexts: string[];
  defaultRegistry: DefaultRegistry | undefined;
  /** What `trigger_mode()` set for resources that say nothing themselves, and where. */
  triggerMode: { readonly mode: TriggerMode; readonly position: SourcePosition } | undefined;
  updateSettings: DeclaredUpdateSettings;
  ciSettings: Partial<CiSettings>;
  /** Lines for the user that say what is probably wrong, printed when the Tiltfile has loaded. */
  readonly warnings: string[];
  /** Functions that are called while the graph is assembled. */
  workloadNamer: { readonly fn: ScriptFunction; readonly position: SourcePosition } | undefined;
}

export function emptyDeclarations(): Declarations {
  return {
    localResources: [],
    dockerBuilds: [],
    kubernetesObjects: [],
    kubernetesResources: [],
    allowedContexts: [],
    defaultRegistry: undefined,
    triggerMode: undefined,
    updateSettings: {},
    ciSettings: {},
    warnings: [],
    workloadNamer: undefined,
  };
}

/** What a Tiltfile came to: plain data that crosses from the worker to the main thread. */
export interface LoadedTiltfile {
  readonly graph: Graph;
  readonly warnings: readonly string[];
}
