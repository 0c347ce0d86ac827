import type { Resource } from '../model/resource.ts';
import type { AssemblyFailure } from './failure.ts';

/**
 * Checks `resource_deps`: no resource may depend on itself, not even through others. What does not exist is left out of
 * the answer, with a warning.
 */
export function checkDependencies(
  resources: readonly Resource[],
  failures: AssemblyFailure[],
  warnings: string[],
): readonly Resource[] {
  const names = new Set(resources.map(({ name }) => name));
  const checked = resources.map((resource) => {
    if (resource.resourceDeps.includes(resource.name)) {
      const message = `resource ${resource.name} specified a dependency on itself`;
      failures.push({ message, position: resource.position });
    }
    const unknown = resource.resourceDeps.filter((name) => !names.has(name));
    for (const name of unknown) {
      warnings.push(
        `resource ${resource.name} specified a dependency on unknown resource ${name} - dependency ignored`,
      );
    }
    if (unknown.length === 0) return resource;
    return { ...resource, resourceDeps: resource.resourceDeps.filter((name) => names.has(name)) };
  });
  for (const cycle of cycles(checked)) {
    const message = `cycle detected in resource dependency graph: ${cycle.map(({ name }) => name).join(' -> ')}`;
    failures.push({ message, position: cycle[0]?.position });
  }
  return checked;
}

/** Each circle once, beginning and ending with the resource that is declared first. */
function cycles(resources: readonly Resource[]): readonly (readonly Resource[])[] {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const place = new Map(resources.map((resource, index) => [resource, index]));
  const state = new Map<Resource, 'open' | 'done'>();
  const found: (readonly Resource[])[] = [];
  for (const root of resources) {
    // A stack of its own: chains may be longer than the call stack is deep.
    const path: { readonly resource: Resource; next: number }[] = [];
    const open = (resource: Resource) => {
      state.set(resource, 'open');
      path.push({ resource, next: 0 });
    };
    if (!state.has(root)) open(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const name = top.resource.resourceDeps[top.next++];
      if (name === undefined) {
        state.set(top.resource, 'done');
        path.pop();
        continue;
      }
      const next = byName.get(name);
      if (!next || next === top.resource) continue;
      if (state.get(next) === 'open') {
        const from = path.findIndex(({ resource }) => resource === next);
        found.push(
          fromFirst(
            path.slice(from).map(({ resource }) => resource),
            place,
          ),
        );
      } else if (!state.has(next)) {
        open(next);
      }
    }
  }
  return found;
}

function fromFirst(circle: readonly Resource[], place: ReadonlyMap<Resource, number>): readonly Resource[] {
  let first = 0;
  circle.forEach((resource, index) => {
    const best = circle[first];
    if (best && (place.get(resource) ?? 0) < (place.get(best) ?? 0)) first = index;
  });
  return [...circle.slice(first), ...circle.slice(0, first + 1)];
}
