import type { Binding } from '../syntax/binding.ts';

/** What a branch of the program did, from its beginning to its end. */
export interface Branch {
  readonly assigned: ReadonlySet<Binding>;
  /** Its end is not reached: it returned, or left a loop. */
  readonly isDead: boolean;
}

/** Which variables have a value for certain at the point of the program that is being written: their reads need no check. */
export class Assigned {
  readonly #certain = new Set<Binding>();
  /** In the order in which they became certain. */
  readonly #log: Binding[] = [];
  #isDead = false;

  has(binding: Binding): boolean {
    return this.#isDead || this.#certain.has(binding);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  add(binding: Binding): void {
    if (this.#isDead || this.#certain.has(binding)) return;
    this.#certain.add(binding);
    this.#log.push(binding);
  }

  /** What follows is not reached. */
  end(): void {
    this.#isDead = true;
  }

  /** Goes through a part that may not be run, and forgets it. */
  branch(run: () => void): Branch {
    const mark = this.#log.length;
    const wasDead = this.#isDead;
    run();
    const branch = { assigned: new Set(this.#log.slice(mark)), isDead: this.#isDead };
    for (const binding of this.#log.splice(mark)) this.#certain.delete(binding);
    this.#isDead = wasDead;
    return branch;
  }

  /** The body of a function: it may run at any time after this point. */
  body(run: () => void): Branch {
    return this.branch(() => {
      this.#isDead = false;
      run();
    });
  }

  /** Goes on after one of these branches was run. */
  join(branches: readonly Branch[]): void {
    const living = branches.filter(({ isDead }) => !isDead);
    const [first, ...others] = living;
    if (!first) {
      this.end();
      return;
    }
    for (const binding of first.assigned) if (others.every(({ assigned }) => assigned.has(binding))) this.add(binding);
  }
}
