import type { Graph } from '../../stdlib/model/graph.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import { type Cause, withCause } from './cause.ts';
import { buildInputs, imagesOf } from './image-state.ts';
import { NO_LIVE } from './live-state.ts';
import { adoptObjects } from './reduce-api.ts';
import { MARK_COUNT, marksOf } from './resource-status.ts';
import { sameData } from './same-data.ts';
import type { ResourceState, State } from './state.ts';
import { Table } from './table.ts';

/** The state with a graph in place of the one before. What is declared as it was goes on as if nothing had happened. */
export function adoptGraph(state: State, declared: Graph, at: number): State {
  // Other arguments may choose other resources: what was chosen by hand before is over.
  const enabledByHand = isForArgs(state) ? new Map<string, boolean>() : state.enabledByHand;
  const graph = withEnabled(declared, enabledByHand);
  return withGraph({ ...state, enabledByHand, api: adoptObjects(state.api, graph, at) }, graph, at);
}

/** The graph with the resources enabled that somebody chose. */
export function withEnabled(graph: Graph, byHand: ReadonlyMap<string, boolean>): Graph {
  if (byHand.size === 0) return graph;
  const declared = new Set(graph.enabled);
  const isEnabled = ({ name }: Resource) => byHand.get(name) ?? declared.has(name);
  return { ...graph, enabled: graph.resources.filter(isEnabled).map(({ name }) => name) };
}

/** The state with rows for what is enabled in the graph. */
export function withGraph(state: State, graph: Graph, at: number): State {
  const enabled = new Set(graph.enabled);
  const resources = graph.resources
    .filter((resource) => enabled.has(resource.name))
    .map((resource) => triggeredByHand(resource, state));
  const cause = reloadCause(state);
  const rows = resources.map((resource) => {
    const before = state.resources.get(resource.name);
    const row = before === undefined ? firstSeen(resource, at) : seenAgain(before, resource, cause, at);
    return [resource.name, row] as const;
  });
  return {
    ...state,
    graph,
    readyBefore: readyBefore(state, graph, enabled),
    resources: Table.of(rows, marksOf, MARK_COUNT),
    images: imagesOf(resources, state.graph, state.images),
    triggers: state.triggers.filter((name) => enabled.has(name)),
  };
}

/** Of the resources that are switched off, those that were ready once. */
function readyBefore(state: State, graph: Graph, enabled: ReadonlySet<string>): ReadonlySet<string> {
  const names = graph.resources
    .map(({ name }) => name)
    .filter((name) => !enabled.has(name))
    .filter((name) => state.readyBefore.has(name) || state.resources.get(name)?.everReady === true);
  return names.length === 0 && state.readyBefore.size === 0 ? state.readyBefore : new Set(names);
}

function triggeredByHand(resource: Resource, { triggersByHand }: State): Resource {
  const trigger = triggersByHand.get(resource.name);
  return trigger === undefined ? resource : { ...resource, trigger };
}

function isForArgs({ tiltfile: { load } }: State): boolean {
  return load.kind === 'loading' && load.causes.some(({ kind }) => kind === 'args');
}

/** What people read as the reason of the updates that a reload starts: the files that changed, where there are some. */
function reloadCause(state: State): Cause {
  const causes = state.tiltfile.load.kind === 'loading' ? state.tiltfile.load.causes : [];
  return causes.find((cause) => cause.kind === 'files') ?? { kind: 'config' };
}

function firstSeen(resource: Resource, at: number): ResourceState {
  return {
    resource,
    pending: resource.trigger.atStart ? { since: at, causes: [{ kind: 'initial' }] } : undefined,
    update: { kind: 'none' },
    succeeded: undefined,
    runtime: { kind: 'none' },
    everReady: false,
    lastReadyAt: undefined,
    history: [],
    failedAttempts: [],
    pods: [],
    forwards: [],
    live: NO_LIVE,
  };
}

function seenAgain(row: ResourceState, resource: Resource, cause: Cause, at: number): ResourceState {
  if (sameData(row.resource, resource)) return row;
  if (row.resource.kind !== resource.kind) return firstSeen(resource, at);
  const moved = { ...row, resource, forwards: keptForwards(row, resource) };
  if (row.update.kind === 'none') {
    // Not started yet: it starts as it is declared now.
    const asked = row.pending?.causes.some((known) => known.kind !== 'initial') ?? false;
    return asked ? moved : { ...moved, pending: firstSeen(resource, row.pending?.since ?? at).pending };
  }
  if (sameData(updateInputs(row.resource), updateInputs(resource))) return moved;
  return { ...moved, pending: withCause(row.pending, cause, at), everReady: false };
}

/** A port-forward goes on when it is declared as before at the same place of the list. */
function keptForwards(row: ResourceState, resource: Resource): ResourceState['forwards'] {
  if (row.resource.kind !== 'kubernetes' || resource.kind !== 'kubernetes') return [];
  const before = row.resource.portForwards;
  return resource.portForwards.map((now, index) => (sameData(before[index], now) ? row.forwards[index] : undefined));
}

/** The parts of a declaration that make a new update necessary when they change. */
function updateInputs(resource: Resource): unknown {
  switch (resource.kind) {
    case 'local':
      return [resource.update, resource.serve, resource.readinessProbe];
    case 'kubernetes':
      return [resource.objects, resource.images.map(buildInputs), resource.imageLocators, resource.customDeploy?.apply];
    case 'compose': {
      // Other services of the project may change without this one.
      const { project, service, yaml, runs, images, build } = resource;
      return [project.name, service, yaml, runs, images.map(buildInputs), build];
    }
  }
}
