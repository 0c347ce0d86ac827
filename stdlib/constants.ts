import { dirname } from 'node:path';
import type { ScriptValue } from '../interpreter/value.ts';
import { triggerModes } from './builtins/trigger-mode.ts';
import { type LibraryOptions, SUBCOMMANDS } from './session.ts';

/** A value that scripts find under a name of its own. */
export interface Constant {
  /** Dotted. */
  readonly name: string;
  readonly doc: string;
  /** Its type in TypeScript. */
  readonly typescript: string;
  value(options: LibraryOptions): ScriptValue;
}

/** In the order of the reference. `os.environ` is made by the prelude. */
export const constants: readonly Constant[] = [
  {
    name: 'TRIGGER_MODE_AUTO',
    doc: 'Resources update when their files change.',
    typescript: 'TriggerMode',
    value: () => triggerModes.TRIGGER_MODE_AUTO,
  },
  {
    name: 'TRIGGER_MODE_MANUAL',
    doc: 'Resources update when someone asks for it.',
    typescript: 'TriggerMode',
    value: () => triggerModes.TRIGGER_MODE_MANUAL,
  },
  {
    name: 'os.name',
    doc: '`posix`, or `nt` on Windows.',
    typescript: "'posix' | 'nt'",
    value: () => (process.platform === 'win32' ? 'nt' : 'posix'),
  },
  {
    name: 'sys.argv',
    doc: "The program's command line.",
    typescript: 'readonly string[]',
    value: commandLine,
  },
  {
    name: 'sys.executable',
    doc: 'The absolute path of the program.',
    typescript: 'string',
    value: (options) => commandLine(options)[0] ?? null,
  },
  {
    name: 'config.main_path',
    doc: 'The absolute path of the main Tiltfile.',
    typescript: 'string',
    value: ({ mainFile }) => mainFile,
  },
  {
    name: 'config.main_dir',
    doc: 'The folder of the main Tiltfile.',
    typescript: 'string',
    value: ({ mainFile }) => dirname(mainFile),
  },
  {
    name: 'config.tilt_subcommand',
    doc: 'The command that evaluates the Tiltfile.',
    typescript: SUBCOMMANDS.map((name) => `'${name}'`).join(' | '),
    value: ({ subcommand }) => subcommand,
  },
];

function commandLine({ commandLine, subcommand, args }: LibraryOptions): string[] {
  return commandLine ? [...commandLine] : [process.execPath, ...subcommand.split(' '), ...args];
}
