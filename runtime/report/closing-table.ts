import { bold, gray, green, red, yellow } from 'kleur/colors';
import type { Hold } from '../engine/hold.ts';
import { holdText } from '../engine/hold-text.ts';
import type { ResourceState, State } from '../state/state.ts';
import type { StepKind } from '../state/step.ts';
import { durationText } from './duration.ts';
import { cutToWidth, textWidth } from './text-width.ts';

/** Longer names and reasons are cut, so that the table fits a terminal. */
const WIDEST_NAME = 50;
const WIDEST_STATE = 80;

/** What became of a resource, for the table. */
export interface ResourceOutcome {
  readonly kind: 'good' | 'bad' | 'open';
  /** In few words: `ready`, `failed`, `waits for db`. */
  readonly text: string;
}

const PARTS: readonly (readonly [title: string, kinds: readonly StepKind[]])[] = [
  ['Command', ['command']],
  ['Build', ['build']],
  ['Push', ['push', 'load']],
  ['Deploy', ['deploy']],
];

/** The table at the end of a `ci` run: each resource, how it ended, how long each part took. Columns without times are left out. */
export function closingTable(state: State, holds: ReadonlyMap<string, Hold>, now: number): string {
  const rows = [...state.resources].map((row) => tableRow(row, outcomeOf(row, holds.get(row.resource.name)), now));
  const header = ['Resource', 'State', ...PARTS.map(([title]) => title), 'Ready', 'Total'];
  const used = header.map((_, column) => column < 2 || rows.some((row) => row.cells[column] !== ''));
  const widths = header.map((title, column) =>
    rows.reduce((width, row) => Math.max(width, textWidth(row.cells[column] ?? '')), title.length),
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
  return [
    layout(header, (text) => gray(text)),
    ...rows.map((row) =>
      layout(row.cells, (text, column) => (column === 0 ? bold(text) : column === 1 ? PAINT[row.kind](text) : text)),
    ),
  ].join('\n');
}

const PAINT = { good: green, bad: red, open: yellow } as const;

interface TableRow {
  readonly kind: ResourceOutcome['kind'];
  readonly cells: readonly string[];
}

function tableRow(row: ResourceState, outcome: ResourceOutcome, now: number): TableRow {
  const { update } = row;
  const cells = [cutToWidth(row.resource.name, WIDEST_NAME), cutToWidth(outcome.text, WIDEST_STATE)];
  if (update.kind === 'none') return { kind: outcome.kind, cells: [...cells, ...PARTS.map(() => ''), '', ''] };
  const updatedAt = update.kind === 'running' ? now : update.endedAt;
  for (const [, kinds] of PARTS) {
    const steps = update.steps.filter((step) => kinds.includes(step.kind));
    const total = steps.reduce((sum, step) => sum + (step.endedAt ?? updatedAt) - step.startedAt, 0);
    cells.push(steps.length === 0 ? '' : durationText(total));
  }
  const settled = row.runtime.kind === 'ready' || row.runtime.kind === 'succeeded' || row.runtime.kind === 'failed';
  const readyAt = settled ? row.runtime.since : undefined;
  cells.push(readyAt === undefined || readyAt < updatedAt ? '' : durationText(readyAt - updatedAt));
  cells.push(durationText(Math.max(updatedAt, readyAt ?? 0) - update.startedAt));
  return { kind: outcome.kind, cells };
}

/** How a resource stands, in the words of the table. */
export function outcomeOf(row: ResourceState, hold: Hold | undefined): ResourceOutcome {
  if (row.update.kind === 'failed') return { kind: 'bad', text: 'failed' };
  if (row.update.kind === 'running') return { kind: 'open', text: 'updating' };
  if (row.runtime.kind === 'failed') return { kind: 'bad', text: 'failed' };
  if (row.runtime.kind === 'pending') return { kind: 'open', text: row.runtime.reason };
  if (row.pending !== undefined && hold !== undefined) return { kind: 'open', text: holdText(hold) };
  if (row.update.kind === 'cancelled') return { kind: 'open', text: 'cancelled' };
  if (row.update.kind === 'none') return { kind: 'open', text: 'not started' };
  if (row.runtime.kind === 'ready') return { kind: 'good', text: 'ready' };
  return { kind: 'good', text: row.runtime.kind === 'succeeded' ? 'succeeded' : 'done' };
}
