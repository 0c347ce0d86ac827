import type { Command } from './command.ts';
import type { ComposeBuild, ComposeProject } from './compose.ts';
import type { CustomDeploy } from './custom-deploy.ts';
import type { IgnoreRule } from './ignore.ts';
import type { Image } from './image.ts';
import type { ImageLocator } from './image-locator.ts';
import type { KubernetesObject, LabelSelector, PodReadiness } from './kubernetes.ts';
import type { Link } from './link.ts';
import type { ObjectSelector } from './object-selector.ts';
import type { PortForward } from './port-forward.ts';
import type { SourcePosition } from './position.ts';
import type { Probe } from './probe.ts';

/** When a resource updates by itself. `trigger_mode` and `auto_init` of a Tiltfile come to these two. */
export interface Trigger {
  /** Update when files change. */
  readonly onChange: boolean;
  /** Update once when the resource appears. */
  readonly atStart: boolean;
}

/** What all resources have. */
export interface ResourceBase {
  readonly name: string;
  readonly labels: readonly string[];
  readonly links: readonly Link[];
  /** Names of resources that must have been ready once before this one starts. */
  readonly resourceDeps: readonly string[];
  readonly trigger: Trigger;
  readonly position: SourcePosition;
  /** How long its own step may take: the command, the apply, Compose's start. Milliseconds. */
  readonly timeoutMs?: number;
  /** How long it may take from then to its readiness. Milliseconds. */
  readonly readinessTimeoutMs?: number;
  /** How many more times a command or a Job is tried when it fails. Default 0. */
  readonly retries?: number;
}

/** What the result of a command depends on, and what it is, so that it can be kept between runs. */
export interface ResultCacheRule {
  /** Absolute paths of files and folders that the command reads. */
  readonly inputs: readonly string[];
  /** Absolute paths of files and folders that it writes. */
  readonly outputs: readonly string[];
  /** Names of environment variables of the session that it reads. */
  readonly env: readonly string[];
}

/** A command that runs to its end, a server that stays, or first the one and then the other. */
export interface LocalResource extends ResourceBase {
  readonly kind: 'local';
  readonly update: Command | undefined;
  readonly serve: Command | undefined;
  /** Absolute paths whose changes run it again. */
  readonly watchPaths: readonly string[];
  readonly ignores: readonly IgnoreRule[];
  readonly allowParallel: boolean;
  readonly readinessProbe: Probe | undefined;
  /** What `ci --cache-dir` keeps between runs. */
  readonly cache?: ResultCacheRule;
}

/** Objects that are applied to a cluster together, the images that they run, and what to do with their pods. */
export interface KubernetesResource extends ResourceBase {
  readonly kind: 'kubernetes';
  /** In the order in which they are applied. */
  readonly objects: readonly KubernetesObject[];
  /** Absolute paths of the files from which the objects were read as they are. */
  readonly objectFiles?: readonly string[];
  /** The images of this graph that the objects run, each after those that it depends on. */
  readonly images: readonly Image[];
  /** Refs of those `images` that the objects themselves name, in order. */
  readonly deployedImages?: readonly string[];
  /** Commands that bring it to the cluster, in place of `objects`, which are none then. */
  readonly customDeploy?: CustomDeploy;
  /** Where else than in pod specs image references stand. */
  readonly imageLocators: readonly ImageLocator[];
  /** Which of its objects make pods although Kubernetes itself does not know their kind. */
  readonly podMakers?: readonly ObjectSelector[];
  readonly portForwards: readonly PortForward[];
  readonly podReadiness: PodReadiness;
  /** Nothing was said about readiness, and its pods are made to complete: it is up when they have ended well. */
  readonly runsToEnd?: boolean;
  readonly extraPodSelectors: readonly LabelSelector[];
  /** `selectors-only` when pods are found by labels alone and not by who owns them. */
  readonly discoveryStrategy?: string;
  /** Such as `web:deployment`, for people. */
  readonly displayNames: readonly string[];
}

/** A service of a Compose project. */
export interface ComposeResource extends ResourceBase {
  readonly kind: 'compose';
  readonly project: ComposeProject;
  /** Its name in the project, which is not the resource's when that was renamed. */
  readonly service: string;
  /** The service as Compose understands it, in YAML. */
  readonly yaml: string;
  /** The reference that Compose runs: `image`, else what it names its own build. */
  readonly runs: string;
  /** The images of this graph that the service runs, each after those that it depends on. */
  readonly images: readonly Image[];
  /** Refs of those `images` that the service itself names, in order. */
  readonly deployedImages: readonly string[];
  /** The image that Compose builds for it; `undefined` where this program builds one, or nobody does. */
  readonly build: ComposeBuild | undefined;
  /** Absolute paths whose changes have Compose build its image again. */
  readonly watchPaths: readonly string[];
  readonly ignores: readonly IgnoreRule[];
  /** Ports of this machine that lead to it. */
  readonly publishedPorts: readonly number[];
  /** How many containers it has; 0 for one that is switched off. */
  readonly replicas: number;
  /** Another service waits for it to complete: it is up when it has ended well. */
  readonly runsToEnd: boolean;
  /** Show its ports as links. */
  readonly inferLinks: boolean;
}

/** A node of the graph. */
export type Resource = LocalResource | KubernetesResource | ComposeResource;
