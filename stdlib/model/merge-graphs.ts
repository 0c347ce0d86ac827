import type { ApiObject } from './api-object.ts';
import type { Graph } from './graph.ts';
import type { Resource } from './resource.ts';

/** The graph of a Tiltfile beside the main one. */
export interface GraphPart {
  /** Of the extension. */
  readonly name: string;
  readonly graph: Graph;
}

export type MergedGraph =
  | { readonly ok: true; readonly graph: Graph }
  /** `resource` is declared by `name` and by another part, or by the main Tiltfile when `other` is empty. */
  | { readonly ok: false; readonly name: string; readonly other: string; readonly resource: Resource };

/** One graph of several Tiltfiles. What is set for the whole session is what the main one says. */
export function mergeGraphs(main: Graph, parts: readonly GraphPart[]): MergedGraph {
  const owners = new Map(main.resources.map(({ name }) => [name, '']));
  for (const { name, graph } of parts) {
    for (const resource of graph.resources) {
      const other = owners.get(resource.name);
      if (other !== undefined) return { ok: false, name, other, resource };
      owners.set(resource.name, name);
    }
  }
  const all = [main, ...parts.map(({ graph }) => graph)];
  const objects = new Map<string, ApiObject>();
  for (const object of all.flatMap(({ apiObjects }) => apiObjects)) {
    const key = `${object.resource}/${object.name}`;
    if (!objects.has(key)) objects.set(key, object);
  }
  return {
    ok: true,
    graph: {
      ...main,
      resources: all.flatMap(({ resources }) => resources),
      enabled: all.flatMap(({ enabled }) => enabled),
      cluster: {
        ...main.cluster,
        allowedContexts: [...new Set(all.flatMap(({ cluster }) => cluster.allowedContexts))],
      },
      configFiles: [...new Set(all.flatMap(({ configFiles }) => configFiles))],
      globalIgnores: all.flatMap(({ globalIgnores }) => globalIgnores),
      apiObjects: [...objects.values()],
    },
  };
}
