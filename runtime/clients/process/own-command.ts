import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A command of the program's own that all processes find on their PATH. */
export interface OwnCommand {
  readonly name: string;
  /** What it runs, with the words of the call after it. */
  readonly argv: readonly string[];
  /** Variables of processes where these have none of the name. */
  readonly variables: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

let offered: OwnCommand | undefined;
/** Made with the first process; `undefined` where that is not possible. */
let folder: { readonly path: string | undefined } | undefined;

/** From now on every process finds the command first on its PATH. It goes when the program ends. */
export function offerOwnCommand(command: OwnCommand): void {
  offered = command;
}

/** The environment of a process with the command that is offered. One without a PATH was cleared on purpose, and stays as it is. */
export function withOwnCommand(environment: Environment): Environment {
  if (offered === undefined) return environment;
  const pathName = nameOfPath(environment);
  const searched = pathName === undefined ? undefined : environment[pathName];
  if (pathName === undefined || searched === undefined) return environment;
  folder ??= { path: makeFolder(offered) };
  const found = folder.path === undefined ? searched : `${folder.path}${path.delimiter}${searched}`;
  return { ...offered.variables, ...environment, [pathName]: found };
}

/** Windows writes it `Path`, and does not mind. */
function nameOfPath(environment: Environment): string | undefined {
  if (process.platform !== 'win32') return 'PATH';
  return Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
}

function makeFolder({ name, argv }: OwnCommand): string | undefined {
  try {
    const made = mkdtempSync(path.join(tmpdir(), 'tilt-ts-bin-'));
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    if (process.platform === 'win32') {
      writeFileSync(path.join(made, `${name}.cmd`), `@${argv.map((word) => `"${word}"`).join(' ')} %*\r\n`);
    } else {
      const words = argv.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
      writeFileSync(path.join(made, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
    }
    return made;
  } catch {
    // Nobody may need it. Who does is told by the shell that there is no such command.
    return undefined;
  }
}
