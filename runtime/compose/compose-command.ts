import { COMPOSE_VARIABLES, type ComposeProject, composeCall } from '../../stdlib/model/compose.ts';
import type { SourcePosition } from '../../stdlib/model/position.ts';
import { type CapturedOutput, runToEnd } from '../clients/process/run-to-end.ts';
import { type FailureKind, failure, type Result } from '../state/failure.ts';

export interface ComposeCommand {
  readonly project: ComposeProject;
  /** Such as `['up', '-d', 'web']`. */
  readonly subcommand: readonly string[];
  /** What it does, to follow `Cannot`: `start service "web"`. */
  readonly purpose: string;
  /** The kind of failure when Compose refuses. */
  readonly kind: FailureKind;
  readonly position: SourcePosition | undefined;
}

/** Lines of Compose's own words that go with a failure. */
const TAIL_LINES = 25;
/** Who says the line that Compose ends with. */
const SPEAKER = /^(?:Error response from daemon: |failed to solve: )+/;
/** Compose tells what it does: ` Container shop-web-1  Created`, ` web Pulling`. */
const PROGRESS = /^ (?:Container|Network|Volume|Image) \S+\s+\w+\s*$|^ \S+ (?:Pulling|Pulled|Error .*)\s*$/;
/** Stands around what BuildKit repeats of the step that failed. */
const RULE = '------';
const NO_ENGINE = /Cannot connect to the Docker daemon|error during connect/;

/** Runs Compose to its end; `onText` gets what it prints. */
export async function runCompose(
  command: ComposeCommand,
  environment: Readonly<Record<string, string | undefined>>,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { project, subcommand, purpose, kind, position } = command;
  const { argv, stdin } = composeCall(project, subcommand);
  const env = environmentFor(project, environment);
  let printed = '';
  const listen = (text: string): void => {
    printed += text;
    onText(text);
  };
  const ran = await runToEnd({ argv, stdin, env, dir: process.cwd() }, listen, signal);
  if (ran.ok && ran.value.exitCode === 0) return { ok: true, value: undefined };
  if (!ran.ok) {
    const { code, message } = ran.error;
    if (code === 'ABORT_ERR') return { ok: false, failure: failure('cancelled', message, [], position) };
    return { ok: false, failure: failure(kind, `Cannot ${purpose}: ${message}`, [], position) };
  }
  const last = new TextDecoder().decode(ran.value.stderr).trim().split('\n').at(-1)?.trim() ?? '';
  const reason = last === '' ? endOf(ran.value) : last.replace(SPEAKER, '');
  const message = `Cannot ${purpose}: ${reason}`;
  if (NO_ENGINE.test(reason)) return { ok: false, failure: failure('docker-unreachable', message, [], position) };
  return { ok: false, failure: failure(kind, message, whatLedTo(last, printed), position) };
}

/** The environment as it was when the Tiltfile declared the project. */
function environmentFor(
  { variables }: ComposeProject,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = { ...environment, ...COMPOSE_VARIABLES };
  for (const [name, value] of Object.entries(variables)) {
    if (name in COMPOSE_VARIABLES) continue;
    if (value === null) delete env[name];
    else env[name] = value;
  }
  return env;
}

/** The last lines before the one that says why; of a build that failed, what its failed step printed. */
function whatLedTo(reason: string, printed: string): readonly string[] {
  const lines = printed.split('\n').filter((line) => line.trim() !== '' && !PROGRESS.test(line));
  const excerpt = lines.indexOf(RULE);
  return lines
    .slice(excerpt + 1)
    .filter((line) => line !== RULE && line.trim() !== reason)
    .slice(-TAIL_LINES);
}

function endOf({ exitCode, signal }: CapturedOutput): string {
  return exitCode === null ? `it was ended by ${signal}` : `it exited with exit code ${exitCode}`;
}
