import type { ExitOutcome } from '../engine/exit-decision.ts';
import { createSession } from '../engine/loop.ts';
import type { Clock, TiltfileLoader } from '../engine/ports.ts';
import { schedule } from '../engine/schedule.ts';
import type { Session } from '../engine/session.ts';
import type { Loader } from '../load/loader.ts';
import { createLocalRunner } from '../local/local-runner.ts';
import { closingTable } from '../report/closing-table.ts';
import { paintFor } from '../report/colour.ts';
import { failureText } from '../report/failure-text.ts';
import { LogStream } from '../report/log-stream.ts';
import { createLogStore, type LogStore } from '../state/log-store.ts';
import { createFileWatcher } from '../sync/file-watcher.ts';
import { createCluster } from './cluster.ts';
import { createServices } from './compose.ts';
import { ExitCode } from './exit-code.ts';
import { createImages } from './images.ts';
import { onInterrupt } from './interrupt.ts';
import { liveUpdateNotes } from './live-update-note.ts';
import { programLine } from './program-line.ts';
import { type ServeFlags, serve } from './serve.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';
import { VERSION } from './version.ts';

export interface SessionFlags extends TiltfileOptions, ServeFlags {
  /** For the whole of a `ci` run, in milliseconds; wins over what the Tiltfile sets. */
  readonly timeoutMs?: number | undefined;
}

/** Puts a session together, runs it to its end, and tells how it ended. Answers the exit code. */
export async function runSession(mode: 'ci' | 'up', options: SessionFlags, loader: Loader): Promise<number> {
  const served = await serve(mode, options);
  if (!served.ok) {
    process.stderr.write(`Error: ${served.message}\n`);
    return ExitCode.resourceFailed;
  }
  const { serving } = served;
  paintFor(process.stdout);
  const log = createLogStore();
  const stream = new LogStream(process.stdout);
  log.subscribe(stream);
  stream.write(`tilt-ts ${VERSION} ${mode}\n`);
  if (mode === 'up' || options.port !== undefined) stream.write(`Listens on ${serving.url}\n`);

  let session: Session | undefined;
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
      cluster: createCluster(options),
      compose: createServices(),
      tiltfile: tiltfileOf(mode, options, loader),
      ...(watcher === undefined ? {} : { watcher }),
    },
    { mode, log, folder: process.cwd(), timeoutMs: options.timeoutMs, args: options.tiltfileArgs },
  );
  serving.attach(session, log);
  const { ended } = session;
  const forget = onInterrupt((signal) => {
    stream.write('\nStopping everything that was started; Ctrl-C again ends it at once.\n');
    void session.stop(signal);
  });
  const outcome = await ended;
  forget();
  await Promise.all([watcher?.stop(), serving.stop()]);
  await tell(outcome, mode, session, log, stream);
  return outcome.code;
}

/** The closing table and the success on stdout, what went wrong on stderr. */
async function tell(
  outcome: ExitOutcome,
  mode: 'ci' | 'up',
  session: Session,
  log: LogStore,
  stream: LogStream,
): Promise<void> {
  const { state } = session;
  if (mode === 'ci' && state.resources.size > 0) {
    stream.write(`\n${closingTable(state, schedule(state).holds, clock.now())}\n`);
  }
  if (outcome.code === ExitCode.ok) stream.write(`\n${outcome.message}\n`);
  await stream.flush();
  if (outcome.code === ExitCode.ok || mode === 'up') return;
  paintFor(process.stderr);
  const told = withoutSecrets(outcome, (text) => log.scrub(text));
  const text = failureText(told, { state, tail: (resource, count) => log.tail(resource, count) }, process.cwd());
  process.stderr.write(`\n${text}\n`);
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
  const noteLiveUpdates = liveUpdateNotes();
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
      const note = mode === 'up' ? noteLiveUpdates(result.tiltfile.graph) : undefined;
      if (note !== undefined) output.write(`${note}\n`, 'warn');
      return { ok: true, graph: { ...result.tiltfile.graph, configFiles: result.configFiles } };
    },
  };
}

const clock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
