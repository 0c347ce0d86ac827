import path from 'node:path';
import type { Graph } from '../../stdlib/model/graph.ts';
import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { ExitOutcome } from '../engine/exit-decision.ts';
import { createSession } from '../engine/loop.ts';
import type { ImageDestination, ResultCache } from '../engine/ports.ts';
import { followPrunes } from '../engine/prune-runs.ts';
import type { Session } from '../engine/session.ts';
import type { Loader } from '../load/loader.ts';
import { createLocalRunner } from '../local/local-runner.ts';
import { paintFor } from '../report/colour.ts';
import type { LogPrinter } from '../report/log-stream.ts';
import { createFileWatcher } from '../sync/file-watcher.ts';
import type { Membership } from './background/membership.ts';
import { clusterClient, createCluster } from './cluster.ts';
import { createServices } from './compose.ts';
import { ExitCode } from './exit-code.ts';
import { createImages, createPruner } from './images.ts';
import { onInterrupt } from './interrupt.ts';
import { type LeftFlags, settleLeftBehind } from './left-behind.ts';
import { createLiveUpdates } from './live-update.ts';
import type { ReportFlags } from './report-targets.ts';
import type { SelectionFlags } from './selection.ts';
import { type ServeFlags, serve } from './serve.ts';
import { checkFlags } from './session-checks.ts';
import { tellEnd } from './session-end.ts';
import { finaleOf } from './session-finale.ts';
import { programLine, sessionLog } from './session-log.ts';
import { type OutputFlags, sessionOutput } from './session-output.ts';
import { SessionReports } from './session-reports.ts';
import { type ForwardFlags, tiltfileOf } from './session-tiltfile.ts';
import { steadyClock } from './steady-clock.ts';
import type { SessionCluster, ThrowAwayFlags } from './throw-away-cluster.ts';
import type { TiltfileOptions } from './tiltfile.ts';
import { VERSION } from './version.ts';

export interface SessionFlags
  extends TiltfileOptions,
    OutputFlags,
    ReportFlags,
    LeftFlags,
    ServeFlags,
    SelectionFlags,
    ForwardFlags,
    ThrowAwayFlags {
  /** What the command line says about a `ci` run; wins over what the Tiltfile sets. */
  readonly ci?: Partial<CiSettings>;
  /** Called when the session can be talked to, with its port and what ends it. */
  readonly served?: (port: number, stop: () => void) => void;
  /** A command to run when everything is healthy. */
  readonly exec?: string;
  /** Leave everything running in the background when it is healthy; what the session is called there. */
  readonly background?: string;
  /** Take away what was deployed, however the run ends. */
  readonly teardown?: boolean;
  /** Where results of commands are kept between runs. */
  readonly cacheDir?: string;
  /** Print no logs but those of what failed, at the end. */
  readonly quiet?: boolean;
}

/** Puts a session together, runs it to its end, and tells how it ended. Answers the exit code. */
export async function runSession(mode: 'ci' | 'up', options: SessionFlags, loader: Loader): Promise<number> {
  const checked = await checkFlags(options);
  if (!checked.ok) {
    for (const problem of checked.problems) process.stderr.write(`Error: ${problem}\n`);
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
  const throwAway = options.cluster === undefined ? undefined : await clusterOf(options);
  const log = sessionLog();
  const output = sessionOutput(mode, options, log);
  const stream = output.printer;
  const warn = (message: string) => void process.stderr.write(`Warning: ${message}\n`);
  const reports = new SessionReports({ mode, flags: options, log, stream, now: clock.now, warn });
  if (options.quiet !== true) reports.say(`tilt-ts ${VERSION} ${mode}\n`);
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
  let told: Promise<number> | undefined;
  const end = (outcome: ExitOutcome): Promise<number> => {
    if (session === undefined) throw new Error('a session ended before it began');
    told ??= tellEnd({ mode, session, log, stream, reports, quiet: options.quiet === true }, outcome);
    return told;
  };
  const stop = (signal: string) => {
    reports.say('\nStopping everything that was started; Ctrl-C again ends it at once.\n');
    output.stopping();
    void session?.stop(signal);
  };
  const { background } = options;
  const membership = background === undefined ? undefined : await join(background, options.file, serving.url, stop);
  const cache = options.cacheDir === undefined ? undefined : await cacheIn(options.cacheDir);
  const whenHealthy = finaleOf(options, { log, now: clock.now, membership, end });
  const tiltfile = tiltfileOf(mode, options, checked.changes, loader);
  session = createSession(
    {
      clock,
      local: createLocalRunner({}),
      ...(cache && { cache }),
      images: createImages(),
      cluster: createCluster(options, client),
      compose: createServices(),
      live: createLiveUpdates(client, () => imagesGoTo(session)),
      tiltfile: throwAway?.before(tiltfile) ?? tiltfile,
      ...(watcher === undefined ? {} : { watcher }),
    },
    {
      mode,
      log,
      folder: process.cwd(),
      args: options.tiltfileArgs,
      ...(options.ci && { ci: options.ci }),
      ...(whenHealthy && { whenHealthy }),
    },
  );
  reports.follow(session);
  serving.attach(session, log);
  options.served?.(serving.port, () => stop('SIGTERM'));
  output.start(session, () => serving.url);
  const pruned = mode === 'up' ? followPrunes(session, createPruner(), { clock, log }) : undefined;
  const forget = onInterrupt(stop);
  const outcome = await session.ended;
  await Promise.all([watcher?.stop(), serving.stop(), pruned]);
  await output.close();
  const code = await end(outcome);
  const { graph } = session.state;
  const left = options.teardown && graph ? await tearDown(graph, options, reports, stream) : ExitCode.ok;
  const undeleted = await throwAway?.close((text) => options.quiet !== true && reports.say(text));
  await stream.flush();
  membership?.end();
  forget();
  return [code, left, undeleted].find((one) => one !== undefined && one !== ExitCode.ok) ?? ExitCode.ok;
}

/** Where images go, once the cluster has answered. */
function imagesGoTo(session: Session | undefined): ImageDestination | undefined {
  const cluster = session?.state.cluster;
  return cluster?.kind === 'connected' ? cluster.info.destination : undefined;
}

/** What only few sessions need is loaded with them. */
async function join(
  id: string,
  file: string | undefined,
  url: string,
  stop: (signal: string) => void,
): Promise<Membership> {
  const { joinBackground } = await import('./background/membership.ts');
  return joinBackground(id, { file, url }, () => stop('SIGHUP'));
}

async function cacheIn(folder: string): Promise<ResultCache> {
  const { createResultCache } = await import('../local/cache/result-cache.ts');
  return createResultCache({ folder: path.resolve(folder) });
}

async function clusterOf(flags: ThrowAwayFlags): Promise<SessionCluster | undefined> {
  const { throwAwayCluster } = await import('./throw-away-cluster.ts');
  return throwAwayCluster(flags);
}

/** Takes away what was deployed; what it cannot is told, and the code of a run that went well then. */
async function tearDown(
  graph: Graph,
  options: SessionFlags,
  reports: SessionReports,
  stream: LogPrinter,
): Promise<number> {
  const { takeAway } = await import('./down.ts');
  reports.say('\n');
  const code = await takeAway(graph, options, new AbortController().signal, (text) => reports.say(text));
  await stream.flush();
  return code;
}
