import path from 'node:path';
import { bold, gray, red } from 'kleur/colors';
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
    const position = failure.position ?? session.state.resources.get(resource)?.resource.position;
    return reasonText(resource, { ...failure, position }, tailOf(failure.kind, session.tail(resource, ALL_LINES)), cwd);
  });
  const end = endLine(outcome);
  return [...blocks, ...(end === '' ? [] : [`${red('Error:')} ${end}`])].join('\n');
}

/** The last lines of the part of the log that tells why; some failures say it all themselves. */
function tailOf(kind: FailureKind, lines: readonly LogLine[]): readonly LogLine[] {
  const source = kind === 'command' ? 'build' : kind === 'server' || kind === 'workload' ? 'runtime' : undefined;
  return lines.filter((line) => line.source === source).slice(-TAIL_LINES);
}

/** What is left to say after the reasons, empty if they say it all. */
function endLine({ code, message, reasons }: ExitOutcome): string {
  if (code === ExitCode.timeLimit || reasons.length === 0) {
    return reasons.some(({ failure }) => failure.message === message) ? '' : message;
  }
  if (reasons.length === 1) return '';
  const names = new Set(reasons.map(({ resource }) => resource).filter((name) => name !== ''));
  return names.size === 0
    ? ''
    : `${names.size} ${names.size === 1 ? 'resource' : 'resources'} failed: ${[...names].join(', ')}`;
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

function reasonText(resource: string, failure: Failure, tail: readonly LogLine[], cwd: string): string {
  const { message, position } = failure;
  const place =
    position === undefined
      ? ''
      : gray(` (${path.relative(cwd, position.file) || position.file}:${position.line}:${position.column})`);
  const head = `${red('Error:')} ${resource === '' ? '' : `${bold(resource)}: `}${message}${place}`;
  const details =
    failure.details.length > 0
      ? failure.details
      : withoutFrame(
          tail.map((line) => line.text),
          message,
        );
  return [head, ...details.map((line) => `    ${line}`)].join('\n');
}

/** Without the headings and empty lines before, and without a last line that says again what failed. */
function withoutFrame(lines: readonly string[], message: string): readonly string[] {
  // The headings; the message quotes the command.
  const body = lines.slice(lines.findLastIndex((line) => line.startsWith('Running cmd: ')) + 1);
  return trimmed(body, message);
}

function trimmed(lines: readonly string[], message: string): readonly string[] {
  const start = lines.findIndex((line) => line.trim() !== '');
  const end = lines.at(-1)?.endsWith(message) ? lines.length - 1 : lines.length;
  return start < 0 ? [] : lines.slice(start, end);
}
