import type { ComposeResource, KubernetesResource } from '../../stdlib/model/resource.ts';
import type { BuiltImage } from '../state/built-image.ts';
import type { Deployed, DeployedObject } from '../state/deployed.ts';
import type { SessionEvent } from '../state/event.ts';
import { type Failure, type FailureKind, failure, type Result } from '../state/failure.ts';
import type { LogWriter } from '../state/log-store.ts';
import { isRetry } from '../state/retries.ts';
import type { State } from '../state/state.ts';
import { causeText } from './cause-text.ts';
import { needsCluster } from './needs-cluster.ts';
import type { LiveOutcome } from './ports.ts';
import type { SessionOptions, SessionPorts } from './session.ts';
import { runUpdate, type UpdateListener, type UpdateWork } from './update.ts';
import { updateLimits } from './update-limits.ts';
import { whatHelps } from './what-helps.ts';

/** Why an update was stopped when somebody asked for that. */
const CANCELLED = 'cancelled by hand';
/** The reason of an update that is called off to begin anew. */
const SUPERSEDED = 'superseded';

type Started = Extract<SessionEvent, { kind: 'update-started' }>;

/** The updates that run now: starts them, reports what they do, ends them. */
export class UpdateRuns {
  readonly #ports: SessionPorts;
  readonly #options: SessionOptions;
  readonly #dispatch: (event: SessionEvent) => void;
  readonly #running = new Map<string, { readonly abort: AbortController; readonly over: Promise<void> }>();

  constructor(ports: SessionPorts, options: SessionOptions, dispatch: (event: SessionEvent) => void) {
    this.#ports = ports;
    this.#options = options;
    this.#dispatch = dispatch;
  }

  /** Runs the update that the event announced; `state` is the state after the event. */
  start(state: State, event: Started): void {
    const work = workOf(state, event, this.#options.mode);
    if (work === undefined) return;
    const { name } = work.resource;
    const abort = new AbortController();
    const log = this.#options.log.open({ resource: name, source: 'build', span: `build:${event.update}` });
    const over = this.#run(work, event, log, abort.signal).finally(() => {
      log.end();
      if (this.#running.get(name)?.abort === abort) this.#running.delete(name);
    });
    this.#running.set(name, { abort, over });
  }

  /** Stops an update because somebody asked for it: it counts as failed. */
  cancelByHand(name: string): void {
    this.#running.get(name)?.abort.abort(CANCELLED);
  }

  cancel(name: string): void {
    this.#running.get(name)?.abort.abort();
  }

  /** Calls an update off that is to begin anew. */
  supersede(name: string): void {
    this.#running.get(name)?.abort.abort(SUPERSEDED);
  }

