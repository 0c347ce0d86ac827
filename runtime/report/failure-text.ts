import path from 'node:path';
import { bold, gray, red } from 'kleur/colors';
import type { ExitOutcome, ExitReason } from '../engine/exit-decision.ts';
import type { Failure } from '../state/failure.ts';
import type { LogLine } from '../state/log-line.ts';

/** Lines of a failed resource's log that stand under its failure. */
const TAIL_LINES = 15;

/**
 * What stands last on stderr when a run failed: for each reason the resource, the message, where it was declared, and its details,
 * or else the end of its log.
 */
export function failureText(outcome: ExitOutcome, tail: (resource: string, count: number) => readonly LogLine[], cwd: string): string {
  const blocks = outcome.reasons.map((reason) => reasonText(reason, reason.resource === '' ? [] : tail(reason.resource, TAIL_LINES), cwd));
  return [...blocks, `${red('Error:')} ${outcome.message}`].join('\n');
}

/** The same for a Tiltfile that could not be loaded by a command that runs no session. */
export function tiltfileFailureText(problem: Failure, cwd: string): string {
  return reasonText({ resource: '', failure: problem }, [], cwd);
}

function reasonText({ resource, failure }: ExitReason, tail: readonly LogLine[], cwd: string): string {
  const place =
    failure.position === undefined
      ? ''
      : gray(` (${path.relative(cwd, failure.position.file) || failure.position.file}:${failure.position.line}:${failure.position.column})`);
  const head = `${red('✗')} ${resource === '' ? '' : `${bold(resource)}: `}${failure.message}${place}`;
  const details = failure.details.length > 0 ? failure.details : tail.map((line) => line.text);
  return [head, ...details.map((line) => `    ${line}`)].join('\n');
}
