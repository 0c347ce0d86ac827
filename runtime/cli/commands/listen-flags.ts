import { type Command, InvalidArgumentError } from 'commander';

/** The flags of commands whose session can be talked to. */
export interface ListenFlags {
  readonly port?: number;
  readonly host?: string;
}

/** Adds them to a command. */
export function withListening(command: Command): Command {
  return command
    .option(
      '--port <port>',
      'where the session can be talked to; 0 takes a free port (default: TILT_PORT or 10350)',
      portNumber,
    )
    .option('--host <host>', 'the address to listen on (default: TILT_HOST or localhost)');
}

/** What a port on the command line has to be; 0 is a free one. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  }
  return port;
}
