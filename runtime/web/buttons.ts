import type { UiButton } from './wire.ts';

const KIND = 'tilt.dev/uibutton-type';
const NONE: readonly UiButton[] = [];
type Buttons = ReadonlyMap<string, UiButton>;

/** Buttons by the resource at which they stand, of one state of the page. */
const byResource = new WeakMap<Buttons, ReadonlyMap<string, readonly UiButton[]>>();

/** The buttons at the top of the page. */
export function globalButtons(buttons: Buttons): readonly UiButton[] {
  return [...buttons.values()].filter(({ spec }) => spec?.location?.componentType?.toLowerCase() === 'global');
}

/** What people and extensions put beside a resource. */
export function resourceButtons(buttons: Buttons, resource: string): readonly UiButton[] {
  return buttonsOf(buttons, resource).filter(({ metadata }) => !isOwn(metadata.annotations?.[KIND]));
}

/** The button by which the program switches a resource off or on. */
export function disableButton(buttons: Buttons, resource: string): UiButton | undefined {
  return buttonsOf(buttons, resource).find(({ metadata }) => metadata.annotations?.[KIND] === 'DisableToggle');
}

/** The button by which an update that runs is ended. */
export function stopButton(buttons: Buttons, resource: string): UiButton | undefined {
  return buttonsOf(buttons, resource).find(({ metadata }) => metadata.annotations?.[KIND] === 'StopBuild');
}

/** All buttons of a resource; the same list as long as the buttons are the same. */
export function buttonsOf(buttons: Buttons, resource: string): readonly UiButton[] {
  let known = byResource.get(buttons);
  if (known === undefined) {
    const made = new Map<string, UiButton[]>();
    for (const button of buttons.values()) {
      const { componentType = '', componentID = '' } = button.spec?.location ?? {};
      if (componentType.toLowerCase() !== 'resource') continue;
      const there = made.get(componentID);
      if (there === undefined) made.set(componentID, [button]);
      else there.push(button);
    }
    byResource.set(buttons, made);
    known = made;
  }
  return known.get(resource) ?? NONE;
}

function isOwn(kind: string | undefined): boolean {
  return kind === 'DisableToggle' || kind === 'StopBuild';
}
