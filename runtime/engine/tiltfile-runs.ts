import type { AddedObject } from '../../stdlib/model/extension.ts';
import { secretsOf } from '../../stdlib/model/secrets.ts';
import { addedExtensions } from '../state/api-state.ts';
import type { SessionEvent } from '../state/event.ts';
import { type Failure, failure } from '../state/failure.ts';
import type { LogWriter } from '../state/log-store.ts';
import type { State } from '../state/state.ts';
import { causeText, shortPath } from './cause-text.ts';
import { formatDuration } from './duration.ts';
import type { TiltfileLoader, TiltfileOutcome } from './ports.ts';
import type { SessionOptions, SessionPorts } from './session.ts';

/** Why a load was stopped when somebody asked for that. */
const CANCELLED = 'cancelled';

const KEPT = 'What runs stays as it was; the Tiltfile is loaded again when it changes.';
const AWAITED = 'It is loaded again when it changes.';

/** Loads the Tiltfile when the state says that it is due, one load at a time. */
export class TiltfileRuns {
  readonly #ports: SessionPorts;
  readonly #options: SessionOptions;
  readonly #dispatch: (event: SessionEvent) => void;
  #running: { readonly abort: AbortController; readonly over: Promise<void> } | undefined;
  #loads = 0;
  #loaded = false;

  constructor(ports: SessionPorts, options: SessionOptions, dispatch: (event: SessionEvent) => void) {
    this.#ports = ports;
    this.#options = options;
    this.#dispatch = dispatch;
  }

  follow({ tiltfile, api }: State): void {
    const { tiltfile: loader } = this.#ports;
    if (loader === undefined || this.#running !== undefined || tiltfile.load.kind === 'loading') return;
    if (tiltfile.load.kind !== 'none' && tiltfile.pending === undefined) return;
    const abort = new AbortController();
    const text = causeText(tiltfile.pending?.causes ?? [{ kind: 'initial' }], this.#options.folder ?? '');
    this.#loads++;
    const log = this.#options.log.open({ resource: '', source: 'tiltfile', span: `tiltfile:${this.#loads}` });
    log.write(`\n${text}\n`);
    if (tiltfile.pending?.causes.some(({ kind }) => kind === 'args')) {
      log.write(`Tiltfile args changed to: [${tiltfile.args.join(' ')}]\n`);
    }
    this.#dispatch({ at: this.#ports.clock.now(), kind: 'tiltfile-load-started' });
    const over = this.#load(loader, log, abort.signal, tiltfile.args, addedExtensions(api)).finally(() => {
      log.end();
      this.#running = undefined;
    });
    this.#running = { abort, over };
  }

  /** Stops a load because somebody asked for it. */
  cancelByHand(): void {
    this.#running?.abort.abort(CANCELLED);
  }

  async cancel(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.over;
  }

  #problemText({ message, details, position }: Failure): string {
    const place =
      position === undefined
        ? ''
        : ` (${shortPath(position.file, this.#options.folder ?? '')}:${position.line}:${position.column})`;
    return [message + place, ...details].join('\n');
  }

  async #load(
    loader: TiltfileLoader,
    log: LogWriter,
    signal: AbortSignal,
    args: readonly string[],
    added: readonly AddedObject[],
  ): Promise<void> {
    const startedAt = this.#ports.clock.now();
    const loaded = await loader.load(log, signal, args, added).catch(internalError);
    if (signal.aborted && signal.reason !== CANCELLED) return;
    const outcome = signal.aborted && !loaded.ok ? cancelled(loaded.configFiles) : loaded;
    const at = this.#ports.clock.now();
    log.end();
    if (outcome.ok) {
      this.#options.log.hide(secretsOf(outcome.graph));
      log.write(`Successfully loaded Tiltfile (${formatDuration(at - startedAt)})\n`);
      this.#loaded = true;
      this.#dispatch({ at, kind: 'tiltfile-loaded', graph: outcome.graph });
      return;
    }
    // `ci` ends with it, and its end says it.
    if (this.#options.mode === 'up') {
      for (const problem of outcome.failures) log.write(`${this.#problemText(problem)}\n`, 'error');
      log.write(`${this.#loaded ? KEPT : AWAITED}\n`, 'error');
    }
    const { failures, configFiles } = outcome;
    this.#dispatch({ at, kind: 'tiltfile-load-failed', failures, configFiles });
  }
}

function cancelled(configFiles: readonly string[]): TiltfileOutcome {
  return { ok: false, failures: [failure('tiltfile', 'The load of the Tiltfile was canceled')], configFiles };
}

function internalError(error: unknown): TiltfileOutcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ok: false, failures: [failure('tiltfile', `Internal error: ${text}`)], configFiles: [] };
}
