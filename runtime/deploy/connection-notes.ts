/** Tells once that the cluster does not answer, however many resources notice, and once that it answers again. */
export class ConnectionNotes {
  readonly #cutOff = new Set<object>();
  #tell: Tell | undefined;

  /** `watcher` gets no answer any more, for the reason given. */
  lost(watcher: object, reason: string, tell: Tell): void {
    this.#cutOff.add(watcher);
    if (this.#tell) return;
    this.#tell = tell;
    tell(`The cluster does not answer: ${reason}. Trying again.`, 'warn');
  }

  /** `watcher` gets answers; does nothing if it always did. */
  back(watcher: object): void {
    this.stopped(watcher);
    if (this.#cutOff.size > 0) return;
    this.#tell?.('The cluster answers again.', 'info');
    this.#tell = undefined;
  }

  /** `watcher` asks no more. */
  stopped(watcher: object): void {
    this.#cutOff.delete(watcher);
  }
}

type Tell = (text: string, level: 'info' | 'warn') => void;
