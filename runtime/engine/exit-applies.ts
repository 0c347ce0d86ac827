import { apiKey } from '../state/api-state.ts';
import type { State } from '../state/state.ts';
import { plannedApplies } from './cluster-object-plan.ts';
import type { ExitReason } from './exit-decision.ts';

// What a `ci` session has to do with applies that the Tiltfile makes as objects of the API. Those of clients are theirs alone.

/** Whether one of them is still to come to its end. */
export function awaitsApplies(state: State): boolean {
  return applies(state).some((plan) => {
    const known = state.api.applies.get(plan.name);
    return plan.kind === 'wait' || known?.run !== plan.run || known.endedAt === undefined;
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