  async cancelAll(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ over }) => over));
  }

  /** Deletes objects that nothing declares any more. */
  async remove(objects: readonly DeployedObject[], signal: AbortSignal, why = 'garbage collecting'): Promise<void> {
    const log = this.#options.log.open({ resource: '', source: 'global', span: 'garbage-collection' });
    log.write(`Beginning ${why} Kubernetes objects\n`);
    const result = await this.#ports.cluster.delete(objects, log, signal).catch(internalError('apply'));
    if (!result.ok && result.failure.kind !== 'cancelled') writeFailure(log, result.failure);
    log.end();
  }

  /** Stops and removes the containers of services that nothing declares any more. */
  async removeServices(services: readonly ComposeResource[], signal: AbortSignal): Promise<void> {
    const log = this.#options.log.open({ resource: '', source: 'global', span: 'compose-removal' });
    for (const resource of services) {
      log.write(`Removing the containers of service ${resource.service}, which is disabled or not declared any more\n`);
      const result = await this.#ports.compose.remove(resource, signal).catch(internalError('apply'));
      if (!result.ok && result.failure.kind !== 'cancelled') writeFailure(log, result.failure);
    }
    log.end();
  }

  /** Lets the command of a custom deploy that left the Tiltfile take away what it brought. */
  async undeploy(resource: KubernetesResource, signal: AbortSignal): Promise<void> {
    const log = this.#options.log.open({ resource: '', source: 'global', span: `undeploy:${resource.name}` });
    log.write(`Taking away what "${resource.name}" deployed\n`);
    const result = await this.#ports.cluster.undeploy(resource, log, signal).catch(internalError('apply'));
    if (!result.ok && result.failure.kind !== 'cancelled') writeFailure(log, result.failure);
    log.end();
  }

  async #run(work: UpdateWork, event: Started, log: LogWriter, signal: AbortSignal): Promise<void> {
    const { resource } = work;
    const of = { resource: resource.name, update: event.update };
    log.write(`\n${causeText(event.causes, this.#options.folder ?? '')}\n`);
    const kind = resource.kind === 'local' ? 'command' : 'apply';
    if (event.instead !== '') log.write(`${event.instead}\n`);
    const result = event.isLive
      ? await this.#runLive(work, event, log, signal)
      : await runUpdate(this.#ports, work, log, this.#listener(of), signal).catch(internalError(kind));
    const at = this.#ports.clock.now();
    if ('gaveWay' in result) {
      log.write(`${result.gaveWay}\n`, 'warn');
      this.#dispatch({ at, kind: 'update-gave-way', ...of });
      return;
    }
    if (result.ok) {
      this.#dispatch({ at, kind: 'update-succeeded', ...of, deployed: result.value });
      return;
    }
    if (signal.aborted && signal.reason === CANCELLED) {
      const problem = failure('cancelled', `The update of "${resource.name}" was canceled`);
      writeFailure(log, { ...problem, message: 'build canceled' }, 'Build Failed: ');
      this.#dispatch({ at, kind: 'update-failed', ...of, failure: problem });
      return;
    }
    if (result.failure.kind === 'cancelled' || signal.aborted) {
      const superseded = signal.reason === SUPERSEDED;
      if (superseded) log.write('Called off, because files changed meanwhile. Beginning anew\n');
      this.#dispatch({ at, kind: 'update-cancelled', ...of, ...(superseded && { superseded }) });
      return;
    }
    // A live update says at each container what failed there.
    if (!event.isLive || result.failure.kind !== 'live-update') writeFailure(log, result.failure, 'Build Failed: ');
    if (this.#options.mode === 'up') log.write(`${whatHelps(resource, this.#options.folder ?? '')}\n`, 'error');
    this.#dispatch({ at, kind: 'update-failed', ...of, failure: result.failure });
  }

  async #runLive(
    { resource, live, globalIgnores }: UpdateWork,
    { update }: Started,
    log: LogWriter,
    signal: AbortSignal,
  ): Promise<Result<undefined> | Extract<LiveOutcome, { gaveWay: string }>> {
    if (resource.kind === 'local') return { ok: true, value: undefined };
    const request = { resource, update, files: live, globalIgnores };
    const outcome = await this.#ports.live.update(request, log, signal).catch(internalError('live-update'));
    return outcome.ok ? { ok: true, value: undefined } : outcome;
  }

  #listener(of: { readonly resource: string; readonly update: number }): UpdateListener {
    const { clock } = this.#ports;
    let steps = 0;
    return {
      begin: (stepKind, title) => {
        const step = steps++;
        this.#dispatch({ at: clock.now(), kind: 'step-began', ...of, step, stepKind, title });
        let ended = false;
        return () => {
          if (ended) return;
          ended = true;
          this.#dispatch({ at: clock.now(), kind: 'step-ended', ...of, step });
        };
      },
      commandStarted: (pid) => this.#dispatch({ at: clock.now(), kind: 'update-process-started', ...of, pid }),
      imageBuilt: (image) => this.#dispatch({ at: clock.now(), kind: 'image-built', ...of, image }),
    };
  }
}

function workOf(state: State, event: Started, mode: 'ci' | 'up'): UpdateWork | undefined {
  const row = state.resources.get(event.resource);
  if (row === undefined) return undefined;
  const { resource, succeeded } = row;
  const built = new Map<string, BuiltImage>();
  if (resource.kind !== 'local') {
    for (const { ref } of resource.images) {
      const image = state.images.get(ref)?.built;
      if (image !== undefined) built.set(ref, image);
    }
  }
  return {
    resource,
    build: event.images,
    built,
    cluster: state.cluster.kind === 'connected' && needsCluster(resource, state.graph) ? state.cluster.info : undefined,
    live: row.live.files,
    globalIgnores: state.graph?.globalIgnores ?? [],
    isForced: event.causes.some(({ kind }) => kind === 'trigger'),
    serverSideApply: state.graph?.settings.update.k8sServerSideApply,
    limits: updateLimits(state, resource, mode),
    leftByAttempt: isRetry(event.causes) ? runners(succeeded?.deployed) : [],
  };
}

/** What runs to its end: it does not run again while it is there. */
function runners(deployed: Deployed | undefined): readonly DeployedObject[] {
  return (deployed?.objects ?? []).filter(({ kind }) => kind === 'Job' || kind === 'Pod');
}

function writeFailure(log: LogWriter, { message, details }: Failure, prefix = ''): void {
  log.write(`${[`${prefix}${message}`, ...details].join('\n')}\n`, 'error');
}

/** A port that rejects has a bug; the session has to end all the same. */
function internalError(kind: FailureKind) {
  return (error: unknown): Extract<Result<Deployed | undefined>, { ok: false }> => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const [message = '', ...details] = text.split('\n');
    return { ok: false, failure: failure(kind, `Internal error: ${message}`, details) };
  };
}
