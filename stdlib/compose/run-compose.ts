import type { CommandResult, EffectError, EffectResult } from '../../interpreter/broker.ts';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { COMPOSE_VARIABLES, type ComposeProject, composeCall } from '../model/compose.ts';
import { quote } from '../schema/show.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** The variable by which the user names another program. */
const OWN_COMMAND = 'TILT_DOCKER_COMPOSE_CMD';
const PLUGIN = ['docker', 'compose'];
const STANDALONE = ['docker-compose'];

/** The program that is tried first. */
export function composeCommand(call: Call): readonly string[] {
  const own = call.broker.environment.setting(OWN_COMMAND) ?? '';
  return own === '' ? PLUGIN : [own];
}

export interface ReadProject {
  readonly text: string;
  /** The project with the program that answered. */
  readonly project: ComposeProject;
}

/** What `docker compose config` says of a project: its services with everything resolved. Throws `Refusal` where it refuses. */
export function readConfig(project: ComposeProject, call: Call, folder: string): ReadProject {
  const ran = runCompose(project, ['config'], call, folder);
  if (ran.ok && ran.value.exitCode === 0) return { text: decoder.decode(ran.value.stdout), project };
  if (!ran.ok && ran.error.code === 'refused') throw new Refusal(ran.error.message);
  if (project.command !== PLUGIN || answers(PLUGIN, call, folder)) throw failed(project, ran);
  const version = answers(STANDALONE, call, folder);
  if (version === undefined) throw new Refusal(noCompose(ran));
  if (/\bv?1\.\d/.test(version)) {
    throw new Refusal(
      `docker_compose needs Docker Compose v2 or newer, and "docker-compose" is ${version.trim()}. ` +
        'Install the Compose plugin of Docker.',
    );
  }
  return readConfig({ ...project, command: STANDALONE }, call, folder);
}

/** What Compose writes to its standard output, or nothing where it fails. */
export function composeOutput(
  project: ComposeProject,
  subcommand: readonly string[],
  call: Call,
  folder: string,
): string | undefined {
  const ran = runCompose(project, subcommand, call, folder);
  return ran.ok && ran.value.exitCode === 0 ? decoder.decode(ran.value.stdout) : undefined;
}

function runCompose(
  project: ComposeProject,
  subcommand: readonly string[],
  call: Call,
  folder: string,
): EffectResult<CommandResult> {
  const { argv, stdin } = composeCall(project, subcommand);
  return call.broker.run({ argv, stdin, dir: folder, env: COMPOSE_VARIABLES, quiet: true, echoOff: true });
}

/** The version of a program of Compose, where it works at all. */
function answers(command: readonly string[], call: Call, folder: string): string | undefined {
  const argv = [...command, 'version', '--short'];
  const ran = call.broker.run({ argv, stdin: undefined, dir: folder, env: {}, quiet: true, echoOff: true });
  return ran.ok && ran.value.exitCode === 0 ? decoder.decode(ran.value.stdout) : undefined;
}

function failed(project: ComposeProject, ran: EffectResult<CommandResult>): Refusal {
  const { argv } = composeCall(project, ['config']);
  const command = `command [${argv.map(quote).join(' ')}] failed.`;
  if (!ran.ok) return new Refusal(`${command}\nerror: ${notStarted(argv[0] ?? '', ran.error)}\nstdout: ""`);
  const { exitCode, signal, stdout, stderr } = ran.value;
  const error = exitCode === null ? `signal: ${signal}` : `exit status ${exitCode}`;
  return new Refusal(
    `${command}\nerror: ${error}\nstdout: ${quote(decoder.decode(stdout))}\nstderr: '${decoder.decode(stderr)}'`,
  );
}

function noCompose(ran: EffectResult<CommandResult>): string {
  const reason = ran.ok ? decoder.decode(ran.value.stderr).trim().split('\n')[0] : notStarted('docker', ran.error);
  return (
    `docker_compose needs Docker Compose, and neither "docker compose" nor "docker-compose" works here (${reason}). ` +
    'Install Docker with its Compose plugin.'
  );
}

function notStarted(program: string, { code, message }: EffectError): string {
  return code === 'ENOENT' ? `exec: ${quote(program)}: executable file not found in $PATH` : message;
}
