import type { Resource } from '../../stdlib/model/resource.ts';

/** The resources in the order in which they came up: each after those that it depends on. What is taken down goes the other way. */
export function inDependencyOrder(resources: readonly Resource[]): readonly Resource[] {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const ordered = new Set<Resource>();
  const seen = new Set<Resource>();
  const visit = (resource: Resource): void => {
    if (seen.has(resource)) return;
    seen.add(resource);
    for (const name of resource.resourceDeps) {
      const dependency = byName.get(name);
      if (dependency) visit(dependency);
    }
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource);
  return [...ordered];
}
