import type { UiButton } from './wire.ts';

const KIND = 'tilt.dev/uibutton-type';

/** Buttons by where they stand. */
export function buttonsAt(
  buttons: ReadonlyMap<string, UiButton>,
  type: 'Global' | 'Resource',
  id: string,
): readonly UiButton[] {
  return [...buttons.values()].filter(
    ({ spec, metadata }) =>
      spec?.location?.componentType === type &&
      (type === 'Global' || spec.location.componentID === id) &&
      !isOwn(metadata.annotations),
  );
}

/** The button by which the program switches a resource off or on. */
export function disableButton(buttons: ReadonlyMap<string, UiButton>, resource: string): UiButton | undefined {
  return ofKind(buttons, resource, 'DisableToggle');
}

/** The button by which an update that runs is ended. */
export function stopButton(buttons: ReadonlyMap<string, UiButton>, resource: string): UiButton | undefined {
  return ofKind(buttons, resource, 'StopBuild');
}

function ofKind(buttons: ReadonlyMap<string, UiButton>, resource: string, kind: string): UiButton | undefined {
  for (const button of buttons.values()) {
    const isHere = button.spec?.location?.componentID === resource;
    if (isHere && button.metadata.annotations?.[KIND] === kind) return button;
  }
  return undefined;
}

function isOwn(annotations: Readonly<Record<string, string>> | undefined): boolean {
  const kind = annotations?.[KIND];
  return kind === 'DisableToggle' || kind === 'StopBuild';
}
