import type { SessionEvent } from '../state/event.ts';
import type { LogLine } from '../state/log-line.ts';
import type { State } from '../state/state.ts';
import { plainText } from './plain-text.ts';
import { reportFailure } from './report-failure.ts';
import { REPORT_VERSION, type ReportRuntime, type RunReport } from './report-schema.ts';
import type { StreamEvent } from './stream-schema.ts';
import { withRuntimeOf } from './timeline-runtime.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Makes the lines of `--output json` of what happens in a session. */
export class EventStream {
  readonly #write: (text: string) => void;
  readonly #scrub: (text: string) => string;
  /** By resource, what is known of its newest runtime. */
  readonly #runtimes = new Map<string, readonly ReportRuntime[]>();

  constructor(write: (text: string) => void, scrub: (text: string) => string) {
    this.#write = write;
    this.#scrub = scrub;
  }

  started(at: number, mode: 'ci' | 'up', version: string): void {
    const tool = { name: 'tilt-ts', version } as const;
    this.#send({ at, type: 'session-started', schemaVersion: REPORT_VERSION, tool, mode });
  }

  line({ at, sequence, resource, source, level, span, text }: LogLine): void {
    this.#send({ at, type: 'log', sequence, resource, source, level, span, text: plainText(text) });
  }

  changed(state: State, events: readonly SessionEvent[]): void {
    for (const event of events) {
      const told = streamEvent(event, state);
      if (told !== undefined) this.#send(told);
      if (event.kind === 'tiltfile-loaded') this.#forget(state);
      if ('resource' in event) this.#tellRuntime(state, event.resource, event.at);
    }
  }

  finished({ endedAt, exitCode, result, message, failures }: RunReport): void {
    this.#send({ at: endedAt, type: 'session-finished', exitCode, result, message, failures });
  }

  #tellRuntime(state: State, resource: string, at: number): void {
    const row = state.resources.get(resource);
    if (row === undefined) return;
    const before = this.#runtimes.get(resource) ?? [];
    const after = withRuntimeOf(before, row, at);
    if (after === before) return;
    const newest = after.at(-1);
    const phase = newest?.phases.at(-1);
    this.#runtimes.set(resource, newest === undefined ? [] : [newest]);
    if (newest === undefined || phase === undefined) return;
    const { update, restarts } = newest;
    const { state: kind, reason, failure } = phase;
    this.#send({ at, type: 'runtime-changed', resource, update, state: kind, reason, restarts, failure });
  }

  #forget({ resources }: State): void {
    for (const name of this.#runtimes.keys()) if (!resources.has(name)) this.#runtimes.delete(name);
  }

  #send(event: StreamEvent): void {
    // Lines of the log are clean already.
    this.#write(`${JSON.stringify(event.type === 'log' ? event : withoutSecrets(event, this.#scrub))}\n`);
  }
}

function streamEvent(event: SessionEvent, state: State): StreamEvent | undefined {
  const { at } = event;
  switch (event.kind) {
    case 'tiltfile-load-started':
      return { at, type: 'tiltfile-started' };
    case 'tiltfile-loaded':
      return { at, type: 'tiltfile-finished', result: 'succeeded', failures: [], resources: event.graph.enabled };
    case 'tiltfile-load-failed': {
      const failures = event.failures.map(reportFailure);
      return { at, type: 'tiltfile-finished', result: 'failed', failures, resources: [...state.resources.names()] };
    }
    case 'stop-requested':
      return { at, type: 'stop-requested', signal: event.signal };
    case 'cluster-connected': {
      const { context, product, version } = event.info;
      return { at, type: 'cluster-connected', context, product, version };
    }
    case 'cluster-failed':
      return { at, type: 'cluster-failed', failure: reportFailure(event.failure) };
    case 'update-started': {
      const { resource, update } = event;
      return { at, type: 'update-started', resource, update, causes: event.causes.map(({ kind }) => kind) };
    }
    case 'step-began': {
      const { resource, update, step, stepKind, title } = event;
      return { at, type: 'step-started', resource, update, step, kind: stepKind, title };
    }
    case 'step-ended':
      return { at, type: 'step-finished', resource: event.resource, update: event.update, step: event.step };
    case 'image-built': {
      const { resource, update, image } = event;
      return { at, type: 'image-built', resource, update, image: image.ref, ref: image.clusterRef };
    }
    case 'update-succeeded':
    case 'update-cancelled': {
      const { resource, update } = event;
      const result = event.kind === 'update-succeeded' ? 'succeeded' : 'cancelled';
      return { at, type: 'update-finished', resource, update, result, failure: null };
    }
    case 'update-failed': {
      const { resource, update } = event;
      return { at, type: 'update-finished', resource, update, result: 'failed', failure: reportFailure(event.failure) };
    }
    case 'forward-listening':
      return { at, type: 'port-open', resource: event.resource, localPort: event.localPort };
    case 'forward-failed':
      return { at, type: 'port-failed', resource: event.resource, message: event.message };
    default:
      return undefined;
  }
}
