import type { Declarations } from '../declarations.ts';
import type { Settings } from '../model/settings.ts';
import { DEFAULT_FEATURES } from '../program-settings.ts';

/** What holds where a Tiltfile says nothing. */
export const DEFAULT_SETTINGS: Settings = {
  update: {
    maxParallelUpdates: 3,
    k8sUpsertTimeoutMs: 30_000,
    suppressUnusedImageWarnings: [],
    k8sServerSideApply: 'auto',
    regateDeps: false,
  },
  ci: { timeoutMs: 30 * 60_000, readinessTimeoutMs: 5 * 60_000, k8sGracePeriodMs: 0 },
  dockerPrune: { enabled: true, maxAgeMs: 6 * 3_600_000, numBuilds: 0, intervalMs: 3_600_000, keepRecent: 2 },
  scrubSecrets: true,
  tilt: { checkUpdates: true, team: '', features: DEFAULT_FEATURES, analytics: 'default' },
};

export function settingsOf({ updateSettings, ciSettings, program }: Declarations): Settings {
  return {
    update: { ...DEFAULT_SETTINGS.update, ...updateSettings },
    ci: { ...DEFAULT_SETTINGS.ci, ...ciSettings },
    dockerPrune: { ...DEFAULT_SETTINGS.dockerPrune, ...program.dockerPrune },
    scrubSecrets: program.scrubSecrets ?? DEFAULT_SETTINGS.scrubSecrets,
    tilt: {
      checkUpdates: program.checkUpdates ?? DEFAULT_SETTINGS.tilt.checkUpdates,
      team: program.team,
      features: { ...DEFAULT_FEATURES, ...Object.fromEntries(program.features) },
      analytics: program.analytics,
    },
  };
}
