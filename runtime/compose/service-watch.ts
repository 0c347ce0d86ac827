import type { ComposeResource } from '../../stdlib/model/resource.ts';
import { type ContainerEvents, pause } from '../clients/docker/container-events.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { Running, ServiceListener } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { followLog } from './container-log.ts';
import type { ContainerMemory } from './container-memory.ts';
import type { ContainerState } from './container-state.ts';
import { serviceContainers } from './service-containers.ts';
import { serviceReport } from './service-report.ts';

/** How long the report that a container has ended waits for its last lines. */
const LAST_LINES_MS = 1000;
const AGAIN_MS = 1000;
const REOPEN_MS = 100;

export interface WatchParts {
  readonly engine: () => Promise<Result<DockerEngine>>;
  readonly events: ContainerEvents;
  readonly memory: ContainerMemory;
  /** An update of the service is running: what its containers do is part of it. */
  readonly isUpdating: () => boolean;
  /** How long an engine may not answer until its services count as failed; milliseconds. */
  readonly patienceMs: number;
}

/** Follows the containers of a service until it is stopped. */
export function watchService(resource: ComposeResource, parts: WatchParts, listener: ServiceListener): Running {
  const watch = new ServiceWatch(resource, parts, listener);
  return { stop: () => watch.stop() };
}

class ServiceWatch {
  readonly #resource: ComposeResource;
  readonly #parts: WatchParts;
  readonly #listener: ServiceListener;
  readonly #over = new AbortController();
  readonly #forget: () => void;
  /** The logs that are being read, by container. */
  readonly #logs = new Map<string, Promise<void>>();
  /** Runs of containers that ended and whose logs were read, by container. */
  readonly #readToEnd = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #told = '';
  /** Since when the engine has not answered. */
  #silentSince: number | undefined;

  constructor(resource: ComposeResource, parts: WatchParts, listener: ServiceListener) {
    this.#resource = resource;
    this.#parts = parts;
    this.#listener = listener;
    const name = { project: resource.project.name, service: resource.service };
    this.#forget = parts.events.listen(name, () => this.#look());
    this.#look();
  }

  async stop(): Promise<void> {
    this.#forget();
    clearTimeout(this.#timer);
    this.#over.abort();
    await this.#looking;
    await Promise.all(this.#logs.values());
  }

  /** Looks at the containers, once at a time; once more when something happened meanwhile. */
  #look(): void {
    if (this.#over.signal.aborted) return;
    this.#lookAgain = true;
    this.#looking ??= this.#lookWhileNeeded().finally(() => {
      this.#looking = undefined;
      // Something may have happened after the last look and before this.
      if (this.#lookAgain) this.#look();
    });
  }

  async #lookWhileNeeded(): Promise<void> {
    while (this.#lookAgain && !this.#over.signal.aborted) {
      this.#lookAgain = false;
      await this.#lookOnce();
    }
  }

  async #lookOnce(): Promise<void> {
    const { signal } = this.#over;
    const connected = await this.#parts.engine();
    if (!connected.ok) {
      this.#reportSilence(connected.failure);
      return;
    }
    const engine = connected.value;
    const name = { project: this.#resource.project.name, service: this.#resource.service };
    const found = await serviceContainers(engine, name, signal);
    if (signal.aborted || this.#parts.isUpdating()) return;
    if (!found.ok) {
      this.#silentSince ??= Date.now();
      const isPatient = Date.now() < this.#silentSince + this.#parts.patienceMs;
      if (isPatient || found.problem.kind === 'cancelled') this.#lookIn(AGAIN_MS);
      else this.#reportSilence(failure('docker-unreachable', found.problem.message));
      return;
    }
    this.#silentSince = undefined;
    const containers = found.value;
    for (const container of containers) this.#readLog(engine, container, containers.length > 1);
    const now = Date.now();
    const waits = containers
      .filter(({ status, health }) => status === 'running' && health === undefined)
      .map((container) => this.#parts.memory.settlesIn(container, now));
    const wait = Math.max(0, ...waits);
    if (wait > 0) this.#lookIn(wait);
    await this.#lastLines(containers);
    if (signal.aborted || this.#parts.isUpdating()) return;
    const hasSettled = (container: ContainerState) => this.#parts.memory.settlesIn(container, now) === 0;
    this.#report(serviceReport(containers, hasSettled, this.#resource));
  }

  #reportSilence(problem: Failure): void {
    const state = {
      status: 'failed',
      failure: { ...problem, position: this.#resource.position },
      mayHeal: true,
    } as const;
    this.#report({ state, podName: '', podStatus: '', restarts: 0 });
    this.#lookIn(AGAIN_MS);
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  #report(report: Parameters<ServiceListener['service']>[0]): void {
    const text = JSON.stringify(report);
    if (text === this.#told) return;
    this.#told = text;
    this.#listener.service(report);
  }

  /** Reads on in the log of a container, unless it is being read or there can be nothing new. */
  #readLog(engine: DockerEngine, container: ContainerState, isOneOfMany: boolean): void {
    const { id, number, status } = container;
    if (this.#logs.has(id) || status === 'created' || this.#readToEnd.get(id) === container.startedAt) return;
    const label = isOneOfMany ? `${this.#resource.service}-${number}` : '';
    const reading = followLog(
      engine,
      container,
      this.#parts.memory.logStart(container),
      (text, time) => {
        this.#parts.memory.readLine(id, time);
        this.#listener.log(id, label, text);
      },
      this.#over.signal,
    ).then((end) => {
      this.#logs.delete(id);
      if (end.kind === 'refused') this.#listener.log(id, label, end.message);
      if (end.kind === 'refused' || status !== 'running') this.#readToEnd.set(id, container.startedAt);
      // It may have been started again meanwhile.
      else if (!this.#over.signal.aborted) this.#lookIn(REOPEN_MS);
    });
    this.#logs.set(id, reading);
  }

  /** Lets the last lines of containers that have ended come before the report that says so. */
  async #lastLines(containers: readonly ContainerState[]): Promise<void> {
    const ended = containers.filter(
      ({ status }) => status === 'exited' || status === 'dead' || status === 'restarting',
    );
    const logs = ended.flatMap(({ id }) => this.#logs.get(id) ?? []);
    if (logs.length > 0) await Promise.race([Promise.all(logs), pause(LAST_LINES_MS, this.#over.signal)]);
  }
}
