import type { Graph } from '../../stdlib/model/graph.ts';
import type { Resource } from '../../stdlib/model/resource.ts';

/**
 * Whether a resource cannot update without the cluster: it is for the cluster, or it runs an image that something for the
 * cluster runs, too, and that is built for both.
 */
export function needsCluster(resource: Resource, graph: Graph | undefined): boolean {
  if (resource.kind === 'kubernetes') return true;
  if (resource.kind === 'local' || resource.images.length === 0 || graph === undefined) return false;
  const shared = clusterImages(graph);
  return resource.images.some(({ ref }) => shared.has(ref));
}

const known = new WeakMap<Graph, ReadonlySet<string>>();

function clusterImages(graph: Graph): ReadonlySet<string> {
  let refs = known.get(graph);
  if (refs === undefined) {
    const enabled = new Set(graph.enabled);
    const resources = graph.resources.filter(({ kind, name }) => kind === 'kubernetes' && enabled.has(name));
    refs = new Set(resources.flatMap((one) => (one.kind === 'kubernetes' ? one.images.map(({ ref }) => ref) : [])));
    known.set(graph, refs);
  }
  return refs;
}
