import type { Command } from 'commander';
import { withPermissionFlags } from '../permission-flags.ts';
import type { TiltfileOptions } from '../tiltfile.ts';
import { duration } from './duration-flag.ts';

/** The flags of every command that reads a Tiltfile. */
export type TiltfileFlags = Omit<TiltfileOptions, 'names' | 'tiltfileArgs'>;

/** Adds them to a command. */
export function withTiltfile(command: Command, { frozenLock = true } = {}): Command {
  if (frozenLock)
    command.option('--frozen-lock', 'refuse extensions that tilt.lock does not pin, and leave it as it is');
  command
    .option('-f, --file <path>', 'the Tiltfile (default: Tiltfile.ts, .js, .mjs or Tiltfile in this folder)')
    .option('--context <name>', 'the Kubernetes context to use (default: the current one)')
    .option('--namespace <name>', 'the Kubernetes namespace to use (default: the context’s)')
    .option('--tiltfile-timeout <duration>', 'how long the Tiltfile itself may compute (default 1m)', duration);
  return withPermissionFlags(command);
}
