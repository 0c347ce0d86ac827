// What runs in the page of a report: the log with its search, and the theme. Everything else of the page is plain HTML.

import { piecesOf, plainText } from '../../web/ansi.ts';
import { isBroken, patternOf } from '../../web/line-filter.ts';

/** @typedef {[at: number, resource: number, level: number, text: string]} Line `resource` and `level` are places in the page's lists. */

const HEIGHT = 20;
/** Lines that are drawn above and below what is seen. */
const MARGIN = 30;
const LEVELS = ['debug', 'info', 'warn', 'error'];

/** @template {Element} T @param {string} id @param {new () => T} type */
function part(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${id}.`);
  return found;
}

/** @type {{ names: string[], startedAt: number, leftOut: number }} */
const data = JSON.parse(part('log-head', HTMLScriptElement).textContent ?? '{}');
/** @type {Line[]} */
const lines = [];
// The newest chunk stands first.
for (const chunk of [...document.querySelectorAll('script.log-lines')].reverse()) {
  // One by one: a call takes only so many arguments.
  for (const line of JSON.parse(chunk.textContent ?? '[]')) lines.push(line);
  chunk.remove();
}

const view = part('view', HTMLElement);
const space = part('space', HTMLElement);
const drawn = part('text', HTMLElement);
const search = part('search', HTMLInputElement);
const who = part('who', HTMLSelectElement);
const level = part('level', HTMLSelectElement);
const only = part('only', HTMLInputElement);
const count = part('count', HTMLElement);

/** Places in `lines` of those that are shown. @type {number[]} */
let shown = [];
/** Places in `shown` of those that the search finds. @type {number[]} */
let matches = [];
/** Which of the matches is looked at; -1 for none. */
let here = -1;

/** Whether a text is found, as the page in the browser finds it: by words or /a pattern/, whatever the case. */
function finder() {
  const wanted = search.value;
  if (wanted === '') return undefined;
  search.setCustomValidity(isBroken(wanted) ? 'This is no pattern yet.' : '');
  const pattern = patternOf(wanted);
  return (/** @type {string} */ text) => pattern?.test(text) ?? false;
}

function choose() {
  const resource = who.value === '' ? -1 : Number(who.value);
  const least = Number(level.value);
  const finds = finder();
  shown = [];
  matches = [];
  for (const [index, line] of lines.entries()) {
    if (resource >= 0 && line[1] !== resource) continue;
    if (line[2] < least) continue;
    const isMatch = finds?.(plainText(line[3])) ?? false;
    if (only.checked && finds !== undefined && !isMatch) continue;
    if (isMatch) matches.push(shown.length);
    shown.push(index);
  }
  here = -1;
  space.style.height = `${shown.length * HEIGHT}px`;
  tellCount(finds !== undefined);
  for (const row of document.querySelectorAll('tr[data-resource]')) {
    row.setAttribute('aria-selected', String(row.getAttribute('data-resource') === who.value && who.value !== ''));
  }
  draw();
}

/** @param {boolean} isSearch */
function tellCount(isSearch) {
  const place = here >= 0 ? `${here + 1} of ` : '';
  const found = isSearch ? `${place}${matches.length} ${matches.length === 1 ? 'match' : 'matches'} in ` : '';
  count.textContent = `${found}${shown.length} ${shown.length === 1 ? 'line' : 'lines'}`;
}

function draw() {
  const first = Math.max(0, Math.floor(view.scrollTop / HEIGHT) - MARGIN);
  const last = Math.min(shown.length, Math.ceil((view.scrollTop + view.clientHeight) / HEIGHT) + MARGIN);
  const found = new Set(matches);
  drawn.style.top = `${first * HEIGHT}px`;
  const rows = [];
  for (let place = first; place < last; place++) {
    const line = lines[shown[place] ?? -1];
    if (line !== undefined) rows.push(entry(line, found.has(place), place === matches[here]));
  }
  drawn.replaceChildren(...rows);
}

/** @param {Line} line @param {boolean} isMatch @param {boolean} isHere */
function entry([at, resource, rank, text], isMatch, isHere) {
  const row = document.createElement('div');
  row.className = ['entry', LEVELS[rank], isMatch ? 'match' : '', isHere ? 'here' : ''].join(' ');
  const time = new Date(data.startedAt + at).toISOString().slice(11, 23);
  row.append(span('at', `${time} `), span('who', `${data.names[resource] || 'Tiltfile'} │ `), ...coloured(text));
  return row;
}

/** @param {string} className @param {string} text */
function span(className, text) {
  const made = document.createElement('span');
  made.className = className;
  made.textContent = text;
  return made;
}

/** A text with its colours. @param {string} text */
function coloured(text) {
  return piecesOf(text).map(({ text: piece, look, style }) => {
    const made = span(look, piece);
    if (style !== undefined) made.style.cssText = style;
    return made;
  });
}

/** Looks at the next match, or at the one before. @param {number} by */
function go(by) {
  if (matches.length === 0) return;
  here = here < 0 ? (by > 0 ? 0 : matches.length - 1) : (here + by + matches.length) % matches.length;
  view.scrollTop = Math.max(0, (matches[here] ?? 0) * HEIGHT - view.clientHeight / 2);
  tellCount(true);
  draw();
}

/** @param {string} resource */
function showResource(resource) {
  who.value = resource;
  choose();
  view.scrollTop = 0;
  part('log', HTMLElement).scrollIntoView();
}

function save() {
  const text = shown.map((index) => {
    const [at, resource, , line] = lines[index] ?? [0, 0, 0, ''];
    return `${new Date(data.startedAt + at).toISOString()} ${data.names[resource] || 'Tiltfile'} ${plainText(line)}\n`;
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(text, { type: 'text/plain' }));
  link.download = 'tilt-ts.log';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {string} theme */
function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  const button = part('theme', HTMLButtonElement);
  button.textContent = theme === 'dark' ? 'Light' : 'Dark';
  button.setAttribute('aria-label', theme === 'dark' ? 'Use the light theme' : 'Use the dark theme');
}

let waiting = 0;
search.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(choose, 120);
});
search.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  if (waiting !== 0) {
    clearTimeout(waiting);
    waiting = 0;
    if (here < 0) choose();
  }
  go(event.shiftKey ? -1 : 1);
});
for (const control of [who, level, only]) control.addEventListener('change', choose);
part('next', HTMLButtonElement).addEventListener('click', () => go(1));
part('before', HTMLButtonElement).addEventListener('click', () => go(-1));
part('save', HTMLButtonElement).addEventListener('click', save);
view.addEventListener('scroll', draw, { passive: true });
window.addEventListener('resize', draw);
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button[data-resource]') : null;
  if (button !== null) showResource(button.getAttribute('data-resource') ?? '');
});
part('theme', HTMLButtonElement).addEventListener('click', () =>
  useTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'),
);
useTheme(window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
if (data.leftOut > 0) {
  const note = part('left-out', HTMLElement);
  note.textContent = `${data.leftOut} earlier lines are left out; --log-dir keeps them all.`;
  note.hidden = false;
}
for (const hidden of document.querySelectorAll('[data-with-script]')) hidden.removeAttribute('hidden');
choose();
