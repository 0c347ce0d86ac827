import { bold, cyan, gray, green, inverse, red, yellow } from 'kleur/colors';
import type { Hold } from '../../engine/hold.ts';
import { standing } from '../../state/resource-status.ts';
import type { ResourceState, State } from '../../state/state.ts';
import { durationText } from '../duration.ts';
import { outcomeOf } from '../resource-outcome.ts';
import { cutToWidth, textWidth } from '../text-width.ts';
import type { View } from './view.ts';

/** What the lines of state show. */
export interface Status {
  readonly state: State;
  readonly view: View;
  /** Why the selected resource waits, if it does. */
  readonly hold: Hold | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether there is a keyboard. */
  readonly hasKeys: boolean;
  /** The session is ending. */
  readonly isStopping: boolean;
}

const KEYS = 'space page · s only this · r restart · / filter · q stop · ? help';
const PAINT = { succeeded: green, failed: red, unfinished: yellow, 'not-started': yellow } as const;

/** The lines at the bottom of a terminal: what there is and what runs; then the selected resource and the keys. */
export function statusLines(status: Status, columns: number): readonly string[] {
  // The last column stays free: some terminals wrap as soon as it is used.
  const width = Math.max(1, columns - 1);
  const lines = [firstLine(status, width)];
  if (status.hasKeys) lines.push(secondLine(status, width));
  return lines;
}

interface Part {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** Parts beside each other, painted, as far as there is room. */
function row(parts: readonly Part[], width: number): string {
  let left = width;
  let line = '';
  for (const { text, paint } of parts) {
    if (left <= 0) break;
    const cut = cutToWidth(text, left);
    left -= textWidth(cut);
    line += paint(cut);
  }
  return line;
}

const plain = (text: string): string => text;

function firstLine({ state, now, isStopping }: Status, width: number): string {
  const counts = { ok: 0, pending: 0, error: 0 };
  const running: ResourceState[] = [];
  for (const resource of state.resources) {
    const is = standing(resource);
    if (is === 'ok') counts.ok++;
    else if (is === 'failed') counts.error++;
    else if (is !== 'idle') counts.pending++;
    if (resource.update.kind === 'running') running.push(resource);
  }
  const parts: Part[] = [
    { text: `${counts.ok} ok`, paint: counts.ok > 0 ? green : gray },
    { text: ' · ', paint: gray },
    { text: `${counts.pending} pending`, paint: counts.pending > 0 ? yellow : gray },
    { text: ' · ', paint: gray },
    { text: `${counts.error} error${counts.error === 1 ? '' : 's'}`, paint: counts.error > 0 ? red : gray },
  ];
  if (isStopping) parts.push({ text: ' │ ', paint: gray }, { text: 'stopping', paint: yellow });
  else if (state.tiltfile.load.kind === 'loading') {
    const ms = now - state.tiltfile.load.startedAt;
    parts.push({ text: ' │ ', paint: gray }, { text: `loading the Tiltfile ${durationText(ms)}`, paint: plain });
  } else if (state.tiltfile.load.kind === 'failed') {
    parts.push({ text: ' │ ', paint: gray }, { text: 'the Tiltfile has an error', paint: red });
  }
  for (const [index, { resource, update }] of running.entries()) {
    if (update.kind !== 'running') continue;
    const step = update.steps.findLast((known) => known.endedAt === undefined);
    const what = step === undefined || step.kind === 'command' ? '' : `: ${step.title}`;
    parts.push(
      { text: index === 0 ? ' │ ' : ', ', paint: gray },
      { text: resource.name, paint: bold },
      { text: `${what} ${wholeSeconds(now - update.startedAt)}`, paint: plain },
    );
  }
  return row(parts, width);
}

/** Tenths would only flicker. */
function wholeSeconds(ms: number): string {
  return ms < 10_000 ? `${Math.max(0, Math.floor(ms / 1000))}s` : durationText(ms);
}

function secondLine({ state, view, hold }: Status, width: number): string {
  if (view.typed !== undefined) return row([{ text: `/${view.typed}`, paint: bold }], width);
  const { selected } = view;
  const resource = selected === undefined ? undefined : state.resources.get(selected);
  const parts: Part[] = [];
  if (selected !== undefined && resource !== undefined) {
    const outcome = outcomeOf(resource, hold);
    parts.push(
      { text: ` ${cutToWidth(selected, 30)} `, paint: inverse },
      { text: ` ${cutToWidth(outcome.text, 40)}`, paint: PAINT[outcome.result] },
    );
    if (view.scope === 'selected') parts.push({ text: ' (only this one is shown)', paint: cyan });
  }
  if (view.filter !== '') parts.push({ text: ` /${view.filter}`, paint: cyan });
  const used = parts.reduce((sum, { text }) => sum + textWidth(text), 0);
  const gap = width - used - textWidth(KEYS);
  if (gap >= 2) parts.push({ text: ' '.repeat(gap), paint: plain }, { text: KEYS, paint: gray });
  else if (width - used > 10) parts.push({ text: '  ? help', paint: gray });
  return row(parts, width);
}
