import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { ExitOutcome } from '../engine/exit-decision.ts';
import { createSession } from '../engine/loop.ts';
import type { TiltfileLoader } from '../engine/ports.ts';
import { followPrunes } from '../engine/prune-runs.ts';
import type { Session } from '../engine/session.ts';
import type { Loader } from '../load/loader.ts';
import { createLocalRunner } from '../local/local-runner.ts';
import { closingTable } from '../report/closing-table.ts';
import { paintFor } from '../report/colour.ts';
import { failureText } from '../report/failure-text.ts';
import { withoutCommands } from '../report/github-command.ts';
import type { RunReport } from '../report/report-schema.ts';
import type { LogStore } from '../state/log-store.ts';
import { createFileWatcher } from '../sync/file-watcher.ts';
import { clusterClient, createCluster } from './cluster.ts';
import { createServices } from './compose.ts';
import { ExitCode } from './exit-code.ts';
import { createImages, createPruner } from './images.ts';
import { onInterrupt } from './interrupt.ts';
import { type LeftFlags, settleLeftBehind } from './left-behind.ts';
import { createLiveUpdates } from './live-update.ts';
import { type ReportFlags, whyNoReports } from './report-targets.ts';
import { type ServeFlags, serve } from './serve.ts';
import { programLine, sessionLog } from './session-log.ts';
import { type OutputFlags, sessionOutput } from './session-output.ts';
import { SessionReports } from './session-reports.ts';
import { steadyClock } from './steady-clock.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';
import { VERSION } from './version.ts';

export interface SessionFlags extends TiltfileOptions, OutputFlags, ReportFlags, LeftFlags, ServeFlags {
  /** What the command line says about a `ci` run; wins over what the Tiltfile sets. */
  readonly ci?: Partial<CiSettings>;
  /** Called when the session can be talked to, with its port and what ends it. */
  readonly served?: (port: number, stop: () => void) => void;
}

/** Puts a session together, runs it to its end, and tells how it ended. Answers the exit code. */
export async function runSession(mode: 'ci' | 'up', options: SessionFlags, loader: Loader): Promise<number> {
  const unwritable = await whyNoReports(options);
  if (unwritable.length > 0) {
    for (const problem of unwritable) process.stderr.write(`Error: ${problem}\n`);
    return ExitCode.usage;
  }
  const clock = steadyClock(mode === 'up');
  const served = await serve(mode, options);
  if (!served.ok) {
    process.stderr.write(`Error: ${served.message}\n`);
    return ExitCode.resourceFailed;
  }
  const { serving } = served;
  await settleLeftBehind(mode, options, (text) => process.stderr.write(text));
  paintFor(process.stdout);
  const log = sessionLog();
  const output = sessionOutput(mode, options, log);
  const stream = output.printer;
  const warn = (message: string) => void process.stderr.write(`Warning: ${message}\n`);
  const reports = new SessionReports({ mode, flags: options, log, stream, now: clock.now, warn });
  reports.say(`tilt-ts ${VERSION} ${mode}\n`);
  if (mode === 'up' || options.port !== undefined) reports.say(`Listens on ${serving.url}\n`);

  let session: Session | undefined;
  const client = clusterClient(options);
  const watcher =
    mode === 'up'
      ? createFileWatcher({
          clock,
          onChange: (id, paths) => session?.filesChanged(id, paths),
          onError: (message) => programLine(log, message),
        })
      : undefined;
  session = createSession(
    {
      clock,
      local: createLocalRunner({}),
      images: createImages(),
      cluster: createCluster(options, client),
      compose: createServices(),
      live: createLiveUpdates(client),
      tiltfile: tiltfileOf(mode, options, loader),
      ...(watcher === undefined ? {} : { watcher }),
    },
    { mode, log, folder: process.cwd(), args: options.tiltfileArgs, ...(options.ci && { ci: options.ci }) },
  );
  reports.follow(session);
  serving.attach(session, log);
  const { stop } = session;
  options.served?.(serving.port, () => void stop.call(session, 'SIGTERM'));
  output.start(session, () => serving.url);
  const pruned = mode === 'up' ? followPrunes(session, createPruner(), { clock, log }) : undefined;
  const { ended } = session;
  const forget = onInterrupt((signal) => {
    reports.say('\nStopping everything that was started; Ctrl-C again ends it at once.\n');
    output.stopping();
    void session.stop(signal);
  });
  const outcome = await ended;
  await Promise.all([watcher?.stop(), serving.stop(), pruned]);
  await output.close();
  const run = reports.over(session, outcome);
  tell(run, reports);
  const lost = await reports.write(run);
  await stream.flush();
  for (const problem of lost) process.stderr.write(`Error: ${problem}\n`);
  tellFailures(outcome, mode, session, log);
  forget();
  return lost.length > 0 && outcome.code === ExitCode.ok ? ExitCode.resourceFailed : outcome.code;
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

/** The Tiltfile of this command line, as the engine loads it. */
function tiltfileOf(mode: 'ci' | 'up', options: SessionFlags, loader: Loader): TiltfileLoader {
  return {
    async load(output, signal, tiltfileArgs) {
      const result = await loadTiltfile(
        loader,
        mode,
        { ...options, tiltfileArgs },
        (text, level) => output.write(text, level),
        signal,
      );
      if (!result.ok) return { ok: false, failures: [result.failure], configFiles: result.configFiles };
      for (const warning of result.tiltfile.warnings) output.write(`${warning}\n`, 'warn');
      return { ok: true, graph: { ...result.tiltfile.graph, configFiles: result.configFiles } };
    },
  };
}
