import type { Key } from './key-input.ts';

/** What the person at the terminal has chosen. */
export interface View {
  /** Name of the resource that keys act on; `undefined` as long as there is none. */
  readonly selected: string | undefined;
  /** Whose lines are shown. */
  readonly scope: 'all' | 'selected';
  /** Only lines that hold this text are shown; empty: all. */
  readonly filter: string;
  /** The filter that is being typed. */
  readonly typed: string | undefined;
}

/** What a key asks for beside another view. */
export type ViewAction =
  | { readonly kind: 'open-page' | 'stop' | 'suspend' | 'redraw' | 'help' }
  | { readonly kind: 'restart'; readonly resource: string }
  /** Other lines are wanted than before: the newest of them are shown anew. */
  | { readonly kind: 'show-again' };

export interface Pressed {
  readonly view: View;
  readonly action: ViewAction | undefined;
}

export const FIRST_VIEW: View = { selected: undefined, scope: 'all', filter: '', typed: undefined };

/** What becomes of the view, and what there is to do, when a key is pressed; `names` are those of all resources, in order. */
export function press(view: View, key: Key, names: readonly string[]): Pressed {
  if (key.kind === 'interrupt') return { view, action: { kind: 'stop' } };
  if (key.kind === 'suspend') return { view, action: { kind: 'suspend' } };
  if (key.kind === 'redraw') return { view, action: { kind: 'redraw' } };
  return view.typed === undefined ? command(view, key, names) : typing(view, view.typed, key);
}

/** The selection stays on what is there. */
export function withNames(view: View, names: readonly string[]): View {
  if (view.selected !== undefined && names.includes(view.selected)) return view;
  const selected = names[0];
  return selected === view.selected ? view : { ...view, selected, scope: selected === undefined ? 'all' : view.scope };
}

function command(view: View, key: Key, names: readonly string[]): Pressed {
  switch (key.kind) {
    case 'up':
    case 'previous':
      return select(view, names, -1);
    case 'down':
    case 'next':
      return select(view, names, 1);
    case 'escape':
      if (view.filter === '' && view.scope === 'all') return { view, action: undefined };
      return shown({ ...view, filter: '', scope: 'all' });
    case 'end':
      return { view, action: { kind: 'stop' } };
    case 'text':
      return letter(view, key.text);
    default:
      return { view, action: undefined };
  }
}

function letter(view: View, text: string): Pressed {
  switch (text) {
    case ' ':
      return { view, action: { kind: 'open-page' } };
    case 's':
      if (view.selected === undefined) return { view, action: undefined };
      return shown({ ...view, scope: view.scope === 'all' ? 'selected' : 'all' });
    case 'r':
      return { view, action: view.selected === undefined ? undefined : { kind: 'restart', resource: view.selected } };
    case '/':
      return { view: { ...view, typed: '' }, action: undefined };
    case 'q':
      return { view, action: { kind: 'stop' } };
    case '?':
    case 'h':
      return { view, action: { kind: 'help' } };
    default:
      return { view, action: undefined };
  }
}

function select(view: View, names: readonly string[], step: number): Pressed {
  if (names.length === 0) return { view, action: undefined };
  const at = view.selected === undefined ? -1 : names.indexOf(view.selected);
  const selected = names[(at + step + names.length) % names.length];
  const moved = { ...view, selected };
  return view.scope === 'selected' && selected !== view.selected ? shown(moved) : { view: moved, action: undefined };
}

function typing(view: View, typed: string, key: Key): Pressed {
  switch (key.kind) {
    case 'enter': {
      const next = { ...view, filter: typed, typed: undefined };
      return typed === view.filter ? { view: next, action: undefined } : shown(next);
    }
    case 'escape':
      return { view: { ...view, typed: undefined }, action: undefined };
    case 'backspace':
      // A character is more than a code unit; without any left, the key ends the typing.
      if (typed === '') return { view: { ...view, typed: undefined }, action: undefined };
      return { view: { ...view, typed: [...typed].slice(0, -1).join('') }, action: undefined };
    case 'clear':
      return { view: { ...view, typed: '' }, action: undefined };
    case 'text':
      return { view: { ...view, typed: typed + key.text }, action: undefined };
    default:
      return { view, action: undefined };
  }
}

function shown(view: View): Pressed {
  return { view, action: { kind: 'show-again' } };
}
