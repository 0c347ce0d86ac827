import type { LogStore } from '../state/log-store.ts';
import type { State } from '../state/state.ts';

/** Says in their logs which resources were switched off by hand; answers whether there are some. */
export function tellDisabled(before: State, state: State, store: LogStore): boolean {
  if (before.enabledByHand === state.enabledByHand) return false;
  const switched = [...state.enabledByHand.keys()];
  const names = switched.filter((name) => before.resources.has(name) && !state.resources.has(name));
  for (const resource of names) {
    const log = store.open({ resource, source: 'build', span: `disable:${resource}` });
    log.write(`Resource "${resource}" is disabled. Enable it on the page, or with: tilt-ts enable ${resource}\n`);
    log.end();
  }
  return names.length > 0;
}
