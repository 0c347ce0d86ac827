import { randomUUID } from 'node:crypto';
import type { SessionEvent } from '../state/event.ts';
import type { LogLine } from '../state/log-line.ts';
import type { LogListener } from '../state/log-store.ts';
import type { State } from '../state/state.ts';
import { durationText } from './duration.ts';
import { githubCommand, withoutCommands } from './github-command.ts';
import type { LogPrinter } from './log-stream.ts';

/** Longer groups are shown in parts, so that they take no memory and nobody waits for them. In characters. */
const LARGEST_GROUP = 64 * 1024;
/** So old may the first line of a group be that is not shown yet. */
const LONGEST_WAIT_MS = 10_000;

/** How a service for pipelines marks lines that are folded. */
export interface Folds {
  /** The line that opens the `index`th group of the run. */
  open(title: string, index: number): string;
  close(index: number): string;
  /** A line as the service takes it for text. */
  text(line: string): string;
}

export const GITHUB_FOLDS: Folds = {
  open: (title) => githubCommand('group', {}, title),
  close: () => '::endgroup::\n',
  text: withoutCommands,
};

/** Names of GitLab's sections are unique in a job, which may run several sessions. */
export function gitlabFolds(now: () => number, id = randomUUID().slice(0, 8)): Folds {
  const mark = (kind: string, index: number) => `\u001b[0K${kind}:${Math.floor(now() / 1000)}:tilt_${id}_${index}`;
  return {
    open: (title, index) => `${mark('section_start', index)}[collapsed=true]\r\u001b[0K${title}\n`,
    close: (index) => `${mark('section_end', index)}\r\u001b[0K\n`,
    text: (line) => line,
  };
}

interface Group {
  readonly lines: string[];
  size: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * The log for a pipeline: the lines of each resource stand together in groups that are folded, and between them one line for each
 * change of its state. A group is shown when its update is over, when it is large, or when its first line has waited for some seconds.
 */
export class GroupedLog implements LogListener {
  readonly #stream: LogPrinter;
  readonly #folds: Folds;
  readonly #scrub: (text: string) => string;
  /** By resource; empty for the Tiltfile and the program. */
  readonly #groups = new Map<string, Group>();
  readonly #states = new Map<string, string>();
  #opened = 0;

  /** `scrub` takes secrets out of what is told of states; lines of the log have none. */
  constructor(stream: LogPrinter, folds: Folds, scrub: (text: string) => string) {
    this.#stream = stream;
    this.#folds = folds;
    this.#scrub = scrub;
  }

  line({ resource, level, text }: LogLine): void {
    let group = this.#groups.get(resource);
    if (group === undefined) {
      const timer = setTimeout(() => this.#show(resource), LONGEST_WAIT_MS);
      // The end of the session shows what is left.
      timer.unref();
      group = { lines: [], size: 0, timer };
      this.#groups.set(resource, group);
    }
    const shown = level === 'error' ? `ERROR: ${text}` : level === 'warn' ? `WARNING: ${text}` : text;
    group.lines.push(this.#folds.text(shown));
    group.size += shown.length;
    if (group.size > LARGEST_GROUP) this.#show(resource);
  }

  backlog(): Promise<void> | undefined {
    return this.#stream.backlog();
  }

  changed(state: State, events: readonly SessionEvent[]): void {
    for (const event of events) {
      if (event.kind === 'tiltfile-loaded' || event.kind === 'tiltfile-load-failed') this.#show('');
      if (!('resource' in event)) continue;
      if (event.kind === 'update-started') this.#say(event.resource, 'started');
      const row = state.resources.get(event.resource);
      if (row === undefined) continue;
      if (row.update.kind === 'succeeded' && event.kind === 'update-succeeded') {
        this.#say(event.resource, `updated in ${durationText(row.update.endedAt - row.update.startedAt)}`);
      }
      if (row.update.kind === 'failed') this.#say(event.resource, `failed: ${row.update.failure.message}`);
      else if (row.update.kind === 'succeeded' && row.runtime.kind !== 'none') {
        const { runtime } = row;
        const after = durationText(runtime.since - row.update.endedAt);
        if (runtime.kind === 'failed') this.#say(event.resource, `failed: ${runtime.failure.message}`);
        else if (runtime.kind !== 'pending') this.#say(event.resource, `${runtime.kind} after ${after}`);
        else if (row.everReady) this.#say(event.resource, `not ready any more: ${runtime.reason}`);
      }
    }
  }

  /** Shows everything that has waited. */
  finish(): void {
    for (const resource of [...this.#groups.keys()]) this.#show(resource);
  }

  #say(resource: string, text: string): void {
    if (this.#states.get(resource) === text) return;
    this.#states.set(resource, text);
    if (text !== 'started') this.#show(resource);
    this.#stream.write(`${this.#folds.text(`${resource}: ${this.#scrub(text)}`)}\n`);
  }

  #show(resource: string): void {
    const group = this.#groups.get(resource);
    if (group === undefined) return;
    clearTimeout(group.timer);
    this.#groups.delete(resource);
    const lines = group.lines.join('\n').replace(/^\n+|\n+$/g, '');
    if (lines === '') return;
    this.#opened++;
    const title = resource === '' ? 'Tiltfile' : resource;
    const head = this.#folds.open(title, this.#opened);
    this.#stream.write(`${head}${lines}\n${this.#folds.close(this.#opened)}`);
  }
}
