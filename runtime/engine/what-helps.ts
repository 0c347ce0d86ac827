import type { Resource } from '../../stdlib/model/resource.ts';
import { shortPath } from './cause-text.ts';
import { sourcesOf } from './watch-targets.ts';

/** Paths that are named; more make the line hard to read. */
const MOST_PATHS = 3;

/** What makes a resource that failed in `up` run again, in a sentence. Paths are shown relative to `folder`. */
export function whatHelps(resource: Resource, folder: string): string {
  const paths = [...new Set(sourcesOf(resource).flatMap(({ watchPaths }) => watchPaths))].map((path) =>
    shortPath(path, folder),
  );
  if (!resource.trigger.onChange || paths.length === 0) return 'It runs again when its part of the Tiltfile changes.';
  const named = paths.slice(0, MOST_PATHS);
  const others = paths.length - named.length;
  if (others > 0) named.push(`${others} other ${others === 1 ? 'path' : 'paths'}`);
  return `It runs again when something changes in ${named.join(', ')}.`;
}
