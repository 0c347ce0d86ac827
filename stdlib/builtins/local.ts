import type { Command as BrokerCommand, CommandResult, EffectError, EffectResult } from '../../interpreter/broker.ts';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
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

/** The parameters of `local` and `local_async`. */
export const localParameters = {
  command: required(command, 'A line for the shell, or a program and its arguments in a list.'),
  quiet: withDefault(bool, false, 'Do not write its output to the log.'),
  command_bat: optional(command, 'Taken instead on Windows.'),
  echo_off: withDefault(bool, false, 'Do not write the command itself to the log.'),
  env: withDefault(stringMap, {}, 'Environment variables, added to those of the session.'),
  dir: optional(commandFolder, 'Where it runs. By default the folder of the Tiltfile.'),
  stdin: optional(text, 'Its standard input.'),
  check: withDefault(
    bool,
    true,
    'With `false`, a command that fails is no error: the answer is an object with `exit_code` (-1 after a signal), `stdout` and `stderr`.',
  ),
} as const;

/** The declarations for editors: what is answered depends on `check`. */
export function localSignature(name: string, options: string, answer: (type: string) => string): string {
  const command = 'command: string | readonly string[]';
  const never = `${options} & { check: false }`;
  const checked = `${options} & { check?: true }`;
  // Compilers explain a wrong call by the last one.
  return [
    [`${command}, options: ${never}`, 'CommandResult'],
    [`options: { ${command} } & ${never}`, 'CommandResult'],
    [`options: { ${command} } & ${checked}`, 'Blob'],
    [`${command}, quiet: boolean, command_bat: string | readonly string[], echo_off?: boolean`, 'Blob'],
    [`${command}, quiet: boolean, options?: ${checked}`, 'Blob'],
    [`${command}, options?: ${checked}`, 'Blob'],
    [`${command}, options: ${options}`, 'Blob | CommandResult'],
  ]
    .map(([parameters, type = '']) => `function ${name}(${parameters}): ${answer(type)};`)
    .join('\n');
}

export const local = builtin({
  name: 'local',
  doc: 'Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.',
  parameters: localParameters,
  returns: 'Blob',
  signature: localSignature('local', 'LocalOptions', (type) => type),
  example:
    "const commit = local('git rev-parse HEAD', { quiet: true }).trim();\n" +
    "const { exit_code } = local('git diff --quiet', { check: false });",
  run(args, call, session) {
    session.checkContext(call);
    const parts = { command: args.command, windowsCommand: args.command_bat, dir: args.dir, env: args.env };
    const run = announced(commandOf(parts, call), call, session, optionsOf(args));
    return answerTo(run, call.broker.run(run.command), args.check);
  },
});

export interface LocalArguments {
  readonly quiet: boolean;
  readonly echo_off: boolean;
  readonly stdin: string | undefined;
}

export function optionsOf({ quiet, echo_off: echoOff, stdin }: LocalArguments): RunOptions {
  return { quiet, echoOff, stdin };
}

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
  const run = announced(found, call, session, options);
  return decoder.decode(succeeded(run, call.broker.run(run.command)).stdout);
}

/** A command that the log has announced and that runs next. */
export interface AnnouncedRun {
  readonly title: string;
  readonly command: BrokerCommand;
  readonly call: Call;
}

export function announced(
  found: Command | undefined,
  call: Call,
  { options: { tiltPort } }: Session,
  { announcedAs = 'local', ...options }: RunOptions,
): AnnouncedRun {
  if (found === undefined || found.argv.length === 0) throw failed('', 'empty cmd');
  const { argv, dir } = found;
  const title = commandTitle(argv);
  if (!options.echoOff) call.broker.print(`${announcedAs}: ${title}\n`, 'info');
  // Where this session's server listens, for programs that talk to it.
  const envDefaults = { TILT_HOST: 'localhost', TILT_PORT: String(tiltPort ?? 10350) };
  return { title, command: { argv, dir, env: variablesOf(found.env), envDefaults, ...options }, call };
}

/** What `local` answers: the standard output, or with `check: false` how the command ended. */
export function answerTo(run: AnnouncedRun, ran: EffectResult<CommandResult>, check: boolean): ScriptValue {
  if (check) return makeBlob(decoder.decode(succeeded(run, ran).stdout), `local: ${run.title}`);
  const { exitCode, stdout, stderr } = ended(run, ran);
  return { exit_code: exitCode ?? -1, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

function succeeded(run: AnnouncedRun, ran: EffectResult<CommandResult>): CommandResult {
  const result = ended(run, ran);
  if (result.exitCode !== 0) throw exited(run.title, result, run.command.quiet);
  return result;
}

/** How it ended. Throws `Refusal` when it did not run. */
function ended({ title, command, call }: AnnouncedRun, ran: EffectResult<CommandResult>): CommandResult {
  if (!ran.ok) {
    if (ran.error.code === 'refused') throw new Refusal(ran.error.message);
    throw failed(title, notStarted(command, ran.error));
  }
  const { stdout, stderr, exitCode } = ran.value;
  const isSilent = exitCode === 0 && stdout.length === 0 && stderr.length === 0;
  if (isSilent && !command.quiet && !command.echoOff) call.broker.print(' → [no output]\n', 'info');
  return ran.value;
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

function notStarted({ argv, dir }: BrokerCommand, error: EffectError): string {
  const program = argv[0] ?? '';
  const reason = systemReason(error.code);
  if (reason === undefined) return error.message;
  const isMissing = error.code === 'ENOENT' && error.subject !== dir && !program.includes('/');
  return isMissing ? `exec: ${quote(program)}: executable file not found in $PATH` : `fork/exec ${program}: ${reason}`;
}

function variablesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
