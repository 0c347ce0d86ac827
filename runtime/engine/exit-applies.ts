import { apiKey } from '../state/api-state.ts';
import { failure } from '../state/failure.ts';
import type { State } from '../state/state.ts';
import { plannedApplies } from './cluster-object-plan.ts';
import type { ExitReason } from './exit-decision.ts';

// What a `ci` session has to do with applies that the Tiltfile makes as objects of the API. Those of clients are theirs alone.

/** Those that are still to come to their end, each with what it waits for. */
export function unfinishedApplies(state: State): readonly ExitReason[] {
  return applies(state).flatMap((plan) => {
    const known = state.api.applies.get(plan.name);
    if (plan.kind === 'apply' && known?.run === plan.run && known.endedAt !== undefined) return [];
    const why = plan.kind === 'wait' ? 'an image that it names is not built' : 'it is not applied yet';
    return [{ resource: plan.name, failure: failure('apply', `kubernetes_apply "${plan.name}": ${why}`) }];
  });
}

/** Those that failed. */
export function applyProblems(state: State): readonly ExitReason[] {
  return applies(state).flatMap(({ name }) => {
    const problem = state.api.applies.get(name)?.failure;
    return problem === undefined ? [] : [{ resource: name, failure: problem }];
  });
}

/** Whether there are any that are not switched off. */
export function hasApplies(state: State): boolean {
  return applies(state).length > 0;
}

function applies(state: State) {
  return plannedApplies(state).flatMap((plan) => (plan.kind !== 'off' && isDeclared(plan.name, state) ? [plan] : []));
}

function isDeclared(name: string, { api }: State): boolean {
  return api.objects.get(apiKey('kubernetesapplys', name))?.by === 'tiltfile';
}
