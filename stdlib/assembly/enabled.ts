import type { Resource } from '../model/resource.ts';
import { type AssemblyFailure, quotedList } from './failure.ts';

/** The name of what holds the objects that belong to no other resource. */
export const UNCATEGORIZED = 'uncategorized';

/**
 * The names of the resources that run: those asked for and all that they depend on, in the order of `resources`.
 * None asked for means all. Objects without a resource of their own are applied too, unless `none` shall run at all.
 */
export function enabledResources(
  resources: readonly Resource[],
  asked: readonly string[] | 'none',
  failures: AssemblyFailure[],
): readonly string[] {
  if (asked === 'none') return [];
  if (asked.length === 0) return resources.map(({ name }) => name);
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const unknown = asked.filter((name) => !byName.has(name));
  if (unknown.length > 0) {
    const others = resources.map(({ name }) => name).filter((name) => !asked.includes(name));
    const message =
      `You specified some resources that could not be found: ${quotedList(unknown)}\n` +
      `Is this a typo? Existing resources in Tiltfile: ${quotedList(others)}`;
    failures.push({ message, position: undefined });
  }
  const enabled = new Set<string>([UNCATEGORIZED]);
  const open = [...asked];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (enabled.has(name)) continue;
    enabled.add(name);
    open.push(...(byName.get(name)?.resourceDeps ?? []));
  }
  return resources.map(({ name }) => name).filter((name) => enabled.has(name));
}
