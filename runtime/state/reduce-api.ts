import type { Graph } from '../../stdlib/model/graph.ts';
import {
  type ApiState,
  apiKey,
  type CommandState,
  isOfExtensions,
  type OwnObject,
  ownWatchId,
  type SeenFiles,
} from './api-state.ts';
import { withCause } from './cause.ts';
import type { SessionEvent } from './event.ts';
import { type ClusterObjectEvent, reduceClusterObject, withoutClusterObject } from './reduce-cluster-object.ts';
import { sameData } from './same-data.ts';
import type { State } from './state.ts';

type ApiEvent =
  | ClusterObjectEvent
  | Extract<
      SessionEvent,
      {
        kind:
          | 'object-put'
          | 'object-removed'
          | 'button-clicked'
          | 'command-started'
          | 'command-readiness'
          | 'command-ended';
      }
    >;

/** How many changes of a file watch are remembered. */
const FILE_EVENTS = 20;

export function reduceApi(state: State, event: ApiEvent): State {
  const api = changed(state.api, event);
  if (api === state.api) return state;
  const isPut = event.kind === 'object-put';
  const resource = isPut ? event.object.resource : event.kind === 'object-removed' ? event.resource : '';
  if (!isOfExtensions(resource)) return { ...state, api };
  const { tiltfile } = state;
  const pending = withCause(tiltfile.pending, { kind: 'extensions' }, event.at);
  return { ...state, api, tiltfile: { ...tiltfile, pending } };
}

function changed(api: ApiState, event: ApiEvent): ApiState {
  switch (event.kind) {
    case 'object-put': {
      const key = apiKey(event.object.resource, event.object.name);
      const before = api.objects.get(key);
      const { by = 'client', createdAt = event.at } = before ?? {};
      const object = { ...event.object, by, createdAt };
      return sameData(before, object) ? api : { ...api, objects: new Map(api.objects).set(key, object) };
    }
    case 'object-removed': {
      const key = apiKey(event.resource, event.name);
      const object = api.objects.get(key);
      return object === undefined ? api : withoutObjects(api, [object]);
    }
    case 'button-clicked': {
      const click = { at: event.at, stamp: event.stamp, inputs: event.inputs };
      return { ...api, clicks: new Map(api.clicks).set(event.button, click) };
    }
    case 'command-started': {
      const { run, pid, at } = event;
      return withCommand(api, event.command, { kind: 'running', run, pid, startedAt: at, ready: false });
    }
    case 'command-readiness': {
      const command = api.commands.get(event.command);
      if (command?.kind !== 'running' || command.run !== event.run || command.ready === event.ready) return api;
      return withCommand(api, event.command, { ...command, ready: event.ready });
    }
    case 'command-ended': {
      const { run, exitCode, reason, at } = event;
      const command = api.commands.get(event.command);
      // One that could not be started was never told of before.
      const known = command?.kind === 'running' && command.run === run ? command : { startedAt: at, pid: 0 };
      const { startedAt, pid } = known;
      return withCommand(api, event.command, { kind: 'ended', run, startedAt, endedAt: at, pid, exitCode, reason });
    }
    default:
      return reduceClusterObject(api, event);
  }
}

/** What is known of a command that is gone is of no use, but that it is stopped is told after it is. */
function withCommand(api: ApiState, name: string, command: CommandState): ApiState {
  if (!api.objects.has(apiKey('cmds', name))) return api;
  return { ...api, commands: new Map(api.commands).set(name, command) };
}

/** Changes of the files of a file watch that somebody made. */
export function withSeenFiles(state: State, id: string, paths: readonly string[], at: number): State {
  const { api } = state;
  for (const object of api.objects.values()) {
    if (object.resource !== 'filewatches' || ownWatchId(object.name) !== id) continue;
    const before: SeenFiles = api.watches.get(object.name) ?? { events: [] };
    const events = [...before.events.slice(-(FILE_EVENTS - 1)), { at, paths }];
    return { ...state, api: { ...api, watches: new Map(api.watches).set(object.name, { events }) } };
  }
  return state;
}

/** The objects of a new graph in place of those of the one before. What clients made stays. */
export function adoptObjects(api: ApiState, graph: Graph, at: number): ApiState {
  const declared = new Map<string, OwnObject>();
  for (const { resource, name, labels, annotations, body } of graph.apiObjects) {
    const key = apiKey(resource, name);
    const before = api.objects.get(key);
    const createdAt = before?.createdAt ?? at;
    const object: OwnObject = { resource, name, labels, annotations, body, by: 'tiltfile', createdAt };
    declared.set(key, before !== undefined && sameObject(before, object) ? before : object);
  }
  const left = [...api.objects].flatMap(([key, object]) =>
    object.by === 'tiltfile' && !declared.has(key) ? [object] : [],
  );
  const same = left.length === 0 && [...declared].every(([key, object]) => api.objects.get(key) === object);
  if (same) return api;
  const kept = withoutObjects(api, left);
  const objects = new Map(kept.objects);
  for (const [key, object] of declared) objects.set(key, object);
  return { ...kept, objects };
}

/** Who wrote it does not matter. */
function sameObject({ managers: _, ...before }: OwnObject, object: OwnObject): boolean {
  return sameData(before, object);
}

function withoutObjects(api: ApiState, gone: readonly OwnObject[]): ApiState {
  if (gone.length === 0) return api;
  const objects = new Map(api.objects);
  const clicks = new Map(api.clicks);
  const watches = new Map(api.watches);
  const commands = new Map(api.commands);
  for (const { resource, name } of gone) {
    objects.delete(apiKey(resource, name));
    if (resource === 'uibuttons') clicks.delete(name);
    if (resource === 'filewatches') watches.delete(name);
    if (resource === 'cmds') commands.delete(name);
  }
  return gone.reduce(withoutClusterObject, { ...api, objects, clicks, watches, commands });
}
