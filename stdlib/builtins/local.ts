import type { CommandResult, EffectError } from '../../interpreter/broker.ts';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { Command } from '../model/command.ts';
import { builtin } from '../schema/builtin.ts';
import { stringMap } from '../schema/collection-types.ts';
import { command, commandFolder, commandOf } from '../schema/command-types.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { bool, text } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { makeBlob } from './blob.ts';
import { systemReason } from './effect-errors.ts';

export const local = builtin({
  name: 'local',
  doc: 'Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.',
  parameters: {
    command: required(command, 'A line for the shell, or a program and its arguments in a list.'),
    quiet: withDefault(bool, false, 'Do not write its output to the log.'),
    command_bat: optional(command, 'Taken instead on Windows.'),
    echo_off: withDefault(bool, false, 'Do not write the command itself to the log.'),
    env: withDefault(stringMap, {}, 'Environment variables, added to those of the session.'),
    dir: optional(commandFolder, 'Where it runs. By default the folder of the Tiltfile.'),
    stdin: optional(text, 'Its standard input.'),
  },
  returns: 'Blob',
  example: "const commit = local('git rev-parse HEAD', { quiet: true }).trim();",
  run(args, call, session) {
    session.checkContext(call);
    const parts = { command: args.command, windowsCommand: args.command_bat, dir: args.dir, env: args.env };
    const found = commandOf(parts, call);
    const output = runCommand(found, call, session, {
      quiet: args.quiet,
      echoOff: args.echo_off,
      stdin: args.stdin,
    });
    return makeBlob(output, `local: ${commandTitle(found?.argv ?? [])}`);
  },
});

export interface RunOptions {
  readonly quiet: boolean;
  readonly echoOff: boolean;
  readonly stdin: string | undefined;
  /** What stands before the command in the log. By default `local`. */
  readonly announcedAs?: 'local' | 'Running';
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Runs a command to its end and answers its standard output. Throws `Refusal` when it fails. */
export function runCommand(found: Command | undefined, call: Call, session: Session, options: RunOptions): string {
  if (found === undefined || found.argv.length === 0) throw failed('', 'empty cmd');
  const title = commandTitle(found.argv);
  const folder = call.broker.stat(found.dir);
  if (!folder.ok && folder.error.code === 'ENOENT') throw failed(title, notStarted(found.argv, folder.error));
  if (!options.echoOff) call.broker.print(`${options.announcedAs ?? 'local'}: ${title}\n`, 'info');
  const ran = call.broker.run({
    argv: found.argv,
    dir: found.dir,
    env: { ...serverVariables(call, session), ...variablesOf(found.env) },
    quiet: options.quiet,
    echoOff: options.echoOff,
    stdin: options.stdin,
  });
  if (!ran.ok) {
    if (ran.error.code === 'refused') throw new Refusal(ran.error.message);
    throw failed(title, notStarted(found.argv, ran.error));
  }
  if (ran.value.exitCode !== 0) throw exited(title, ran.value, options.quiet);
  const isSilent = ran.value.stdout.length === 0 && ran.value.stderr.length === 0;
  if (isSilent && !options.quiet && !options.echoOff) call.broker.print(' → [no output]\n', 'info');
  return decoder.decode(ran.value.stdout);
}

/** The command as people write it: a shell's line as it is, words with blanks in quotes. */
export function commandTitle(argv: readonly string[]): string {
  const [shell, flag, line = ''] = argv;
  if (argv.length === 3 && shell === 'sh' && flag === '-c' && !line.includes('\n')) return line;
  return argv.map((word) => (word.includes(' ') ? quote(word) : word)).join(' ');
}

function failed(title: string, reason: string): Refusal {
  return new Refusal(`command ${quote(title)} failed.\nerror: ${reason}`);
}

function exited(title: string, result: CommandResult, quiet: boolean): Refusal {
  const status = result.exitCode ?? -1;
  // What went to the log need not be told again.
  const output = quiet
    ? `\nstdout:\n${decoder.decode(result.stdout)}\nstderr:\n${decoder.decode(result.stderr)}\n`
    : '';
  return new Refusal(`command ${quote(title)} failed.\nerror: exit status ${status}${output}`);
}

function notStarted(argv: readonly string[], error: EffectError): string {
  const program = argv[0] ?? '';
  const reason = systemReason(error.code);
  if (reason === undefined) return error.message;
  if (!program.includes('/') && error.code === 'ENOENT') {
    return error.subject === program || error.message.includes('spawn')
      ? `exec: ${quote(program)}: executable file not found in $PATH`
      : `fork/exec ${program}: ${reason}`;
  }
  return `fork/exec ${program}: ${reason}`;
}

/** Where this session's server listens, for programs that talk to it. */
function serverVariables(call: Call, { options }: Session): Record<string, string> {
  const { environment } = call.broker;
  return {
    TILT_HOST: environment.get('TILT_HOST') ?? 'localhost',
    TILT_PORT: environment.get('TILT_PORT') ?? String(options.tiltPort ?? 10350),
  };
}

function variablesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
