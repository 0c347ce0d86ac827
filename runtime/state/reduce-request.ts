import { withCause } from './cause.ts';
import type { SessionEvent } from './event.ts';
import { withEnabled, withGraph } from './reduce-graph.ts';
import { sameData } from './same-data.ts';
import type { State } from './state.ts';

type RequestEvent = Extract<SessionEvent, { kind: 'resources-enabled' | 'trigger-mode-set' | 'args-changed' }>;

/** What somebody asked for while the session runs. */
export function reduceRequest(state: State, event: RequestEvent): State {
  switch (event.kind) {
    case 'resources-enabled': {
      const enabled = new Set(state.graph?.enabled);
      const changed = event.names.filter((name) => enabled.has(name) !== event.enabled && isDeclared(state, name));
      if (state.graph === undefined || changed.length === 0) return state;
      const enabledByHand = new Map(state.enabledByHand);
      for (const name of changed) enabledByHand.set(name, event.enabled);
      return withGraph({ ...state, enabledByHand }, withEnabled(state.graph, enabledByHand), event.at);
    }
    case 'trigger-mode-set': {
      const names = event.names.filter((name) => isDeclared(state, name));
      if (state.graph === undefined || names.length === 0) return state;
      const triggersByHand = new Map(state.triggersByHand);
      for (const name of names) triggersByHand.set(name, event.trigger);
      return withGraph({ ...state, triggersByHand }, state.graph, event.at);
    }
    case 'args-changed': {
      const { tiltfile } = state;
      if (sameData(tiltfile.args, event.args)) return state;
      const pending = withCause(tiltfile.pending, { kind: 'args' }, event.at);
      return { ...state, tiltfile: { ...tiltfile, args: event.args, pending } };
    }
  }
}

function isDeclared({ graph }: State, name: string): boolean {
  return graph?.resources.some((resource) => resource.name === name) ?? false;
}
