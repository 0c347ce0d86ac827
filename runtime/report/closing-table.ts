import { bold, gray, green, red, yellow } from 'kleur/colors';
import { durationText } from './duration.ts';
import type { PathPart, ReportResource, ReportTimes, ResourceResult, RunReport } from './report-schema.ts';
import { cutToWidth, textWidth } from './text-width.ts';

/** Longer names and reasons are cut, so that the table fits a terminal. */
const WIDEST_NAME = 50;
const WIDEST_STATE = 80;
const WIDEST_TITLE = 60;
/** Steps that are named below the table, and how long one must have taken to be named. */
const MOST_STEPS = 3;
const SHORTEST_STEP_MS = 500;
/** A way with more parts is cut in the middle. */
const MOST_PARTS = 12;
/** Parts of the way that took less say nothing. */
const SHORTEST_PART_MS = 50;

export const TIME_COLUMNS: readonly (readonly [title: string, time: keyof ReportTimes])[] = [
  ['Command', 'commandMs'],
  ['Build', 'buildMs'],
  ['Push', 'pushMs'],
  ['Deploy', 'deployMs'],
  ['Ready', 'readyMs'],
  ['Total', 'totalMs'],
];

const PAINT: Readonly<Record<ResourceResult, (text: string) => string>> = {
  succeeded: green,
  failed: red,
  unfinished: yellow,
  'not-started': yellow,
};

/**
 * The table at the end of a `ci` run: each resource, how it ended, how long each part took (columns without times are left out);
 * below it what the run had to wait for, and its slowest steps.
 */
export function closingTable(run: RunReport): string {
  return [table(run.resources), ...wayLines(run), ...stepLines(run)].join('\n');
}

function table(resources: readonly ReportResource[]): string {
  const header = ['Resource', 'State', ...TIME_COLUMNS.map(([title]) => title)];
  const rows = resources.map((resource) => [
    cutToWidth(resource.name, WIDEST_NAME),
    cutToWidth(stateText(resource), WIDEST_STATE),
    ...TIME_COLUMNS.map(([, time]) => timeText(resource.times[time])),
  ]);
  const used = header.map((_, column) => column < 2 || rows.some((cells) => cells[column] !== ''));
  const widths = header.map((title, column) =>
    rows.reduce((width, cells) => Math.max(width, textWidth(cells[column] ?? '')), title.length),
  );
  const layout = (cells: readonly string[], paint: (text: string, column: number) => string): string =>
    cells
      .map((cell, column) => {
        const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - textWidth(cell)));
        return column < 2 ? paint(cell, column) + padding : padding + paint(cell, column);
      })
      .filter((_, column) => used[column])
      .join('  ')
      .trimEnd();
  const paintRow = (result: ResourceResult) => (text: string, column: number) =>
    column === 0 ? bold(text) : column === 1 ? PAINT[result](text) : text;
  return [
    layout(header, (text) => gray(text)),
    ...rows.map((cells, index) => layout(cells, paintRow(resources[index]?.result ?? 'unfinished'))),
  ].join('\n');
}

/** The state, and what people should know about the way to it. */
export function stateText({ state, isFlaky, runtimes }: ReportResource): string {
  const restarts = runtimes.at(-1)?.restarts ?? 0;
  const notes = [
    ...(isFlaky ? ['flaky'] : []),
    ...(restarts > 0 ? [`${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`] : []),
  ];
  return notes.length === 0 ? state : `${state} (${notes.join(', ')})`;
}

export function timeText(ms: number | null): string {
  return ms === null ? '' : durationText(ms);
}

function wayLines(run: RunReport): readonly string[] {
  const parts = wayTexts(run);
  const cut = parts.length - MOST_PARTS;
  const shown = cut <= 0 ? parts : parts.toSpliced(MOST_PARTS / 2, cut, `… ${cut} more …`);
  return shown.length === 0 ? [] : ['', `${gray('Critical path:')} ${shown.join(gray(' → '))}`];
}

/** The parts of the critical path that took some time, in words; none where they say no more than the table. */
export function wayTexts({ criticalPath }: RunReport): readonly string[] {
  if (criticalPath.filter(({ kind }) => kind === 'update').length < 2) return [];
  const parts = criticalPath.filter(({ durationMs }) => durationMs >= SHORTEST_PART_MS);
  return parts.length < 2 ? [] : parts.map(partText);
}

function partText({ kind, resource, durationMs }: PathPart): string {
  const name = cutToWidth(resource, WIDEST_NAME);
  switch (kind) {
    case 'tiltfile':
      return `Tiltfile ${durationText(durationMs)}`;
    case 'update':
      return `${name} ${durationText(durationMs)}`;
    case 'ready':
      return `${name} ready ${durationText(durationMs)}`;
    case 'wait':
      return `waiting ${durationText(durationMs)}`;
  }
}

function stepLines({ slowestSteps }: RunReport): readonly string[] {
  const slow = slowestSteps.filter(({ durationMs }) => durationMs >= SHORTEST_STEP_MS).slice(0, MOST_STEPS);
  if (slow.length === 0) return [];
  const texts = slow.map(
    ({ resource, title, durationMs }) =>
      `${durationText(durationMs)} ${cutToWidth(resource, WIDEST_NAME)}: ${cutToWidth(title, WIDEST_TITLE)}`,
  );
  return ['', gray('Slowest steps:'), ...texts.map((text) => `  ${text}`)];
}
