import { type OwnObject, ownObjects } from '../../state/api-state.ts';
import { record } from '../../state/fields.ts';
import type { State } from '../../state/state.ts';
import { toggleOf } from '../../state/toggles.ts';
import { clickStatusOf } from './click-status.ts';
import { TOGGLE_INPUT, TOGGLE_OFF, TOGGLE_ON } from './disable.ts';
import { ownProjector } from './own.ts';
import type { Projector } from './projected.ts';

// Toggle buttons that clients made, and the buttons of the page that stand for them.

export const ownToggleButtons: Projector = (world) =>
  ownProjector('togglebuttons', (object) => ({ error: toggleOf(object, world.state).error }))(world);

export const ownToggleFaces: Projector = function* ({ state }) {
  for (const object of ownObjects(state.api, 'togglebuttons')) {
    const name = faceName(object.name);
    const type = object.annotations[BUTTON_TYPE];
    yield {
      name,
      createdAt: object.createdAt,
      ...(type !== undefined && { annotations: { [BUTTON_TYPE]: type } }),
      body: { spec: faceSpec(object, state), status: clickStatusOf({ name }, state.api) },
    };
  }
};

const BUTTON_TYPE = 'tilt.dev/uibutton-type';

/** The button of the page for a toggle button. */
export function faceName(toggleButton: string): string {
  return `toggle-${toggleButton}`;
}

function faceSpec(object: OwnObject, state: State): object {
  const { location, on, off } = record(object.body.spec);
  const { isOn } = toggleOf(object, state);
  const inputs = [{ name: TOGGLE_INPUT, label: '', hidden: { value: isOn ? TOGGLE_OFF : TOGGLE_ON } }];
  return { location, ...record(isOn ? on : off), inputs };
}
