import { focusRow, press, type Shortcut, tickRow } from './keys.ts';
import { go, type Place } from './routes.ts';

export type DialogName = 'keys' | 'args' | 'cluster';

/** What keys do here: Tilt's, and a few more. */
export function shortcutsOf(
  names: readonly string[],
  { route }: Place,
  open: (dialog: DialogName) => void,
): readonly Shortcut[] {
  const step = (by: number) => {
    if (route.view === 'overview') {
      focusRow(by);
      return;
    }
    const at = route.view === 'resource' ? names.indexOf(route.name) : -1;
    const name = names[(at < 0 ? (by > 0 ? 0 : -1) : at + by + names.length) % names.length] ?? names.at(-1);
    if (name !== undefined) go({ view: 'resource', name });
  };
  return [
    { key: '/', words: 'Search or filter', run: () => press('search') },
    { key: 'j', words: 'Next resource', run: () => step(1) },
    { key: 'k', words: 'Previous resource', run: () => step(-1) },
    { key: 'x', words: 'Tick the resource of the row', run: tickRow },
    { key: 'r', words: 'Update the resource', run: () => press('trigger') },
    { key: 'o', words: 'All resources', run: () => go({ view: 'overview' }) },
    { key: 'l', words: 'All logs', run: () => go({ view: 'logs' }) },
    { key: 'a', words: 'Alerts', run: () => go({ view: 'alerts' }) },
    { key: 'g', words: 'Graph', run: () => go({ view: 'graph' }) },
    { key: 't', words: 'Timeline', run: () => go({ view: 'timeline' }) },
    { key: 'f', words: 'Follow the log', run: () => press('follow') },
    { key: 'Backspace', ctrl: true, words: 'Clear the log', run: () => press('clear') },
    { key: 's', words: 'Save a snapshot', run: () => press('snapshot') },
    {
      key: '1',
      shift: true,
      shown: 'Shift 1, 2, …',
      words: 'Open a link of the resource',
      run: (event) => document.querySelectorAll<HTMLElement>('main [data-endpoint]')[digitOf(event) - 1]?.click(),
    },
    { key: '?', words: 'These keys', run: () => open('keys') },
  ];
}

function digitOf({ code }: KeyboardEvent): number {
  return Number(/^Digit(\d)$/.exec(code)?.[1] ?? 0);
}
