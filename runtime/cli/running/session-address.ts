import { readFileSync } from 'node:fs';
import path from 'node:path';
import { devFolder } from '../../server/dev-folder.ts';

/** Which running program a command talks to. */
export interface ServerFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** The port of the program's server: as the flag says, else `TILT_PORT`, else Tilt's own. */
export function serverPort(flags: ServerFlags, env: NodeJS.ProcessEnv = process.env): number {
  const asked = flags.port ?? Number(env.TILT_PORT ?? '');
  return Number.isInteger(asked) && asked > 0 ? asked : 10350;
}

/** The host on which the program's server listens. */
export function serverHost(flags: ServerFlags, env: NodeJS.ProcessEnv = process.env): string {
  return flags.host || env.TILT_HOST || 'localhost';
}

/** By which this user's programs know each other; empty where there is none: then the server says what is missing. */
export function userToken(env: NodeJS.ProcessEnv = process.env): string {
  try {
    return readFileSync(path.join(devFolder(env), 'token'), 'utf8').trim();
  } catch {
    return '';
  }
}

/** What stands in the way of a command; `message` is all that people get to read. */
export class CommandProblem extends Error {}
