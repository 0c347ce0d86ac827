import { ExitCode, type ExitOutcome } from '../engine/exit-decision.ts';
import type { Session } from '../engine/session.ts';
import { closingTable } from '../report/closing-table.ts';
import { paintFor } from '../report/colour.ts';
import { failureText } from '../report/failure-text.ts';
import { withoutCommands } from '../report/github-command.ts';
import type { LogPrinter } from '../report/log-stream.ts';
import { LogText } from '../report/log-text.ts';
import type { RunReport } from '../report/report-schema.ts';
import type { LogStore } from '../state/log-store.ts';
import type { SessionReports } from './session-reports.ts';

export interface EndOfSession {
  readonly mode: 'ci' | 'up';
  readonly session: Session;
  readonly log: LogStore;
  readonly stream: LogPrinter;
  readonly reports: SessionReports;
  /** The logs of what failed were not shown yet. */
  readonly quiet: boolean;
}

/** Tells how a session ended, in all the forms that were asked for; once. Answers the exit code. */
export async function tellEnd(end: EndOfSession, outcome: ExitOutcome): Promise<number> {
  const { mode, session, log, stream, reports } = end;
  if (end.quiet && outcome.code !== ExitCode.ok) sayLogs(outcome, log, reports);
  const run = reports.over(session, outcome);
  tell(run, reports);
  const lost = await reports.write(run);
  await stream.flush();
  for (const problem of lost) process.stderr.write(`Error: ${problem}\n`);
  tellFailures(outcome, mode, session, log);
  return lost.length > 0 && outcome.code === ExitCode.ok ? ExitCode.resourceFailed : outcome.code;
}

/** Lines of a log that are shown at the end, of each resource. */
const MOST_LINES = 10_000;

function sayLogs({ reasons }: ExitOutcome, log: LogStore, reports: SessionReports): void {
  for (const name of new Set(reasons.map(({ resource }) => resource))) {
    const text = new LogText();
    for (const line of name === '' ? [] : log.tail(name, MOST_LINES)) reports.say(text.render(line));
  }
}

/** The closing table and the success. */
function tell(run: RunReport, reports: SessionReports): void {
  if (run.mode === 'ci' && run.resources.length > 0) reports.say(`\n${closingTable(run)}\n`);
  if (run.result === 'succeeded') reports.say(`\n${run.message}\n`);
}

/** What went wrong, on stderr. */
function tellFailures(outcome: ExitOutcome, mode: 'ci' | 'up', session: Session, log: LogStore): void {
  if (outcome.code === ExitCode.ok || mode === 'up') return;
  const { state } = session;
  paintFor(process.stderr);
  const told = withoutSecrets(outcome, (text) => log.scrub(text));
  const text = failureText(told, { state, tail: (resource, count) => log.tail(resource, count) }, process.cwd());
  process.stderr.write(`\n${process.env.GITHUB_ACTIONS === 'true' ? withoutCommands(text) : text}\n`);
}

/** Names of resources stay: what is called like a secret is still to be found. */
function withoutSecrets(outcome: ExitOutcome, scrub: (text: string) => string): ExitOutcome {
  const reasons = outcome.reasons.map(({ resource, failure }) => {
    const details = failure.details.map(scrub);
    return { resource, failure: { ...failure, message: scrub(failure.message), details } };
  });
  return { ...outcome, message: scrub(outcome.message), reasons };
}
