import type { Declarations } from '../declarations.ts';
import type { Settings } from '../model/settings.ts';

/** What holds where a Tiltfile says nothing. */
export const DEFAULT_SETTINGS: Settings = {
  update: { maxParallelUpdates: 3, k8sUpsertTimeoutMs: 30_000, suppressUnusedImageWarnings: [] },
  ci: { timeoutMs: 30 * 60_000, readinessTimeoutMs: 5 * 60_000, k8sGracePeriodMs: 0 },
};

export function settingsOf({ updateSettings, ciSettings }: Declarations): Settings {
  return {
    update: { ...DEFAULT_SETTINGS.update, ...updateSettings },
    ci: { ...DEFAULT_SETTINGS.ci, ...ciSettings },
  };
}
