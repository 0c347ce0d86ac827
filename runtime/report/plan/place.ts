import path from 'node:path';
import type { IgnoreRule } from '../../../stdlib/model/ignore.ts';
import type { SourcePosition } from '../../../stdlib/model/position.ts';
import type { PlannedIgnore } from './plan.ts';

/** Where the paths of a plan start, so that plans of two checkouts can be compared. Absolute paths. */
export interface Place {
  /** The folder of the Tiltfile: paths are relative to it. */
  readonly folder: string;
  /** The folder of the repository, or that of the Tiltfile where there is none: what lies outside of it stays absolute. */
  readonly root: string;
}

/** A path as the plan says it: `.`, `web/src`, `../shared`, `/etc/hosts`. */
export function placed(file: string, { folder, root }: Place): string {
  const fromRoot = path.relative(root, file);
  const isOutside = fromRoot === '..' || fromRoot.startsWith(`..${path.sep}`) || path.isAbsolute(fromRoot);
  const shown = isOutside ? file : path.relative(folder, file) || '.';
  return shown.split(path.sep).join('/');
}

/** A text of a command, with the Tiltfile's folder and the repository where it names them as the plan says them. */
export function placedText(text: string, { folder, root }: Place): string {
  // The folder first: it lies in the repository.
  return [folder, root].reduce((shown, one) => {
    if (one === path.parse(one).root || !shown.includes(one)) return shown;
    const name = one.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const found = new RegExp(`(?<![\\w./-])${name}(?![\\w.-])`, 'g');
    return shown.replaceAll(found, () => path.relative(folder, one).split(path.sep).join('/') || '.');
  }, text);
}

export function placedPosition({ file, line, column }: SourcePosition, place: Place): string {
  return `${placed(file, place)}:${line}:${column}`;
}

export function placedIgnores(rules: readonly IgnoreRule[], place: Place): readonly PlannedIgnore[] {
  return rules.map(({ basePath, patterns }) => ({ dir: placed(basePath, place), patterns }));
}
