import type { ApiState, Click } from '../../state/api-state.ts';
import type { UIButtonStatus, UIInputStatus } from '../wire.ts';
import { perThing } from './own.ts';

const NEVER: UIButtonStatus = { lastClickedAt: null };

const clickStatus = perThing(
  ({ stamp, inputs }: Click): UIButtonStatus => ({
    lastClickedAt: stamp,
    // As they were checked when they came.
    ...(inputs.length === 0 ? {} : { inputs: inputs as unknown as readonly UIInputStatus[] }),
  }),
);

/** How a button was clicked last. */
export function clickStatusOf({ name }: { readonly name: string }, { clicks }: ApiState): UIButtonStatus {
  const click = clicks.get(name);
  return click === undefined ? NEVER : clickStatus(click);
}
