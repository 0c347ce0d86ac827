/** What a Tiltfile sets for the whole program. Durations are milliseconds. */
export interface Settings {
  readonly update: UpdateSettings;
  readonly ci: CiSettings;
}

export interface UpdateSettings {
  /** How many updates run at the same time. Default 3. */
  readonly maxParallelUpdates: number;
  /** How long one apply to the cluster may take. Default 30 s. */
  readonly k8sUpsertTimeoutMs: number;
  /** Images that may stay unused without a warning. */
  readonly suppressUnusedImageWarnings: readonly string[];
}

export interface CiSettings {
  /** The whole session. Default 30 min. */
  readonly timeoutMs: number;
  /** From a resource's deployment to its readiness. Default 5 min. */
  readonly readinessTimeoutMs: number;
  /** How long a workload may be in error before it counts as failed. Default 0. */
  readonly k8sGracePeriodMs: number;
}
