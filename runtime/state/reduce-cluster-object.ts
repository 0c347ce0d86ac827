import { type ApiState, apiKey, type OwnObject } from './api-state.ts';
import type { SessionEvent } from './event.ts';

export type ClusterObjectEvent = Extract<
  SessionEvent,
  { kind: 'apply-started' | 'apply-ended' | 'apply-dropped' | 'pods-discovered' | 'object-forward-changed' }
>;

/** What becomes of the objects of the API that do something in the cluster. News of those that are gone are of no use. */
export function reduceClusterObject(api: ApiState, event: ClusterObjectEvent): ApiState {
  switch (event.kind) {
    case 'apply-started': {
      const { apply, run, at } = event;
      if (!api.objects.has(apiKey('kubernetesapplys', apply))) return api;
      const deployed = api.applies.get(apply)?.deployed;
      const now = { run, startedAt: at, endedAt: undefined, failure: undefined, deployed };
      return { ...api, applies: new Map(api.applies).set(apply, now) };
    }
    case 'apply-ended': {
      const { apply, run, at, result } = event;
      const before = api.applies.get(apply);
      if (before?.run !== run) return api;
      const now = result.ok
        ? { ...before, endedAt: at, deployed: result.value }
        : { ...before, endedAt: at, failure: result.failure };
      return { ...api, applies: new Map(api.applies).set(apply, now) };
    }
    case 'apply-dropped':
      return { ...api, applies: without(api.applies, event.apply) };
    case 'pods-discovered': {
      const { discovery, pods, at } = event;
      if (pods === undefined) return { ...api, discoveries: without(api.discoveries, discovery) };
      if (!isThere(api, discovery)) return api;
      const startedAt = api.discoveries.get(discovery)?.startedAt ?? at;
      return { ...api, discoveries: new Map(api.discoveries).set(discovery, { startedAt, pods }) };
    }
    case 'object-forward-changed': {
      const { owner, forward, now } = event;
      if (now === undefined && !api.forwards.has(owner)) return api;
      const forwards = [...(api.forwards.get(owner) ?? [])];
      // Once the port is open, a failure is that of one connection: it is in the log.
      if (now?.kind === 'failed' && forwards[forward]?.kind === 'listening') return api;
      while (forwards.length <= forward) forwards.push(undefined);
      forwards[forward] = now;
      return { ...api, forwards: new Map(api.forwards).set(owner, forwards) };
    }
  }
}

/** Without what is known of an object that is gone. */
export function withoutClusterObject(api: ApiState, { resource, name }: OwnObject): ApiState {
  switch (resource) {
    case 'kubernetesapplys':
    case 'kubernetesdiscoveries':
      return {
        ...api,
        applies: resource === 'kubernetesapplys' ? without(api.applies, name) : api.applies,
        discoveries: without(api.discoveries, name),
        forwards: without(api.forwards, apiKey('kubernetesdiscoveries', name)),
      };
    case 'portforwards':
      return { ...api, forwards: without(api.forwards, apiKey(resource, name)) };
    default:
      return api;
  }
}

function isThere(api: ApiState, discovery: string): boolean {
  return ['kubernetesapplys', 'kubernetesdiscoveries'].some((resource) => api.objects.has(apiKey(resource, discovery)));
}

function without<T>(map: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> {
  if (!map.has(name)) return map;
  const rest = new Map(map);
  rest.delete(name);
  return rest;
}
