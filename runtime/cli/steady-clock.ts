import type { Clock } from '../engine/ports.ts';

/** By how much the clock of the machine may be off before it counts as set anew, in milliseconds. */
const DRIFT_MS = 2000;

export interface ClockSources {
  /** Milliseconds since the epoch, as the machine's clock says. */
  readonly wall?: () => number;
  /** Milliseconds that have passed since some moment; never goes back. */
  readonly passed?: () => number;
}

/**
 * A clock that goes on evenly when the machine's clock is set, so that no limit passes too early or too late. With `follows` it takes
 * over what the machine's clock says once that is far off (the clock was set, the machine slept): in a session of days, times have to
 * be those of the person's watch.
 */
export function steadyClock(
  follows: boolean,
  { wall = Date.now, passed = () => performance.now() }: ClockSources = {},
): Clock {
  let origin = wall() - passed();
  return {
    now() {
      const now = origin + passed();
      const real = wall();
      if (!follows || Math.abs(real - now) < DRIFT_MS) return Math.round(now);
      origin = real - passed();
      return real;
    },
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
  };
}
