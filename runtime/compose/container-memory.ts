import type { LogStart } from './container-log.ts';
import type { ContainerState } from './container-state.ts';

/** A running container without a health check is taken for ready when it has run for this long. */
export const SETTLE_MS = 1000;

interface Remembered {
  /** The time of the newest line that was read. */
  lastLine: string;
  /** When the run that is seen now was first seen running, on this machine's clock. */
  run: { readonly startedAt: string; readonly seenAt: number } | undefined;
  /** It was there before the session had anything to do with it; the start of its run if it was running. */
  readonly before: { readonly startedAt: string } | undefined;
}

/** What the session knows of containers from one update of a service to the next. */
export class ContainerMemory {
  readonly #containers = new Map<string, Remembered>();

  /** Before an update: what a container that is there already has written is of no interest, unless it is started anew. */
  sawBefore({ id, startedAt, status }: ContainerState): void {
    if (this.#containers.has(id)) return;
    const before = { startedAt: status === 'running' ? startedAt : '' };
    this.#containers.set(id, { lastLine: '', run: undefined, before });
  }

  /** How long a running container has to run until it counts as settled; 0 when it has. */
  settlesIn({ id, startedAt }: ContainerState, now: number): number {
    const known = this.#of(id);
    if (known.before?.startedAt === startedAt) return 0;
    if (known.run?.startedAt !== startedAt) known.run = { startedAt, seenAt: now };
    return Math.max(0, known.run.seenAt + SETTLE_MS - now);
  }

  logStart({ id, startedAt, finishedAt }: ContainerState): LogStart {
    const { lastLine, before } = this.#of(id);
    if (lastLine !== '') return { kind: 'after', time: lastLine };
    // A container may write before the time of its start, so new ones are read from their first line.
    if (before === undefined) return { kind: 'first-line' };
    return before.startedAt === startedAt ? { kind: 'now' } : { kind: 'after', time: finishedAt };
  }

  readLine(id: string, time: string): void {
    this.#of(id).lastLine = time;
  }

  #of(id: string): Remembered {
    let known = this.#containers.get(id);
    if (known === undefined) {
      known = { lastLine: '', run: undefined, before: undefined };
      this.#containers.set(id, known);
    }
    return known;
  }
}
