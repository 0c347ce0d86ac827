import { isDue, Mark } from '../state/resource-status.ts';
import type { State } from '../state/state.ts';

/** So many builds in a row are called off; the next one runs to its end, however often somebody saves. */
export const MOST_SUPERSEDED = 2;

/**
 * The resources whose update builds an image of files that have changed since it began. What it would bring up is out of date before it
 * is there, so it is better begun anew. An update that deploys already is left to end.
 */
export function superseded(state: State): readonly string[] {
  const names: string[] = [];
  for (const row of state.resources.marked(Mark.running)) {
    const { update, resource, pending } = row;
    if (update.kind !== 'running' || (update.superseded ?? 0) >= MOST_SUPERSEDED) continue;
    // They are built one after the other: what comes later takes its files as they are then.
    const [ref] = update.images;
    if (ref === undefined || state.images.get(ref)?.stale !== true) continue;
    if (resource.trigger.onChange && isDue(resource, pending)) names.push(resource.name);
  }
  return names;
}
