import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitOutcome } from '../engine/exit-decision.ts';
import type { Session } from '../engine/session.ts';
import { EventStream } from '../report/event-stream.ts';
import { GITHUB_FOLDS, GroupedLog, gitlabFolds } from '../report/grouped-log.ts';
import { LogFolder } from '../report/log-folder.ts';
import type { LogPrinter } from '../report/log-stream.ts';
import { otlpSettings } from '../report/otlp-settings.ts';
import { type ReportText, reasonOf, writeReport } from '../report/report-file.ts';
import type { RunReport } from '../report/report-schema.ts';
import { runReport } from '../report/run-report.ts';
import { StateChanges } from '../report/state-changes.ts';
import { EMPTY_TIMELINE, recordEvents, type Timeline } from '../report/timeline.ts';
import { LEVELS, type LogLine } from '../state/log-line.ts';
import { EXEC_SPAN, type LogStore } from '../state/log-store.ts';
import { type FileKind, logFormOf, type ReportFlags } from './report-targets.ts';
import type { OutputFlags } from './session-output.ts';
import { VERSION } from './version.ts';

export interface ReportedSession {
  readonly mode: 'ci' | 'up';
  readonly flags: ReportFlags & Pick<OutputFlags, 'logFilter' | 'json'> & { readonly quiet?: boolean | undefined };
  readonly log: LogStore;
  /** The standard output. */
  readonly stream: LogPrinter;
  now(): number;
  /** Told of a problem that ends nothing, in a line. */
  warn(message: string): void;
}

/** Follows a session from its start and tells of it in all the forms that were asked for. */
export class SessionReports {
  readonly #of: ReportedSession;
  readonly #form: ReturnType<typeof logFormOf>;
  readonly #events: EventStream | undefined;
  readonly #groups: GroupedLog | undefined;
  readonly #changes: StateChanges | undefined;
  readonly #folder: LogFolder | undefined;
  #timeline: Timeline = EMPTY_TIMELINE;

