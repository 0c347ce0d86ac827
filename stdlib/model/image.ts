import type { IgnoreRule } from './ignore.ts';
import type { SourcePosition } from './position.ts';

/** An image that this program builds. */
export interface Image {
  /** The reference as the Tiltfile gives it, familiar form: `example/web`. Unique in a graph. */
  readonly ref: string;
  readonly build: DockerBuild;
  /** Refs of images of this graph that its Dockerfile takes FROM or COPYs from. */
  readonly dependsOn: readonly string[];
  /** Only references with the very same tag mean this image; without it, any tag does. */
  readonly matchExact?: boolean;
  /** Replaces the command of the containers that run it; empty when not given. */
  readonly entrypoint: readonly string[];
  /** Replaces the arguments of the containers that run it. */
  readonly containerArgs?: readonly string[];
  /** Also replace the reference where it stands as the value of an environment variable. */
  readonly matchInEnvVars: boolean;
  /** Absolute paths whose changes rebuild it. */
  readonly watchPaths: readonly string[];
  readonly ignores: readonly IgnoreRule[];
  readonly position: SourcePosition;
}

/** A build by a Docker engine. */
export interface DockerBuild {
  readonly kind: 'docker';
  /** Absolute path of the folder that is sent. */
  readonly context: string;
  /** The text of the Dockerfile as the user wrote it. */
  readonly dockerfile: string;
  /** Where it was read from; `undefined` when the Tiltfile gave its text. */
  readonly dockerfilePath: string | undefined;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** The stage to build; empty for the last. */
  readonly target: string;
  /** Like `linux/arm64`; empty for the cluster's. */
  readonly platform: string;
  /** Further tags, whole references. */
  readonly extraTags: readonly string[];
  /** What is left out of the context, in the order in which the rules apply. */
  readonly contextIgnores: readonly IgnoreRule[];
  /** Secrets, ssh agents, caches and the like, in the notation of the docker command line. */
  readonly secrets: readonly string[];
  readonly sshAgents: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly extraHosts: readonly string[];
  readonly network: string;
  readonly pull: boolean;
}
