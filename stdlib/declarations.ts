import { type ConfigDeclarations, emptyConfig } from './config/declared-config.ts';
import type { ApiObject } from './model/api-object.ts';
import type { Command } from './model/command.ts';
import type { ComposeProject } from './model/compose.ts';
import type { CustomDeploy } from './model/custom-deploy.ts';
import type { RegisteredExtension, UsedExtensions } from './model/extension.ts';
import type { Graph } from './model/graph.ts';
import type { CommandBuild, DockerBuild } from './model/image.ts';
import type { ImageLocator } from './model/image-locator.ts';
import type { ImageReference } from './model/image-reference.ts';
import type { DefaultRegistry, Json, KubernetesObject, PodReadiness } from './model/kubernetes.ts';
import type { UrlParts } from './model/link.ts';
import type { LiveUpdate } from './model/live-update.ts';
import type { ObjectSelector } from './model/object-selector.ts';
import type { PortForward } from './model/port-forward.ts';
import type { SourcePosition } from './model/position.ts';
import type { Probe } from './model/probe.ts';
import type { ResourceBase, ResultCacheRule } from './model/resource.ts';
import type { CiSettings, UpdateSettings } from './model/settings.ts';
import { emptyProgramSettings, type ProgramSettings } from './program-settings.ts';

/** `undefined` stands for what the script left open: then `trigger_mode()` decides. */
export type TriggerMode = 'auto' | 'manual';

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
  readonly limits: ResourceLimits;
  readonly cache: ResultCacheRule | undefined;
  readonly position: SourcePosition;
}

/** How long a resource may take, and how often it is tried; what a Tiltfile did not say is left out. */
export type ResourceLimits = Pick<ResourceBase, 'timeoutMs' | 'readinessTimeoutMs' | 'retries'>;

/** What all images have, whatever builds them. */
interface ImageDeclarationBase {
  /** Full form. */
  readonly ref: string;
  /** Absolute path of the file that declares it: its changes reload, they do not rebuild. */
  readonly tiltfile: string;
  readonly ignores: readonly string[];
  readonly entrypoint: readonly string[];
  /** Replaces the arguments of the containers that run it. */
  readonly containerArgs: readonly string[] | undefined;
  readonly matchInEnvVars: boolean;
  readonly liveUpdate: LiveUpdate | undefined;
  readonly timeoutMs: number | undefined;
  readonly position: SourcePosition;
}

export interface DockerBuildDeclaration extends ImageDeclarationBase, Omit<DockerBuild, 'contextIgnores'> {
  readonly only: readonly string[];
}

export interface CustomBuildDeclaration extends ImageDeclarationBase, CommandBuild {
  /** Absolute paths. */
  readonly deps: readonly string[];
  /** Images that must be built before, full form. */
  readonly imageDeps: readonly string[];
}

export type ImageDeclaration = DockerBuildDeclaration | CustomBuildDeclaration;

export interface CustomDeployDeclaration extends CustomDeploy {
  readonly name: string;
  /** Images that its commands are told of, full form. They must be built here. */
  readonly imageDeps: readonly string[];
  /** The image into whose containers files go, full form; empty for none. */
  readonly liveUpdateRef: string;
  readonly position: SourcePosition;
}

/** What a Tiltfile says about a kind of objects. Objects that it is about are workloads. */
export interface KindDeclaration {
  readonly selector: ObjectSelector;
  readonly podReadiness: PodReadiness | undefined;
  readonly locators: readonly ImageLocator[];
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
  readonly limits: ResourceLimits;
  readonly position: SourcePosition;
}

/** What `dc_resource` says about a service; several calls add up. */
export interface ComposeOptions {
  image: ImageReference | undefined;
  triggerMode: TriggerMode | undefined;
  inferLinks: boolean | undefined;
  autoInit: boolean | undefined;
  limits: ResourceLimits;
  readonly links: DeclaredLink[];
  readonly labels: Set<string>;
  resourceDeps: string[];
}

