import os from 'node:os';
import { startProcess } from '../clients/process/process.ts';
import { StreamText } from '../clients/process/stream-text.ts';
import { formatDuration } from '../engine/duration.ts';
import { ExitCode, type ExitOutcome } from '../engine/exit-decision.ts';
import type { Finale } from '../engine/finale.ts';
import { ciSettingsOf } from '../state/ci-settings.ts';
import { type Failure, failure } from '../state/failure.ts';
import { EXEC_SPAN, type LogStore } from '../state/log-store.ts';
import type { State } from '../state/state.ts';

/** Runs a command of the user's against what is healthy. The session ends as it does, or when the time of the whole run is over. */
export async function runExec(script: string, finale: Finale, log: LogStore, now: () => number): Promise<ExitOutcome> {
  const { state, signal } = finale;
  const writer = log.open({ resource: '', source: 'global', span: EXEC_SPAN });
  writer.write(`\nRunning cmd: ${script}\n`);
  const streams = new StreamText(writer);
  const argv = process.platform === 'win32' ? ['cmd', '/S', '/C', script] : ['sh', '-c', script];
  const env = { ...process.env, ...execVariables(state) };
  const child = startProcess({ argv, dir: process.cwd(), env }, streams.sink);
  const timeoutMs = ciSettingsOf(state)?.timeoutMs ?? Number.POSITIVE_INFINITY;
  const leftMs = state.startedAt + timeoutMs - now();
  let isLate = false;
  const limit = setTimeout(
    () => {
      isLate = true;
      void child.stop();
    },
    Math.min(Math.max(leftMs, 0), 2 ** 31 - 1),
  );
  const abort = () => void child.stop();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const end = await child.ended;
  signal.removeEventListener('abort', abort);
  clearTimeout(limit);
  if (isLate || signal.aborted) await child.stop();
  streams.end();
  writer.end();
  if (isLate) {
    const message = `Timeout after ${formatDuration(timeoutMs)}: the command of --exec still ran: ${script}`;
    return over(ExitCode.timeLimit, { ...failure('command', message), timedOut: true });
  }
  switch (end.kind) {
    case 'not-started':
      return over(
        ExitCode.resourceFailed,
        failure('command', `Cannot run the command of --exec: ${end.problem.reason}`),
      );
    case 'signaled': {
      const number = os.constants.signals[end.signal as NodeJS.Signals] ?? 0;
      return over(
        128 + number,
        failure('command', `The command of --exec was ended by signal ${end.signal}: ${script}`),
      );
    }
    case 'exited':
      if (end.code === 0) return finale.outcome;
      return over(end.code, failure('command', `The command of --exec failed: exit status ${end.code}: ${script}`));
  }
}

function over(code: number, problem: Failure): ExitOutcome {
  return { kind: 'exit', code, message: problem.message, reasons: [{ resource: '', failure: problem }] };
}

/** Where things are: the cluster, and for each resource with forwarded ports the address of the first: `TILT_ENDPOINT_WEB=localhost:8080`. */
export function execVariables({ cluster, resources }: State): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  if (cluster.kind === 'connected') {
    variables.TILT_KUBE_CONTEXT = cluster.info.context;
    variables.TILT_KUBE_NAMESPACE = cluster.info.namespace;
  }
  for (const { resource, forwards } of resources) {
    const index = forwards.findIndex((forward) => forward?.kind === 'listening');
    const forward = forwards[index];
    const port =
      forward?.kind === 'listening'
        ? forward.localPort
        : resource.kind === 'compose'
          ? resource.publishedPorts[0]
          : undefined;
    if (port === undefined) continue;
    const host = (resource.kind === 'kubernetes' && resource.portForwards[index]?.host) || 'localhost';
    variables[`TILT_ENDPOINT_${resource.name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`] = `${host}:${port}`;
  }
  return variables;
}
