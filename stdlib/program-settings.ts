import type { Command } from './model/command.ts';
import type { IgnoreRule } from './model/ignore.ts';
import type { DockerPruneSettings, TiltSettings } from './model/settings.ts';

/** What a Tiltfile declared so far about the program as a whole. Builtins write; what is not said is not there. */
export interface ProgramSettings {
  readonly watchIgnores: IgnoreRule[];
  dockerPrune: Partial<DockerPruneSettings>;
  scrubSecrets: boolean | undefined;
  checkUpdates: boolean | undefined;
  team: string;
  readonly features: Map<string, boolean>;
  analytics: TiltSettings['analytics'];
  telemetryCommand: Command | undefined;
}

export function emptyProgramSettings(): ProgramSettings {
  return {
    watchIgnores: [],
    dockerPrune: {},
    scrubSecrets: undefined,
    checkUpdates: undefined,
    team: '',
    features: new Map(),
    analytics: 'default',
    telemetryCommand: undefined,
  };
}

/** Tilt's features, as they are when a Tiltfile says nothing. */
export const DEFAULT_FEATURES: Readonly<Record<string, boolean>> = {
  multiple_containers_per_pod: true,
  events: true,
  snapshots: true,
  update_history: false,
  facets: true,
  labels: true,
  live_update_v2: true,
  disable_resources: true,
  bulk_disable_resources: false,
  cluster_refresh: false,
  offline_snapshot_creation: true,
};
