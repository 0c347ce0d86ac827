import type { CiSettings } from '../../stdlib/model/settings.ts';

/** The limits on time at one moment, and the first of those that are still ahead. */
export class ExitLimits {
  readonly ci: CiSettings;
  readonly #now: number;
  next: number | undefined;
  /** A failure is overlooked for now. */
  tolerates = false;

  constructor(ci: CiSettings, now: number) {
    this.ci = ci;
    this.#now = now;
  }

  /** Whether this point in time is still to come. */
  runsUntil(deadline: number): boolean {
    if (this.#now >= deadline) return false;
    this.next = Math.min(this.next ?? deadline, deadline);
    return true;
  }
}
