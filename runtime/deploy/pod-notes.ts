import type { ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import type { LogLevel } from '../engine/ports.ts';
import { exitWords } from './exit-words.ts';
import { podProgress } from './pod-progress.ts';
import type { WatchMemory } from './watch-memory.ts';

/** Tells how far pods have come and that their containers were restarted, each thing once. */
export class PodNotes {
  readonly #memory: WatchMemory;
  readonly #note: (text: string, level: LogLevel) => void;
  readonly #now: () => number;

  /** `now`: the cluster's time in milliseconds since the epoch. */
  constructor(memory: WatchMemory, note: (text: string, level: LogLevel) => void, now: () => number) {
    this.#memory = memory;
    this.#note = note;
    this.#now = now;
  }

  progress(pod: Pod): void {
    const { uid, name } = pod.metadata;
    const before = this.#memory.progress.get(uid);
    const lines = podProgress(pod);
    this.#memory.progress.set(uid, lines);
    if (!before && this.#memory.oldPods.has(uid)) {
      this.#note(`Attaching to existing pod (${name}). Only new logs will be streamed.`, 'info');
      return;
    }
    if (!before) this.#note(`Tracking new pod rollout (${name}):`, 'info');
    for (const [index, line] of lines.entries()) if (line !== before?.[index]) this.#note(line, 'info');
  }

  restarts(pod: Pod): void {
    const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
    for (const status of [...initContainerStatuses, ...containerStatuses]) this.#restartsOf(pod, status);
  }

  #restartsOf(pod: Pod, { name: container, restartCount = 0, lastState }: ContainerStatus): void {
    const { uid, name } = pod.metadata;
    const key = `${uid}/${container}`;
    const before = this.#memory.restarts.get(key) ?? (this.#memory.oldPods.has(uid) ? restartCount : 0);
    this.#memory.restarts.set(key, restartCount);
    if (restartCount <= before) return;
    this.#memory.restartsSeenAt.set(key, this.#now());
    const ended = lastState?.terminated;
    const why = ended ? ` It ended: ${exitWords(ended)}.` : '';
    this.#note(`Detected container restart. Pod: ${name}. Container: ${container}.${why}`, 'warn');
  }
}
