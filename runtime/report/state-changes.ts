import { green, red } from 'kleur/colors';
import type { SessionEvent } from '../state/event.ts';
import { isFlaky, standing } from '../state/resource-status.ts';
import type { ResourceState, State } from '../state/state.ts';
import { durationText } from './duration.ts';
import { resourceLine } from './log-text.ts';

/** Follows a session and says in a line when a resource came to its end, or left it: for logs that nobody sees moving. */
export class StateChanges {
  readonly #write: (text: string) => void;
  readonly #known = new Map<string, string>();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  changed(state: State, events: readonly SessionEvent[]): void {
    for (const name of new Set(events.flatMap((event) => ('resource' in event ? [event.resource] : [])))) {
      const row = state.resources.get(name);
      if (row === undefined) continue;
      const { key, text } = changeOf(row);
      if (this.#known.get(name) === key) continue;
      this.#known.set(name, key);
      if (text !== '') this.#write(resourceLine(name, text));
    }
  }
}

/** `key` changes when there is something new to say. */
function changeOf(row: ResourceState): { readonly key: string; readonly text: string } {
  const { update, runtime } = row;
  if (update.kind === 'none') return { key: '', text: '' };
  const of = `${update.update} ${standing(row)}`;
  const flaky = isFlaky(row) ? `, at attempt ${row.failedAttempts.length + 1}` : '';
  switch (standing(row)) {
    case 'ok': {
      if (update.kind === 'running') return { key: of, text: '' };
      const word = runtime.kind === 'ready' ? 'ready' : runtime.kind === 'succeeded' ? 'succeeded' : 'done';
      const at = runtime.kind === 'none' ? update.endedAt : Math.max(update.endedAt, runtime.since);
      return { key: of, text: green(`${word} after ${durationText(at - update.startedAt)}${flaky}`) };
    }
    case 'failed': {
      const failure = update.kind === 'failed' ? undefined : runtime.kind === 'failed' ? runtime.failure : undefined;
      // The failure of an update stands in the log as it happens.
      return failure === undefined
        ? { key: of, text: '' }
        : { key: `${of} ${failure.message}`, text: red(failure.message) };
    }
    case 'awaiting':
      return row.everReady ? { key: of, text: `not ready any more: ${reason(row)}` } : { key: of, text: '' };
    case 'idle':
    case 'updating':
      return { key: of, text: '' };
  }
}

function reason({ runtime }: ResourceState): string {
  return runtime.kind === 'pending' && runtime.reason !== '' ? runtime.reason : 'it waits';
}
