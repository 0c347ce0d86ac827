import path from 'node:path';
import type { Affected } from '../engine/affected.ts';
import type { ChosenReason } from '../engine/selection.ts';
import { textWidth } from './text-width.ts';

/** Names and paths that a reason shows. */
const MOST = 3;
const WIDEST_NAME = 40;

const CHANGED: Readonly<Record<Affected['by'], string>> = {
  files: 'its files changed',
  tiltfile: 'what the Tiltfile reads changed',
  declaration: 'what the Tiltfile says of it changed',
};

/** A line for each resource that runs, with the reason. Paths are shown relative to `folder`. */
export function reasonLines(reasons: ReadonlyMap<string, ChosenReason>, folder: string): readonly string[] {
  const width = Math.min(WIDEST_NAME, Math.max(0, ...[...reasons.keys()].map(textWidth)));
  return [...reasons].map(([name, reason]) => {
    const padding = ' '.repeat(Math.max(0, width - textWidth(name)));
    return `  ${name}${padding}  ${reasonText(reason, folder)}`;
  });
}

export function reasonText(reason: ChosenReason, folder: string): string {
  switch (reason.kind) {
    case 'label':
      return `has the ${reason.labels.length === 1 ? 'label' : 'labels'} ${some(reason.labels)}`;
    case 'changed': {
      const paths = some(reason.paths.map((file) => path.relative(folder, file)));
      return `${CHANGED[reason.by]}: ${paths}`;
    }
    case 'depends-on':
      return `depends on ${some(reason.names)}`;
    case 'needed-by':
      return `is needed by ${some(reason.names)}`;
    case 'rest':
      return 'holds the objects of no other resource';
  }
}

function some(names: readonly string[]): string {
  const others = names.length - MOST;
  const shown = names.slice(0, others > 0 ? MOST : names.length).join(', ');
  return others > 0 ? `${shown} and ${others} more` : shown;
}
