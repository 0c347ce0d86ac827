import path from 'node:path';
import { bold, gray, red } from 'kleur/colors';
import { commandText } from '../../stdlib/model/command-text.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import { ExitCode, type ExitOutcome } from '../engine/exit-decision.ts';
import type { Failure, FailureKind } from '../state/failure.ts';
import type { LogLine } from '../state/log-line.ts';
import type { State } from '../state/state.ts';

/** Lines of a failed resource's log that stand under its failure: enough for a stack trace with what led to it. */
const TAIL_LINES = 25;
/** So many are looked through for them. */
const ALL_LINES = 1000;

/**
 * What stands last on stderr when a run failed: for each reason the resource, the message, where it was declared, and its details,
 * or else the end of its log.
 */
export function failureText(outcome: ExitOutcome, session: FailedSession, cwd: string): string {
  const blocks = outcome.reasons.map(({ resource, failure }) => {
    if (resource === '') return reasonText(resource, failure, [], cwd);
    const declared = session.state.resources.get(resource)?.resource;
    const position = failure.position ?? declared?.position;
    return reasonText(resource, { ...failure, position }, excerptOf(resource, failure, session), cwd);
  });
  const end = endLine(outcome);
  return [...blocks, ...(end === '' ? [] : [`${red('Error:')} ${end}`])].join('\n');
}

/** The last lines of a failed resource's log that tell why it failed. */
export function excerptOf(resource: string, failure: Failure, { state, tail }: FailedSession): readonly string[] {
  const lines = tailOf(failure.kind, tail(resource, ALL_LINES));
  return withoutFrame(lines, failure, state.resources.get(resource)?.resource);
}

/** The last lines of the part of the log that tells why; some failures say it all themselves. */
function tailOf(kind: FailureKind, lines: readonly LogLine[]): readonly LogLine[] {
  const source = kind === 'command' ? 'build' : kind === 'server' || kind === 'workload' ? 'runtime' : undefined;
  return lines.filter((line) => line.source === source);
}

/** What is left to say after the reasons, empty if they say it all. */
function endLine({ code, message, reasons, notStarted = [] }: ExitOutcome): string {
  const allLate = reasons.every(({ failure }) => failure.timedOut);
  if (reasons.length === 0 || (code === ExitCode.timeLimit && !allLate)) {
    return reasons.some(({ failure }) => failure.message === message) ? '' : message;
  }
  const names = new Set(reasons.map(({ resource }) => resource).filter((name) => name !== ''));
  const because =
    notStarted.length === 0 ? '' : `${notStarted.length} did not start because of that: ${notStarted.join(', ')}`;
  if (names.size === 0) return because;
  if (reasons.length === 1) return because === '' ? '' : `${[...names].join('')} failed; ${because}`;
  const failed = `${names.size} ${names.size === 1 ? 'resource' : 'resources'} failed: ${[...names].join(', ')}`;
  return because === '' ? failed : `${failed}; ${because}`;
}

/** What is known about a session that ended badly. */
export interface FailedSession {
  readonly state: State;
  tail(resource: string, count: number): readonly LogLine[];
}

/** The same for a Tiltfile that could not be loaded by a command that runs no session. */
export function tiltfileFailureText(problem: Failure, cwd: string): string {
  return reasonText('', problem, [], cwd);
}

function reasonText(resource: string, failure: Failure, tail: readonly string[], cwd: string): string {
  const { message, position, builtin } = failure;
  const by = builtin === undefined ? '' : `, in ${builtin}`;
  const place =
    position === undefined
      ? ''
      : gray(` (${path.relative(cwd, position.file) || position.file}:${position.line}:${position.column}${by})`);
  const head = `${red('Error:')} ${resource === '' ? '' : `${bold(resource)}: `}${message}${place}`;
  const details = failure.details.length > 0 ? failure.details : tail;
  return [head, ...details.map((line) => `    ${line}`)].join('\n');
}

/** The last lines without the headings and empty lines before them, and without a last line that says again what failed. */
function withoutFrame(
  lines: readonly LogLine[],
  { kind, message }: Failure,
  declared: Resource | undefined,
): readonly string[] {
  const texts = lines.map(({ text }) => text);
  const heading = texts.findLastIndex((text) => text.startsWith('Running cmd: '));
  const command = declared?.kind === 'local' ? (kind === 'command' ? declared.update : declared.serve) : undefined;
  // The heading shows all lines of the command.
  const height = command === undefined ? 1 : commandText(command).split('\n').length;
  const body = heading < 0 ? texts : texts.slice(heading + height);
  const start = body.findIndex((text) => text.trim() !== '');
  const end = body.at(-1)?.endsWith(message) ? body.length - 1 : body.length;
  return start < 0 ? [] : body.slice(start, end).slice(-TAIL_LINES);
}
