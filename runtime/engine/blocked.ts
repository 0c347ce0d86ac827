import { isDue, isUsable, Mark } from '../state/resource-status.ts';
import type { ResourceState, State } from '../state/state.ts';
import { needsCluster } from './needs-cluster.ts';

/** A resource that is due and will never start. */
export interface Blocked {
  readonly row: ResourceState;
  /** What it waits for that will not come: `dead` has failed, `idle` is never started by itself. */
  readonly on: readonly { readonly name: string; readonly why: 'dead' | 'idle' | 'blocked' }[];
}

/** What is due and cannot start any more, when the resources named in `dead` do not come up. */
export function blockedResources(state: State, dead: ReadonlySet<string>): readonly Blocked[] {
  const known = new Map<string, Blocked | undefined>();
  const look = (row: ResourceState): Blocked | undefined => {
    const { name } = row.resource;
    if (known.has(name)) return known.get(name);
    // There are no cycles of dependencies.
    const found = blockedBy(row, look);
    known.set(name, found);
    return found;
  };
  const blockedBy = (row: ResourceState, look: (row: ResourceState) => Blocked | undefined): Blocked | undefined => {
    const { resource } = row;
    if (!isDue(resource, row.pending) || row.update.kind !== 'none') return undefined;
    const on: Blocked['on'][number][] = [];
    for (const name of resource.resourceDeps) {
      const dependency = state.resources.get(name);
      if (isUsable(dependency) || state.readyBefore.has(name)) continue;
      if (dead.has(name)) on.push({ name, why: 'dead' });
      else if (dependency === undefined || isIdle(dependency)) on.push({ name, why: 'idle' });
      else if (look(dependency) !== undefined) on.push({ name, why: 'blocked' });
    }
    const clusterless = state.cluster.kind === 'failed' && needsCluster(resource, state.graph);
    return on.length > 0 || clusterless ? { row, on } : undefined;
  };
  return [...state.resources.marked(Mark.due)].flatMap((row) => look(row) ?? []);
}

function isIdle({ resource, pending, update }: ResourceState): boolean {
  return update.kind === 'none' && !isDue(resource, pending);
}
