import type { Graph } from '../../stdlib/model/graph.ts';
import { sameData } from '../state/same-data.ts';

/** What the Tiltfile came to in another checkout of the same repository. Absolute folders. */
export interface EarlierGraph {
  readonly graph: Graph;
  /** The checkout. */
  readonly folder: string;
  /** The checkout of the graph that it is compared with. */
  readonly now: string;
}

/**
 * Names of the resources that are not declared as they were; where in a file they are declared does not count. Nothing when what all of them
 * share, such as settings, is not what it was.
 */
export function declaredAnew(graph: Graph, earlier: EarlierGraph): ReadonlySet<string> | undefined {
  const before = inPlace(earlier.graph, earlier) as Graph;
  if (!sameData(inPlace(shared(graph)), shared(before))) return undefined;
  const known = new Map(before.resources.map((resource) => [resource.name, resource]));
  const anew = graph.resources.filter((resource) => !sameData(inPlace(resource), known.get(resource.name)));
  return new Set(anew.map(({ name }) => name));
}

function shared({ settings, cluster, globalIgnores, apiObjects }: Graph): Partial<Graph> {
  return { settings, cluster, globalIgnores, apiObjects };
}

/** The data without positions, and with the paths that it would have in the other checkout. */
function inPlace(data: unknown, moved?: Omit<EarlierGraph, 'graph'>): unknown {
  if (typeof data === 'string') return moved === undefined ? data : data.replaceAll(moved.folder, moved.now);
  if (Array.isArray(data)) return data.map((item) => inPlace(item, moved));
  if (typeof data !== 'object' || data === null) return data;
  const fields = Object.entries(data).filter(([key, value]) => key !== 'position' && value !== undefined);
  return Object.fromEntries(fields.map(([key, value]) => [key, inPlace(value, moved)]));
}
