import type { LogLevel, LogLine } from '../state/log-line.ts';
import type { LogStore } from '../state/log-store.ts';
import type { ReportResource, ReportUpdate, RunReport } from './report-schema.ts';

/** Lines of the log in one piece of the file. */
const CHUNK = 5000;
const MOST_BUILDS = 10;
const TILTFILE = '(Tiltfile)';

const LEVELS: Readonly<Record<LogLevel, string>> = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' };

/**
 * A run as a snapshot of Tilt's: what its page would show at the end, `{ view, createdAt }`, in pieces. The whole log stands in it.
 */
export async function* snapshotText(run: RunReport, log: Pick<LogStore, 'page'>): AsyncGenerator<string> {
  const view = {
    tiltStartTime: microTime(run.startedAt),
    uiSession: uiSession(run),
    uiResources: [tiltfileObject(run), ...run.resources.map((resource, index) => resourceObject(resource, index + 2))],
    uiButtons: [],
    clusters: clusterObjects(run),
    isComplete: true,
  };
  // The log comes last, and is written as it is read.
  yield `${JSON.stringify({ createdAt: microTime(run.endedAt), view }).slice(0, -2)},"logList":{"segments":[\n`;
  const spans = new Map<string, string>();
  let end = 0;
  for (let more = true; more; ) {
    const page = await log.page({ after: end, limit: CHUNK });
    const texts = page.lines.map((line) => {
      spans.set(line.span, line.source === 'tiltfile' ? TILTFILE : line.resource);
      return JSON.stringify(segment(line));
    });
    if (texts.length > 0) yield `${end === 0 ? '' : ',\n'}${texts.join(',\n')}`;
    more = page.more && page.end > end;
    end = page.end;
  }
  const named = Object.fromEntries([...spans].map(([span, manifestName]) => [span, { manifestName }]));
  yield `\n],"spans":${JSON.stringify(named)},"fromCheckpoint":0,"toCheckpoint":${end}}}}\n`;
}

function segment({ span, at, text, level }: LogLine) {
  return { spanId: span, time: microTime(at), text: `${text}\n`, level: LEVELS[level] };
}

function uiSession(run: RunReport) {
  const { message, result } = run;
  return {
    metadata: { name: 'Tiltfile' },
    status: {
      featureFlags: null,
      runningTiltBuild: { version: run.tool.version, dev: false },
      tiltStartTime: microTime(run.startedAt),
      tiltfileKey: TILTFILE,
      ...(result === 'succeeded' ? {} : { fatalError: message }),
    },
  };
}

function clusterObjects({ cluster }: RunReport) {
  if (cluster === null) return [];
  const { context, product, version } = cluster;
  const connection = { kubernetes: { context, product } };
  return [{ metadata: { name: 'default' }, spec: { connection }, status: { version, connection } }];
}

function tiltfileObject(run: RunReport) {
  const history = run.tiltfile
    .flatMap(({ startedAt, endedAt, failures }, index) =>
      endedAt === null ? [] : [build(`tiltfile:${index + 1}`, startedAt, endedAt, failures[0]?.message)],
    )
    .reverse();
  const last = run.tiltfile.at(-1);
  const updateStatus = last === undefined ? 'none' : last.result === 'unfinished' ? 'in_progress' : STATUS[last.result];
  return {
    metadata: { name: TILTFILE },
    status: {
      ...common(1),
      runtimeStatus: 'not_applicable',
      updateStatus,
      lastDeployTime: time(last?.endedAt ?? null),
      buildHistory: history.slice(0, MOST_BUILDS),
      specs: null,
    },
  };
}

const STATUS = { succeeded: 'ok', failed: 'error', cancelled: 'error', unfinished: 'in_progress' } as const;

function resourceObject(resource: ReportResource, order: number) {
  const { name, labels, updates, runtimes, hasUpdate } = resource;
  const last = updates.at(-1);
  const runtime = runtimes.at(-1);
  const finished = updates.filter(({ endedAt }) => endedAt !== null).toReversed();
  const current = last?.endedAt === null ? { startTime: microTime(last.startedAt), spanID: spanOf(last) } : undefined;
  const deployed = finished.find(({ result }) => result === 'succeeded')?.endedAt ?? null;
  const updateStatus =
    !hasUpdate && last?.result === 'succeeded'
      ? 'not_applicable'
      : last === undefined
        ? 'pending'
        : STATUS[last.result];
  const runtimeStatus = runtimeStatusOf(resource);
  return {
    metadata: { name, labels: Object.fromEntries(labels.map((label) => [label, label])) },
    status: {
      ...common(order),
      updateStatus,
      runtimeStatus,
      lastDeployTime: time(deployed),
      buildHistory: finished.slice(0, MOST_BUILDS).map(historyOf),
      ...(current === undefined ? {} : { currentBuild: current }),
      specs: [{ id: `${TARGET[resource.type].id}:${name}`, type: TARGET[resource.type].type }],
      conditions: [
        condition('UpToDate', updateStatus === 'ok' || updateStatus === 'not_applicable', deployed),
        condition('Ready', resource.result === 'succeeded', runtime?.readyAt ?? deployed),
      ],
      ...(resource.type === 'kubernetes' && runtime !== undefined
        ? { k8sResourceInfo: { podName: runtime.pod, podStatus: resource.state, podRestarts: runtime.restarts } }
        : {}),
    },
  };
}

const TARGET: Readonly<Record<ReportResource['type'], { readonly id: string; readonly type: string }>> = {
  local: { id: 'local', type: 'LOCAL' },
  kubernetes: { id: 'k8s', type: 'K8S' },
  compose: { id: 'docker-compose', type: 'DOCKER_COMPOSE' },
};

function runtimeStatusOf({ hasRuntime, runtimes }: ReportResource): string {
  if (!hasRuntime) return 'not_applicable';
  switch (runtimes.at(-1)?.phases.at(-1)?.state) {
    case undefined:
      return 'pending';
    case 'pending':
      return 'pending';
    case 'failed':
      return 'error';
    case 'ready':
    case 'succeeded':
      return 'ok';
  }
}

function historyOf(update: ReportUpdate) {
  const problem = update.failure?.message ?? (update.result === 'cancelled' ? 'build canceled' : undefined);
  return build(spanOf(update), update.startedAt, update.endedAt ?? update.startedAt, problem);
}

function build(spanID: string, startedAt: number, endedAt: number, error: string | undefined) {
  const times = { startTime: microTime(startedAt), finishTime: microTime(endedAt) };
  return { ...times, spanID, ...(error === undefined ? {} : { error }) };
}

function spanOf({ update }: ReportUpdate): string {
  return `build:${update}`;
}

function common(order: number) {
  return {
    order,
    triggerMode: 0,
    pendingBuildSince: null,
    disableStatus: { enabledCount: 0, disabledCount: 0, sources: null, state: 'Enabled' },
  };
}

function condition(type: string, holds: boolean, since: number | null) {
  return { type, status: holds ? 'True' : 'False', lastTransitionTime: time(since) };
}

function time(at: number | null): string | null {
  return at === null ? null : microTime(at);
}

/** As Kubernetes writes times with microseconds. */
function microTime(at: number): string {
  return new Date(at).toISOString().replace(/\.(\d{3})Z$/, '.$1000Z');
}
