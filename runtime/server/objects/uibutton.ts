import type { ApiState } from '../../state/api-state.ts';
import { TILTFILE_RESOURCE, type UIButtonSpec } from '../wire.ts';
import { clickStatusOf } from './click-status.ts';
import { TOGGLE_INPUT, TOGGLE_OFF, TOGGLE_ON, toggleName } from './disable.ts';
import { both, ownProjector } from './own.ts';
import { declaredAt, type Entry, type Projected, perEntry, resourceAnnotations, type World } from './projected.ts';
import { ownToggleFaces } from './toggle-buttons.ts';

export function stopName(resource: string): string {
  return `${resource}-stopbuild`;
}

const resourceButtons = perEntry(
  ({ resource: { name }, row }: Entry, world) => [
    button(toggleName(name), toggleSpec(name, row === undefined), { 'tilt.dev/uibutton-type': 'DisableToggle' }, world),
    button(stopName(name), stopSpec(name), { 'tilt.dev/uibutton-type': 'StopBuild' }, world),
  ],
  ({ resource: { name } }, { state: { api } }) =>
    `${api.clicks.get(toggleName(name))?.stamp ?? ''} ${api.clicks.get(stopName(name))?.stamp ?? ''}`,
);

/** The buttons that each resource has, and those that somebody made. */
export const uiButtons = both(
  function* (world) {
    yield stopTiltfile(world);
  },
  resourceButtons,
  ownProjector('uibuttons', clickStatusOf),
  ownToggleFaces,
);

let tiltfileButton: { readonly clicks: ApiState['clicks']; readonly made: Projected } | undefined;

function stopTiltfile(world: World): Projected {
  const { clicks } = world.state.api;
  if (tiltfileButton?.clicks !== clicks || tiltfileButton.made.createdAt !== world.state.startedAt) {
    const spec = stopSpec(TILTFILE_RESOURCE);
    const made = button(stopName(TILTFILE_RESOURCE), spec, { 'tilt.dev/uibutton-type': 'StopBuild' }, world);
    tiltfileButton = { clicks, made: { ...made, createdAt: world.state.startedAt } };
  }
  return tiltfileButton.made;
}

function button(
  name: string,
  spec: UIButtonSpec,
  annotations: Readonly<Record<string, string>>,
  world: World,
): Projected {
  return {
    name,
    createdAt: declaredAt(world),
    owned: true,
    annotations: resourceAnnotations(spec.location.componentID, annotations),
    body: { spec, status: clickStatusOf({ name }, world.state.api) },
  };
}

function toggleSpec(resource: string, isDisabled: boolean): UIButtonSpec {
  return {
    location: { componentID: resource, componentType: 'Resource' },
    text: isDisabled ? 'Enable Resource' : 'Disable Resource',
    ...(isDisabled ? {} : { requiresConfirmation: true }),
    inputs: [{ name: TOGGLE_INPUT, label: '', hidden: { value: isDisabled ? TOGGLE_OFF : TOGGLE_ON } }],
  };
}

function stopSpec(resource: string): UIButtonSpec {
  return {
    location: { componentID: resource, componentType: 'Resource' },
    text: 'Stop Build',
    iconName: 'cancel',
  };
}
