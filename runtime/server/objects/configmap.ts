import type { State } from '../../state/state.ts';
import { microTime } from '../time.ts';
import { disableConfigMaps } from './disable.ts';
import { both, ownProjector } from './own.ts';
import type { Projected, Projector, World } from './projected.ts';

export const TRIGGER_QUEUE = 'tilt-trigger-queue';

let known: { readonly triggers: State['triggers']; readonly made: Projected } | undefined;

/** Who waits for an update that somebody asked for. */
const triggerQueue: Projector = function* (world) {
  const { triggers, startedAt } = world.state;
  if (known?.triggers !== triggers || known.made.createdAt !== startedAt) {
    known = { triggers, made: makeTriggerQueue(world) };
  }
  yield known.made;
};

function makeTriggerQueue({ state }: World): Projected {
  const data: Record<string, string> = {};
  for (const [index, name] of state.triggers.entries()) {
    data[`${index}-name`] = name;
    const pending = state.resources.get(name)?.pending;
    const trigger = pending?.causes.find(({ kind }) => kind === 'trigger');
    data[`${index}-reason-code`] = trigger?.kind === 'trigger' && trigger.from === 'cli' ? '32' : '16';
    if (pending !== undefined) data[`${index}-since`] = microTime(pending.since);
  }
  return { name: TRIGGER_QUEUE, createdAt: state.startedAt, body: { data } };
}

export const configMaps = both(triggerQueue, disableConfigMaps, ownProjector('configmaps'));
