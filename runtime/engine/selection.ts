import type { Graph } from '../../stdlib/model/graph.ts';
import { type Affected, affectedResources } from './affected.ts';
import type { EarlierGraph } from './declared-anew.ts';
import { UNCATEGORIZED } from './schedule.ts';

/** Why a resource runs. */
export type ChosenReason =
  | { readonly kind: 'label'; readonly labels: readonly string[] }
  /** Absolute paths. */
  | ({ readonly kind: 'changed' } & Affected)
  /** It depends on these, which run because they changed. */
  | { readonly kind: 'depends-on'; readonly names: readonly string[] }
  /** These do not run without it. */
  | { readonly kind: 'needed-by'; readonly names: readonly string[] }
  /** It holds the objects that belong to no other resource, which any workload may need. */
  | { readonly kind: 'rest' };

export interface Selection {
  /** The graph with what was chosen as all that is enabled. */
  readonly graph: Graph;
  /** Of each resource that runs, in the graph's order. */
  readonly reasons: ReadonlyMap<string, ChosenReason>;
}

/** The enabled resources that bear one of the labels, and what they need; or the labels that no resource bears. */
export function chooseLabels(
  graph: Graph,
  labels: readonly string[],
): Selection | { readonly unknown: readonly string[] } {
  const unknown = labels.filter((label) => !graph.resources.some((resource) => resource.labels.includes(label)));
  if (unknown.length > 0) return { unknown };
  const chosen = new Map<string, ChosenReason>();
  for (const resource of graph.resources) {
    const born = resource.labels.filter((label) => labels.includes(label));
    if (born.length > 0) chosen.set(resource.name, { kind: 'label', labels: born });
  }
  return withNeeds(graph, chosen);
}

/**
 * The enabled resources that are made of changed files, all that depend on them, and what these need. Absolute paths. With `earlier`, a changed
 * Tiltfile changes only what it declares in another way.
 */
export function chooseChanged(graph: Graph, changed: readonly string[], earlier?: EarlierGraph): Selection {
  const chosen = new Map<string, ChosenReason>();
  for (const [name, affected] of affectedResources(graph, changed, earlier)) {
    chosen.set(name, { kind: 'changed', ...affected });
  }
  // Resources come in any order: until nothing is added.
  for (let before = -1; before < chosen.size; ) {
    before = chosen.size;
    for (const { name, resourceDeps } of graph.resources) {
      const names = resourceDeps.filter((dependency) => chosen.has(dependency));
      if (names.length > 0 && !chosen.has(name)) chosen.set(name, { kind: 'depends-on', names });
    }
  }
  return withNeeds(graph, chosen);
}

function withNeeds(graph: Graph, chosen: ReadonlyMap<string, ChosenReason>): Selection {
  const enabled = new Set(graph.enabled);
  const byName = new Map(graph.resources.map((resource) => [resource.name, resource]));
  const all = new Map([...chosen].filter(([name]) => enabled.has(name)));
  const open = [...all.keys()];
  const needs = new Map<string, string[]>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const dependency of byName.get(name)?.resourceDeps ?? []) {
      const known = needs.get(dependency);
      if (known !== undefined) known.push(name);
      else needs.set(dependency, [name]);
      if (all.has(dependency)) continue;
      all.set(dependency, { kind: 'needed-by', names: needs.get(dependency) ?? [] });
      open.push(dependency);
    }
  }
  const deploys = [...all.keys()].some((name) => byName.get(name)?.kind === 'kubernetes');
  if (deploys && enabled.has(UNCATEGORIZED) && !all.has(UNCATEGORIZED)) all.set(UNCATEGORIZED, { kind: 'rest' });
  const names = graph.resources.map(({ name }) => name).filter((name) => all.has(name));
  const reasons = new Map(
    names.flatMap((name) => {
      const reason = all.get(name);
      return reason === undefined ? [] : [[name, reason] as const];
    }),
  );
  return { graph: { ...graph, enabled: names }, reasons };
}
