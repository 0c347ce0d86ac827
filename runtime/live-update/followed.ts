import type { LiveListener } from '../engine/ports.ts';
import type { ReachableContainer } from './container-access.ts';

/** The containers of a resource that is followed. */
export interface Followed {
  readonly containers: readonly ReachableContainer[];
  stop(): Promise<void>;
}

/** What is known of containers as long as the program runs, by their ids. */
export class ContainerMemory {
  /** The newest update whose files they all have. */
  readonly #has = new Map<string, number>();
  readonly #tried = new Map<string, number>();
  /** Names of containers that ended while a command of an update ran in them. */
  readonly #killed = new Set<string>();

  has(id: string): number | undefined {
    return this.#has.get(id);
  }

  updated(id: string, update: number): void {
    this.#has.set(id, update);
    this.#tried.set(id, update);
  }

  tried(id: string, update: number): void {
    this.#tried.set(id, update);
  }

  /** A container ended under a command. Answers whether its predecessor of the same name did so, too: the command may be to blame. */
  endedAgain(name: string): boolean {
    const isAgain = this.#killed.has(name);
    this.#killed.add(name);
    return isAgain;
  }

  stays(name: string): void {
    this.#killed.delete(name);
  }

  /** Tells the listener of containers as they are now. */
  tell(listener: LiveListener, containers: readonly ReachableContainer[], trouble: string): void {
    const running = containers.map(({ id, name, ref }) => ({ id, name, ref, tried: this.#tried.get(id) ?? 0 }));
    listener.containers(running, trouble);
  }
}
