/** What a Tiltfile sets for the whole program. Durations are milliseconds. */
export interface Settings {
  readonly update: UpdateSettings;
  readonly ci: CiSettings;
  readonly dockerPrune: DockerPruneSettings;
  /** Whether the values of Kubernetes Secrets are hidden in logs. Default true. */
  readonly scrubSecrets: boolean;
  /** What only Tilt has a use for. It is kept because results list it. */
  readonly tilt: TiltSettings;
}

export interface UpdateSettings {
  /** How many updates run at the same time. Default 3. */
  readonly maxParallelUpdates: number;
  /** How long one apply to the cluster may take. Default 30 s. */
  readonly k8sUpsertTimeoutMs: number;
  /** Images that may stay unused without a warning. */
  readonly suppressUnusedImageWarnings: readonly string[];
  /** `true`, `false` or `auto`, as given. Default `auto`. */
  readonly k8sServerSideApply: string;
  /** Whether dependencies hold back every update, not only the first one. Default false. */
  readonly regateDeps: boolean;
}

export interface CiSettings {
  /** The whole session. Default 30 min. */
  readonly timeoutMs: number;
  /** From a resource's deployment to its readiness. Default 5 min. */
  readonly readinessTimeoutMs: number;
  /** How long a workload may be in error before it counts as failed. Default 0. */
  readonly k8sGracePeriodMs: number;
  /** What one command or one image build may take in `ci`, where nothing else is said about it. No limit of its own by default. */
  readonly buildTimeoutMs?: number;
  /** What bringing one resource to the cluster or to Compose may take in `ci`, where nothing else is said about it. */
  readonly deployTimeoutMs?: number;
  /** How long every server must have been ready without a restart. By default 1 s for those that nothing asks whether they are. */
  readonly settleMs?: number;
  /** After a failure, bring to its end what does not depend on it. Default false. */
  readonly keepGoing?: boolean;
}

/** Which old images are removed from the Docker engine, and when. */
export interface DockerPruneSettings {
  /** Default true. */
  readonly enabled: boolean;
  /** How old an image must be. Default 6 h. */
  readonly maxAgeMs: number;
  /** After how many builds, instead of by the clock; 0 means by the clock. Default 0. */
  readonly numBuilds: number;
  /** Default 1 h. */
  readonly intervalMs: number;
  /** How many images of each name stay, however old they are. Default 2. */
  readonly keepRecent: number;
}

export interface TiltSettings {
  /** Default true. */
  readonly checkUpdates: boolean;
  /** Empty when not given. */
  readonly team: string;
  /** By name, whether it is on. */
  readonly features: Readonly<Record<string, boolean>>;
  readonly analytics: 'default' | 'in' | 'out';
}
