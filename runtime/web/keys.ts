import { useLayoutEffect } from 'preact/hooks';

export interface Shortcut {
  readonly key: string;
  /** With Ctrl, or Command on a Mac. */
  readonly ctrl?: boolean;
  /** With Shift and any digit. */
  readonly shift?: boolean;
  /** Instead of the key, where it is told of. */
  readonly shown?: string;
  readonly words: string;
  run(event: KeyboardEvent): void;
}

/** Lets keys do something, except where they are text, and behind a dialog. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.altKey || event.defaultPrevented || isText(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const shortcut = shortcuts.find((one) => fits(one, event));
      if (shortcut === undefined) return;
      event.preventDefault();
      shortcut.run(event);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [shortcuts]);
}

function fits({ key, ctrl = false, shift = false }: Shortcut, event: KeyboardEvent): boolean {
  if (ctrl !== (event.ctrlKey || event.metaKey)) return false;
  return shift ? event.shiftKey && /^Digit[1-9]$/.test(event.code) : event.key === key;
}

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isTicked = target instanceof HTMLInputElement && target.type === 'checkbox';
  return !isTicked && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Puts the focus on the control that is marked so, or clicks it. */
export function press(key: string): void {
  const element = document.querySelector<HTMLElement>(`main [data-key="${key}"], header [data-key="${key}"]`);
  if (element instanceof HTMLInputElement && element.type === 'search') {
    element.focus();
    element.select();
  } else element?.click();
}

const currentRow = () => document.activeElement?.closest<HTMLElement>('tr.row') ?? undefined;

/** Moves the focus to the resource of the next row, or of the one before. */
export function focusRow(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('tr.row')];
  const row = currentRow();
  const next = row === undefined ? rows[0] : rows[rows.indexOf(row) + by];
  next?.querySelector<HTMLElement>('th a')?.focus();
}

/** Ticks the resource of the row that has the focus. */
export function tickRow(): void {
  currentRow()?.querySelector<HTMLElement>('[data-tick]')?.click();
}
