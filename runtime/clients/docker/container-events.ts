import { setTimeout } from 'node:timers/promises';
import type { DockerEngine, EngineMessage } from './docker-engine.ts';

const AGAIN_MS = 1000;
const ACTIONS = ['create', 'start', 'die', 'destroy', 'stop', 'pause', 'unpause', 'oom', 'health_status'];

/** A service as the labels of its containers name it. */
export interface ServiceName {
  readonly project: string;
  readonly service: string;
}

/** The engine's events about containers of Compose, on one connection for all who listen. */
export class ContainerEvents {
  readonly #engine: () => Promise<DockerEngine | undefined>;
  readonly #listeners = new Map<string, Set<() => void>>();
  #open: AbortController | undefined;

  /** `engine` answers nothing while there is none; it is asked again. */
  constructor(engine: () => Promise<DockerEngine | undefined>) {
    this.#engine = engine;
  }

  /** Calls `changed` when something happens to a container of the service, and after a gap in the events. */
  listen(name: ServiceName, changed: () => void): () => void {
    const key = keyOf(name);
    const known = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, known.add(changed));
    if (this.#open === undefined) {
      this.#open = new AbortController();
      void this.#follow(this.#open.signal);
    }
    return () => {
      known.delete(changed);
      if (known.size === 0 && this.#listeners.get(key) === known) this.#listeners.delete(key);
      if (this.#listeners.size > 0) return;
      this.#open?.abort();
      this.#open = undefined;
    };
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const engine = await this.#engine();
      if (engine && !signal.aborted) {
        const filters = JSON.stringify({ type: ['container'], event: ACTIONS, label: ['com.docker.compose.service'] });
        const whileDoing = 'following the events of containers';
        const reading = engine.stream(
          { method: 'GET', path: '/events', query: { filters }, signal, whileDoing },
          undefined,
          (message) => this.#tell(message),
        );
        // What happened before the connection stood was seen by nobody.
        this.#tellAll();
        await reading;
      }
      await pause(AGAIN_MS, signal);
    }
  }

  #tell(message: EngineMessage): void {
    const attributes = (message.Actor as { Attributes?: Record<string, string> } | undefined)?.Attributes ?? {};
    const project = attributes['com.docker.compose.project'] ?? '';
    const service = attributes['com.docker.compose.service'] ?? '';
    this.tell({ project, service });
  }

  /** Lets those who listen look at the containers of a service. */
  tell(name: ServiceName): void {
    for (const changed of this.#listeners.get(keyOf(name)) ?? []) changed();
  }

  #tellAll(): void {
    for (const listeners of this.#listeners.values()) for (const changed of listeners) changed();
  }
}

export function keyOf({ project, service }: ServiceName): string {
  return `${project}/${service}`;
}

/** Waits, but no longer than until the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