  constructor(of: ReportedSession) {
    const { mode, flags, log, stream } = of;
    this.#of = of;
    this.#form = mode === 'ci' ? logFormOf(flags, process.env) : 'none';
    const scrub = (text: string) => log.scrub(text);
    if (flags.output === 'json') this.#events = new EventStream((text) => stream.write(text), scrub);
    else if (this.#form === 'github') this.#groups = new GroupedLog(stream, GITHUB_FOLDS, scrub);
    else if (this.#form === 'gitlab') this.#groups = new GroupedLog(stream, gitlabFolds(of.now), scrub);
    const lines = this.#events ?? this.#groups ?? stream;
    const isForPeople = this.#events === undefined;
    const print = (line: LogLine): void => {
      // What the command of `--exec` says is what was asked for, whatever else is left out.
      if (line.span === EXEC_SPAN && lines === stream) stream.write(`${line.text}\n`);
      else if (!isForPeople || flags.quiet !== true || isTrouble(line)) lines.line(line);
    };
    log.subscribe({ line: print, backlog: () => stream.backlog() });
    const isFiltered = flags.quiet === true || Object.values(flags.logFilter ?? {}).some((one) => one !== undefined);
    const isPlain = mode === 'ci' && lines === stream && flags.json !== true && process.stdout.isTTY !== true;
    if (isPlain && !isFiltered) this.#changes = new StateChanges((text) => stream.write(text));
    if (flags.logDir !== undefined) {
      this.#folder = new LogFolder(path.resolve(flags.logDir), of.warn);
      log.subscribe(this.#folder);
    }
    this.#events?.started(of.now(), mode, VERSION);
  }

  /** Text for people, on the standard output unless programs read that. */
  say(text: string): void {
    if (this.#events === undefined) this.#of.stream.write(text);
  }

  follow(session: Session): void {
    session.subscribe((state, events) => {
      this.#timeline = recordEvents(this.#timeline, state, events);
      this.#events?.changed(state, events);
      this.#groups?.changed(state, events);
      this.#changes?.changed(state, events);
    });
  }

  /** What there is to tell of a session that is over. */
  over(session: Session, outcome: ExitOutcome): RunReport {
    const { mode, log, now } = this.#of;
    this.#groups?.finish();
    const run = runReport({
      version: VERSION,
      mode,
      endedAt: now(),
      state: session.state,
      timeline: this.#timeline,
      outcome,
      tail: (resource, count) => log.tail(resource, count),
      scrub: (text) => log.scrub(text),
    });
    this.#events?.finished(run);
    return run;
  }

  /** Writes all reports; answers what could not be written, a line for each. */
  async write(run: RunReport): Promise<readonly string[]> {
    const { flags, log } = this.#of;
    const problems: string[] = [];
    const tell = async (what: string, file: string, text: ReportText): Promise<void> => {
      const why = await writeReport(path.resolve(file), text);
      if (why !== undefined) problems.push(`Cannot write ${what} to "${file}": ${why}`);
    };
    for (const { kind, file } of flags.report ?? []) {
      if (file !== undefined) await tell(`the report ${kind}`, file, await this.#textOf(kind, run));
    }
    if (flags.trace !== undefined) {
      const { chromeTrace } = await import('../report/chrome-trace.ts');
      await tell('the trace', flags.trace, chromeTrace(run));
    }
    if (flags.outputSnapshotOnExit !== undefined) {
      const { snapshotText } = await import('../report/snapshot.ts');
      await tell('the snapshot', flags.outputSnapshotOnExit, snapshotText(run, log));
    }
    if (this.#form === 'github') await this.#tellGithub(run, problems);
    await this.#folder?.flush();
    await this.#send(run);
    return problems;
  }

  /** A run is as good as its servers: that nobody takes its trace is a warning. */
  async #send(run: RunReport): Promise<void> {
    const settings = otlpSettings(process.env);
    if (settings.kind === 'off') return;
    if (settings.kind === 'unsupported') {
      this.#of.warn(
        `Cannot send the trace by OTLP: the protocol "${settings.protocol}" is not supported; set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf or http/json`,
      );
      return;
    }
    const { sendTrace } = await import('../report/otlp.ts');
    const why = await sendTrace(run, settings, process.env);
    if (why !== undefined) this.#of.warn(`Cannot send the trace to "${settings.endpoint}": ${why}`);
  }

  async #textOf(kind: FileKind, run: RunReport): Promise<ReportText> {
    const { log } = this.#of;
    switch (kind) {
      case 'json':
        return `${JSON.stringify(run, undefined, 2)}\n`;
      case 'junit': {
        const { junitXml } = await import('../report/junit.ts');
        return junitXml(run, (resource, count) => log.tail(resource, count));
      }
      case 'html': {
        const { htmlReport } = await import('../report/html/html-report.ts');
        return htmlReport(run, log);
      }
    }
  }

  async #tellGithub(run: RunReport, problems: string[]): Promise<void> {
    const { githubAnnotations, githubSummary } = await import('../report/github.ts');
    const { GITHUB_WORKSPACE, GITHUB_STEP_SUMMARY } = process.env;
    const folder = GITHUB_WORKSPACE ?? process.cwd();
    this.say(githubAnnotations(run, folder));
    if (GITHUB_STEP_SUMMARY === undefined || GITHUB_STEP_SUMMARY === '') return;
    try {
      await appendFile(GITHUB_STEP_SUMMARY, githubSummary(run, folder));
    } catch (error) {
      problems.push(`Cannot write the summary to "${GITHUB_STEP_SUMMARY}": ${reasonOf(error)}`);
    }
  }
}

/** A problem of the program or of the Tiltfile, which no resource tells of. */
function isTrouble({ resource, level }: LogLine): boolean {
  return resource === '' && LEVELS.indexOf(level) >= LEVELS.indexOf('warn');
}
