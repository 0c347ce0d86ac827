import type { DisableSource } from '../wire.ts';
import { declaredAt, type Projected, perEntry, resourceAnnotations } from './projected.ts';

// What switches a resource on and off: a config map with one entry, a toggle button that writes it, and the button of the page for it.

export const DISABLE_KEY = 'isDisabled';

export function disableName(resource: string): string {
  return `${resource}-disable`;
}

export function toggleName(resource: string): string {
  return `toggle-${disableName(resource)}`;
}

export function disableSource(resource: string): DisableSource {
  return { configMap: { name: disableName(resource), key: DISABLE_KEY } };
}

export const disableConfigMaps = perEntry(({ resource, row }, world): readonly Projected[] => [
  {
    name: disableName(resource.name),
    createdAt: declaredAt(world),
    owned: true,
    body: { data: { [DISABLE_KEY]: String(row === undefined) } },
  },
]);

const DISABLE_TOGGLE = { 'tilt.dev/uibutton-type': 'DisableToggle' };

export const resourceToggles = perEntry(({ resource: { name } }, world): readonly Projected[] => [
  {
    name: disableName(name),
    createdAt: declaredAt(world),
    owned: true,
    annotations: resourceAnnotations(name, DISABLE_TOGGLE),
    body: {
      spec: {
        location: { componentID: name, componentType: 'Resource' },
        on: { text: 'Enable Resource' },
        off: { text: 'Disable Resource', requiresConfirmation: true },
        defaultOn: false,
        stateSource: { configMap: { name: disableName(name), key: DISABLE_KEY, onValue: 'true', offValue: 'false' } },
      },
      status: { error: '' },
    },
  },
]);

/** The hidden input by which a click says what it wants: two clicks of two people do not undo each other. */
export const TOGGLE_INPUT = 'action';
export const TOGGLE_ON = 'on';
export const TOGGLE_OFF = 'off';
