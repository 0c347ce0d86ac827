import { relative } from 'node:path';
import type { Cause } from '../state/cause.ts';

/** Names of changed files that are shown; a checkout may change thousands. */
const MOST_FILES = 5;

/** The first line of an update: why it runs. Paths are shown relative to `folder`. */
export function causeText(causes: readonly Cause[], folder: string): string {
  // What a person asked for, or the very first update, says enough.
  const single = causes.find((cause) => cause.kind === 'initial') ?? causes.find((cause) => cause.kind === 'trigger');
  const files = causes.find((cause) => cause.kind === 'files');
  if (single !== undefined && (single.kind === 'initial' || files === undefined)) return textOf(single, folder);
  return causes
    .filter((cause) => cause.kind !== 'trigger')
    .map((cause) => textOf(cause, folder))
    .join(' | ');
}

function textOf(cause: Cause, folder: string): string {
  switch (cause.kind) {
    case 'initial':
      return 'Initial Build';
    case 'containers': {
      const count = cause.names.length;
      return `${count} Container${count === 1 ? '' : 's'} Started: [${cause.names.join(' ')}]`;
    }
    case 'config':
      return 'Config Changed';
    case 'retry':
      return `Attempt ${cause.attempt} of ${cause.attempts}`;
    case 'args':
      return 'Tilt Args';
    case 'extensions':
      return 'Extensions Changed';
    case 'trigger':
      return cause.from === 'cli' ? 'CLI Trigger' : 'Web Trigger';
    case 'files': {
      const count = cause.paths.length;
      const names = cause.paths.slice(0, MOST_FILES).map((path) => shortPath(path, folder));
      if (count > MOST_FILES) names.push(`… and ${count - MOST_FILES} more`);
      return `${count} File${count === 1 ? '' : 's'} Changed: [${names.join(' ')}]`;
    }
  }
}

/** A path relative to `folder` where it lies below it, as it is elsewhere. */
export function shortPath(path: string, folder: string): string {
  const short = folder === '' ? path : relative(folder, path);
  return short === '' || short.startsWith('..') ? path : short;
}
