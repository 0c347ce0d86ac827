import type { Graph } from '../../stdlib/model/graph.ts';
import { readinessOf } from '../../stdlib/model/readiness.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import type { SessionEvent } from '../state/event.ts';
import { initialState, reduce } from '../state/reduce.ts';
import { hasRuntime } from '../state/resource-status.ts';
import type { State } from '../state/state.ts';
import { nextStarts, type Start } from './schedule.ts';

/**
 * The names of the resources that start by themselves, in the order in which the scheduler starts them when everything takes as long
 * as everything else: those of one list start together, the next ones when these are ready. What is in no list waits for somebody
 * to trigger it, or depends on such a resource.
 */
export function startOrder(graph: Graph): readonly (readonly string[])[] {
  const resources = new Map(graph.resources.map((resource) => [resource.name, resource]));
  let state = [
    { kind: 'tiltfile-load-started' } as const,
    { kind: 'tiltfile-loaded', graph } as const,
    CONNECTED,
  ].reduce(happen, initialState(0));
  const order: (readonly string[])[] = [];
  for (let starts = nextStarts(state); starts.length > 0; starts = nextStarts(state)) {
    order.push(starts.map(({ resource }) => resource));
    for (const start of starts) {
      const resource = resources.get(start.resource);
      if (resource === undefined)
        throw new Error(`the scheduler starts "${start.resource}", which is not in the graph`);
      state = wholeLife(start, resource, state.updatesStarted + 1).reduce(happen, state);
    }
  }
  return order;
}

type Untimed<T> = T extends SessionEvent ? Omit<T, 'at'> : never;

function happen(state: State, event: Untimed<SessionEvent>): State {
  return reduce(state, { at: 0, ...event } as SessionEvent);
}

const CONNECTED: Untimed<SessionEvent> = {
  kind: 'cluster-connected',
  info: { context: '', namespace: '', product: 'unknown', version: '', platform: '', destination: { kind: 'engine' } },
};

/** All that happens to a resource from its start until it is ready. */
function wholeLife({ causes, images }: Start, resource: Resource, update: number): readonly Untimed<SessionEvent>[] {
  const who = { resource: resource.name, update };
  return [
    { kind: 'update-started', ...who, causes, images, isLive: false, instead: '' },
    ...images.map((ref) => ({ kind: 'image-built', ...who, image: { ref, localRef: ref, clusterRef: ref } }) as const),
    ...success(resource, update),
  ];
}

function success(resource: Resource, update: number): readonly Untimed<SessionEvent>[] {
  const who = { resource: resource.name, update };
  switch (resource.kind) {
    case 'local': {
      const updated = { kind: 'update-succeeded', ...who, deployed: undefined } as const;
      return hasRuntime(resource)
        ? [updated, { kind: 'server-readiness', ...who, ready: true, reason: '' }]
        : [updated];
    }
    case 'kubernetes': {
      const status = readinessOf(resource) === 'succeeded' ? 'succeeded' : 'ready';
      const report = { state: { status }, podName: '', podStatus: '', restarts: 0 } as const;
      return [
        { kind: 'update-succeeded', ...who, deployed: { resource: resource.name, objects: [] } },
        ...(hasRuntime(resource) ? [{ kind: 'workload-changed', ...who, report } as const] : []),
      ];
    }
    case 'compose': {
      const status = resource.runsToEnd ? 'succeeded' : 'ready';
      const report = { state: { status }, podName: '', podStatus: '', restarts: 0 } as const;
      return [
        { kind: 'update-succeeded', ...who, deployed: undefined },
        { kind: 'workload-changed', ...who, report },
      ];
    }
  }
}