/** A service of a Compose project. `dc_resource` may rename it, which its dependants follow. */
export interface ComposeServiceDeclaration {
  name: string;
  /** Its name in the project. */
  readonly service: string;
  readonly image: ImageReference;
  /** The reference that Compose runs. */
  readonly runs: string;
  /** The build section: a folder or an address, and the Dockerfile as given or by default. */
  readonly build: { readonly context: string; readonly dockerfile: string } | undefined;
  /** Sources of its volumes. */
  readonly mounts: readonly string[];
  readonly publishedPorts: readonly number[];
  readonly yaml: string;
  readonly dependsOn: Set<string>;
  readonly replicas: number;
  /** A service of the project waits for it to complete. */
  readonly runsToEnd: boolean;
  readonly options: ComposeOptions;
}

export interface ComposeProjectDeclaration {
  project: ComposeProject;
  /** Each after those that it depends on. */
  services: readonly ComposeServiceDeclaration[];
  /** By the name of the resource. They outlive the services, which further files of the project declare anew. */
  readonly options: Map<string, ComposeOptions>;
  readonly position: SourcePosition;
}

/** What a Tiltfile declared so far, in the order of its calls. Builtins append; nothing else writes. */
export interface Declarations {
  readonly localResources: LocalResourceDeclaration[];
  readonly images: ImageDeclaration[];
  /** Live-update steps that no image took yet, by the place of the call that made them. */
  readonly unusedSteps: Map<
    string,
    { readonly text: string; readonly type: string; readonly position: SourcePosition }
  >;
  readonly customDeploys: CustomDeployDeclaration[];
  readonly kinds: KindDeclaration[];
  readonly kubernetesObjects: KubernetesObjectDeclaration[];
  /** By the body of an object, the absolute path of the file from which k8s_yaml read it. */
  readonly objectFiles: Map<KubernetesObjectDeclaration['body'], string>;
  readonly kubernetesResources: KubernetesResourceDeclaration[];
  /** By name. */
  readonly composeProjects: Map<string, ComposeProjectDeclaration>;
  readonly allowedContexts: string[];
  /** Objects of Tilt's API, by kind and name. */
  readonly apiObjects: Map<string, ApiObject>;
  defaultRegistry: DefaultRegistry | undefined;
  /** What `trigger_mode()` set for resources that say nothing themselves, and where. */
  triggerMode: { readonly mode: TriggerMode; readonly position: SourcePosition } | undefined;
  updateSettings: Partial<UpdateSettings>;
  ciSettings: Partial<CiSettings>;
  readonly program: ProgramSettings;
  readonly config: ConfigDeclarations;
  /** Lines for the user that say what is probably wrong, printed when the Tiltfile has loaded. */
  readonly warnings: string[];
  /** Says what the resource of a workload is called; asked while the graph is assembled. Throws `Refusal`. */
  workloadNamer:
    | { readonly nameOf: (workload: KubernetesObject) => string; readonly position: SourcePosition }
    | undefined;
}

export function emptyDeclarations(): Declarations {
  return {
    localResources: [],
    images: [],
    unusedSteps: new Map(),
    customDeploys: [],
    kinds: [],
    kubernetesObjects: [],
    objectFiles: new Map(),
    kubernetesResources: [],
    composeProjects: new Map(),
    allowedContexts: [],
    apiObjects: new Map(),
    defaultRegistry: undefined,
    triggerMode: undefined,
    updateSettings: {},
    ciSettings: {},
    program: emptyProgramSettings(),
    config: emptyConfig(),
    warnings: [],
    workloadNamer: undefined,
  };
}

/** What a Tiltfile came to: plain data that crosses from the worker to the main thread. */
export interface LoadedTiltfile {
  readonly graph: Graph;
  readonly warnings: readonly string[];
  readonly extensions: UsedExtensions;
  /** Extensions that are Tiltfiles of their own, and not evaluated yet. */
  readonly registered: readonly RegisteredExtension[];
  /** For `plan`, which only looks: why nothing may be deployed to the Kubernetes context at hand. */
  readonly deployRefusal?: string | undefined;
}
