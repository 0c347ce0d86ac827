import type { Command } from './command.ts';
import type { IgnoreRule } from './ignore.ts';
import type { LiveUpdate } from './live-update.ts';
import type { SourcePosition } from './position.ts';

/** An image that this program builds. */
export interface Image {
  /** The reference as the Tiltfile gives it, familiar form: `example/web`. Unique in a graph. */
  readonly ref: string;
  readonly build: ImageBuild;
  /** Refs of images of this graph that have to be built before: what its Dockerfile or its command takes. In order. */
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
  /** How long its build, with the way to where the cluster finds it, may take. Milliseconds. */
  readonly timeoutMs?: number;
  readonly liveUpdate?: LiveUpdate;
  /** Nothing is built and no object is changed: files only go into the containers that run the image. */
  readonly onlyLiveUpdate?: boolean;
}

export type ImageBuild = DockerBuild | CommandBuild;

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

/** A build by a command of the user's. */
export interface CommandBuild {
  readonly kind: 'command';
  readonly command: Command;
  /** The tag under which it leaves the image in the engine; empty when it takes the one that it is told. */
  readonly tag: string;
  /**
   * Where it leaves the image: in the Docker engine, from where it is brought to the cluster; there and where the cluster takes it
   * from; only there.
   */
  readonly output: 'local-docker' | 'local-docker-and-remote' | 'remote';
  /** Absolute path of the file into which it writes the image's whole reference; empty when it writes none. */
  readonly outputsImageRefTo: string;
}
