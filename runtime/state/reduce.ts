import type { Graph } from '../../stdlib/model/graph.ts';
import type { CiSettings } from '../../stdlib/model/settings.ts';
import { NO_API } from './api-state.ts';
import { withCause } from './cause.ts';
import { type SessionEvent, TILTFILE_ID } from './event.ts';
import { withStaleImages } from './image-state.ts';
import { reduceApi, withSeenFiles } from './reduce-api.ts';
import { adoptGraph } from './reduce-graph.ts';
import { reduceRequest } from './reduce-request.ts';
import { reduceRuntime } from './reduce-runtime.ts';
import { reduceUpdate } from './reduce-update.ts';
import { MARK_COUNT, marksOf } from './resource-status.ts';
import { sameData } from './same-data.ts';
import type { ClusterState, State, TiltfileState } from './state.ts';
import { Table } from './table.ts';

/** A session in which nothing has happened yet. */
export function initialState(at: number, given: Partial<CiSettings> = {}, args: readonly string[] = []): State {
  return {
    startedAt: at,
    given,
    tiltfile: { pending: undefined, load: { kind: 'none' }, configFiles: [], args, loads: 0 },
    graph: undefined,
    enabledByHand: new Map(),
    readyBefore: new Set(),
    triggersByHand: new Map(),
    resources: Table.of([], marksOf, MARK_COUNT),
    images: new Map(),
    cluster: { kind: 'unused' },
    triggers: [],
    api: NO_API,
    updatesStarted: 0,
    stop: undefined,
  };
}

/** The state after an event; the very same state when the event changes nothing. The only writer of states. */
export function reduce(state: State, event: SessionEvent): State {
  switch (event.kind) {
    case 'tiltfile-load-started':
      return { ...state, tiltfile: startedLoad(state.tiltfile, event.at) };
    case 'tiltfile-loaded': {
      const adopted = adoptGraph(state, event.graph, event.at);
      const { startedAt, causes } = currentLoad(state.tiltfile, event.at);
      const load = { kind: 'loaded', startedAt, endedAt: event.at, causes } as const;
      const tiltfile = { ...state.tiltfile, load, configFiles: event.graph.configFiles };
      return { ...adopted, tiltfile, cluster: clusterFor(event.graph, state) };
    }
    case 'tiltfile-load-failed': {
      const { startedAt, causes } = currentLoad(state.tiltfile, event.at);
      const load = { kind: 'failed', startedAt, endedAt: event.at, causes, failures: event.failures } as const;
      // What the last good one read still counts: mending such a file may mend the failure.
      const configFiles = [...new Set([...event.configFiles, ...(state.graph?.configFiles ?? [])])];
      return { ...state, tiltfile: { ...state.tiltfile, load, configFiles } };
    }
    case 'files-changed':
      return filesChanged(state, event.id, event.paths, event.at);
    case 'trigger-requested': {
      const row = state.resources.get(event.resource);
      if (row === undefined) return state;
      const pending = withCause(row.pending, { kind: 'trigger', from: event.from }, event.at);
      const triggers = state.triggers.includes(event.resource) ? state.triggers : [...state.triggers, event.resource];
      const resources = state.resources.with(event.resource, { ...row, pending });
      return { ...state, resources, triggers, cluster: triedAgain(state.cluster) };
    }
    case 'resources-enabled':
    case 'trigger-mode-set':
    case 'args-changed':
      return reduceRequest(state, event);
    case 'object-put':
    case 'object-removed':
    case 'button-clicked':
    case 'command-started':
    case 'command-readiness':
    case 'command-ended':
    case 'apply-started':
    case 'apply-ended':
    case 'apply-dropped':
    case 'pods-discovered':
    case 'object-forward-changed':
      return reduceApi(state, event);
    case 'stop-requested':
      return state.stop === undefined ? { ...state, stop: { at: event.at, signal: event.signal } } : state;
    case 'update-started':
    case 'step-began':
    case 'step-ended':
    case 'update-process-started':
    case 'image-built':
    case 'update-succeeded':
    case 'update-failed':
    case 'update-cancelled':
    case 'update-gave-way':
      return reduceUpdate(state, event);
    case 'server-started':
    case 'server-readiness':
    case 'server-exited':
    case 'workload-changed':
    case 'pods-changed':
    case 'live-containers-changed':
    case 'forward-listening':
    case 'forward-failed':
      return reduceRuntime(state, event);
    case 'cluster-connecting':
      return { ...state, cluster: { kind: 'connecting', since: event.at } };
    case 'cluster-connected':
      return { ...state, cluster: { kind: 'connected', info: event.info } };
    case 'cluster-failed':
      return { ...state, cluster: { kind: 'failed', failure: event.failure } };
  }
}

/** A cluster that did not answer is asked again when somebody does something that may have mended it. */
function triedAgain(cluster: ClusterState): ClusterState {
  return cluster.kind === 'failed' ? { kind: 'unused' } : cluster;
}

/** Other settings (allowed contexts, another registry) need another connection. */
function clusterFor(graph: Graph, { graph: before, cluster }: State): ClusterState {
  const same = before === undefined || sameData(before.cluster, graph.cluster);
  return same ? triedAgain(cluster) : { kind: 'unused' };
}

function startedLoad(tiltfile: TiltfileState, at: number): TiltfileState {
  const causes = tiltfile.pending?.causes ?? [{ kind: 'initial' } as const];
  return {
    ...tiltfile,
    loads: tiltfile.loads + 1,
    pending: undefined,
    load: { kind: 'loading', startedAt: at, causes },
  };
}

function currentLoad(tiltfile: TiltfileState, at: number) {
  return tiltfile.load.kind === 'loading' ? tiltfile.load : { startedAt: at, causes: [{ kind: 'initial' } as const] };
}

function filesChanged(state: State, id: string, paths: readonly string[], at: number): State {
  const cause = { kind: 'files', paths: [...new Set(paths)] } as const;
  if (id === TILTFILE_ID) {
    return { ...state, tiltfile: { ...state.tiltfile, pending: withCause(state.tiltfile.pending, cause, at) } };
  }
  const row = state.resources.get(id);
  if (row === undefined) return withSeenFiles(state, id, cause.paths, at);
  // The first update takes the files as they are.
  const initial = row.pending?.causes.some((known) => known.kind === 'initial') ?? false;
  const resources = initial
    ? state.resources
    : state.resources.with(id, { ...row, pending: withCause(row.pending, cause, at) });
  return { ...state, resources, images: withStaleImages(state.images, row.resource, cause.paths) };
}
