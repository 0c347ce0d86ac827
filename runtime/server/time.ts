import type { MicroTime, Seconds } from './wire.ts';

/** Milliseconds since the epoch as the API writes exact times. */
export function microTime(ms: number): MicroTime {
  return new Date(ms).toISOString().replace('Z', '000Z');
}

export function maybeMicroTime(ms: number | undefined): MicroTime | null {
  return ms === undefined ? null : microTime(ms);
}

/** Milliseconds since the epoch as the API writes times of objects. */
export function seconds(ms: number): Seconds {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
