import { type Command, InvalidArgumentError } from 'commander';

/** Adds the flags by which a command finds the program that runs. */
export function withServer(command: Command): Command {
  return command
    .option('--port <number>', 'the port of the running tilt-ts (default: TILT_PORT, or 10350)', port)
    .option('--host <name>', 'the host of the running tilt-ts (default: TILT_HOST, or localhost)');
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  }
  return value;
}
