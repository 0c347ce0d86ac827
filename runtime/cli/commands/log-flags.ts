import { type Command, Option } from 'commander';
import { TILTFILE_ID } from '../../state/event.ts';
import type { LogFilter } from '../../state/log-filter.ts';
import type { LogSource } from '../../state/log-line.ts';

/** Which lines of a session's log are printed. */
export interface LogFlags {
  readonly logResource?: readonly string[] | undefined;
  readonly logSource?: 'all' | 'build' | 'runtime' | undefined;
  readonly logLevel?: 'warn' | 'error' | undefined;
}

/** Adds Tilt's flags to a command. */
export function withLogFlags(command: Command): Command {
  return command
    .option(
      '--log-resource <names>',
      'print only the log of these resources ("(Tiltfile)" for the Tiltfile); may be repeated',
      (text, before: readonly string[] | undefined) => [
        ...(before ?? []),
        ...text.split(',').filter((name) => name !== ''),
      ],
    )
    .addOption(
      new Option('--log-source <source>', 'print only what updates write, or only what runs writes').choices([
        'all',
        'build',
        'runtime',
      ]),
    )
    .addOption(
      new Option('--log-level <level>', 'print only lines of this level and worse').choices(['warn', 'error']),
    );
}

/** What the flags come to. Everything that is not the output of servers and pods counts as of a build. */
export function logFilterOf({ logResource, logSource, logLevel }: LogFlags): LogFilter {
  const names = logResource?.map((name) => (name === TILTFILE_ID ? '' : name));
  const sources: Readonly<Record<string, ReadonlySet<LogSource>>> = {
    build: new Set(['build', 'tiltfile', 'global']),
    runtime: new Set(['runtime']),
  };
  return {
    resources: names === undefined || names.length === 0 ? undefined : new Set(names),
    sources: logSource === undefined ? undefined : sources[logSource],
    level: logLevel,
  };
}
