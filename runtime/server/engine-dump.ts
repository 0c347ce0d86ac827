import { schedule } from '../engine/schedule.ts';
import type { State } from '../state/state.ts';

/** The state of a session as JSON, for people who look for a fault; its shape may change with each version. */
export function engineDump(state: State): object {
  const { resources, images, enabledByHand, triggersByHand, api, ...rest } = state;
  return {
    ...rest,
    resources: Object.fromEntries([...resources].map((row) => [row.resource.name, row])),
    holds: Object.fromEntries(schedule(state).holds),
    images: Object.fromEntries(images),
    enabledByHand: Object.fromEntries(enabledByHand),
    triggersByHand: Object.fromEntries(triggersByHand),
    api: Object.fromEntries(Object.entries(api).map(([name, map]) => [name, Object.fromEntries(map)])),
  };
}
