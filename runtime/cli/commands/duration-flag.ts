import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../arguments.ts';

/** The value of a flag that is a duration above zero, in milliseconds. */
export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms <= 0) throw new InvalidArgumentError('A duration is a number and a unit: 90s, 5m, 1h30m.');
  return ms;
}
