import type { Resource } from '../../stdlib/model/resource.ts';
import { ciSettingsOf } from '../state/ci-settings.ts';
import type { State } from '../state/state.ts';

/** How long the parts of an update may take, in milliseconds; `undefined` where only the whole session has a limit. */
export interface UpdateLimits {
  readonly command: number | undefined;
  /** By ref. */
  readonly images: ReadonlyMap<string, number>;
  readonly apply: number;
  readonly compose: number | undefined;
}

const APPLY_MS = 30_000;

/** What a resource says itself counts always, what `ci_settings` says for all of them only in `ci`. */
export function updateLimits(state: State, resource: Resource, mode: 'ci' | 'up'): UpdateLimits {
  const ci = mode === 'ci' ? ciSettingsOf(state) : undefined;
  const images = new Map<string, number>();
  for (const image of resource.kind === 'local' ? [] : resource.images) {
    const limit = image.timeoutMs ?? ci?.buildTimeoutMs;
    if (limit !== undefined) images.set(image.ref, limit);
  }
  return {
    command: resource.timeoutMs ?? ci?.buildTimeoutMs,
    images,
    apply: resource.timeoutMs ?? ci?.deployTimeoutMs ?? state.graph?.settings.update.k8sUpsertTimeoutMs ?? APPLY_MS,
    compose: resource.timeoutMs ?? ci?.deployTimeoutMs,
  };
}
