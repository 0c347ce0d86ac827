/** How changed files come into a running container without a new image. */
export interface LiveUpdate {
  /** Absolute path of the folder that the local paths are relative to. */
  readonly basePath: string;
  /** Changes of these files need a whole build. */
  readonly stopPaths: readonly string[];
  readonly syncs: readonly LiveUpdateSync[];
  /** Run in the container after the files are there, in order. */
  readonly runs: readonly LiveUpdateRun[];
  /** Whether the container is restarted at the end. */
  readonly restart: boolean;
  /** Whether all files are copied once when a container starts. */
  readonly initialSync: boolean;
  /** Only containers of this name; empty for those that run the image. */
  readonly containerName: string;
}

export interface LiveUpdateSync {
  /** Relative to the base path, where it can be. */
  readonly localPath: string;
  /** Absolute path in the container. */
  readonly containerPath: string;
}

export interface LiveUpdateRun {
  readonly argv: readonly string[];
  /** Files whose changes run it; none means any. */
  readonly triggers: readonly string[];
  readonly echoOff: boolean;
}
