import { formatDuration } from '../../engine/duration.ts';
import { ciSettingsOf } from '../../state/ci-settings.ts';
import { hasRuntime, isDue } from '../../state/resource-status.ts';
import type { ResourceState } from '../../state/state.ts';
import { maybeMicroTime, microTime, seconds } from '../time.ts';
import { TILTFILE_RESOURCE } from '../wire.ts';
import { type Entry, entries, type Projector, type World } from './projected.ts';

const SESSION = 'Tiltfile';

interface Target {
  readonly name: string;
  readonly type: 'job' | 'server';
  readonly resources: readonly string[];
  readonly state: object;
}

/** The session with everything that it waits for: what `ci` looks at. */
export const sessions: Projector = function* (world) {
  const { state, about } = world;
  const targets = [tiltfileTarget(world)];
  for (const entry of entries(world)) targets.push(...targetsOf(entry, world));
  targets.sort((one, other) => (one.name < other.name ? -1 : 1));
  const ci = ciSettingsOf(state);
  const error = problemOf(state.tiltfile.load);
  yield {
    name: SESSION,
    createdAt: state.startedAt,
    body: {
      spec: {
        tiltfilePath: about.tiltfilePath,
        exitCondition: about.mode === 'ci' ? 'ci' : 'manual',
        ...(ci === undefined
          ? {}
          : {
              ci: {
                ...(ci.k8sGracePeriodMs === 0 ? {} : { k8sGracePeriod: formatDuration(ci.k8sGracePeriodMs) }),
                timeout: formatDuration(ci.timeoutMs),
                readinessTimeout: formatDuration(ci.readinessTimeoutMs),
              },
            }),
      },
      status: {
        pid: about.pid,
        startTime: microTime(state.startedAt),
        targets,
        done: state.stop !== undefined,
        ...(error === undefined ? {} : { error }),
      },
    },
  };
};

/** What the page shows of the session as a whole. */
export const uiSessions: Projector = function* ({ state, about }) {
  const settings = state.graph?.settings.tilt;
  const features = Object.entries(settings?.features ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  yield {
    name: SESSION,
    createdAt: state.startedAt,
    body: {
      spec: {},
      status: {
        featureFlags: features.length === 0 ? null : features.map(([name, value]) => ({ name, value })),
        runningTiltBuild: { version: about.version },
        versionSettings: { checkUpdates: settings?.checkUpdates ?? true },
        tiltStartTime: seconds(state.startedAt),
        tiltfileKey: about.tiltfilePath,
      },
    },
  };
};

function problemOf(load: World['state']['tiltfile']['load']): string | undefined {
  return load.kind === 'failed' ? (load.failures[0]?.message ?? 'The Tiltfile failed') : undefined;
}

function tiltfileTarget({ state: { tiltfile } }: World): Target {
  const { load } = tiltfile;
  const state =
    load.kind === 'none'
      ? { waiting: { waitReason: 'initial-build' } }
      : load.kind === 'loading'
        ? active(load.startedAt, false, undefined)
        : ended(load.startedAt, load.endedAt, problemOf(load));
  return { name: 'tiltfile:update', type: 'job', resources: [TILTFILE_RESOURCE], state };
}

function targetsOf({ resource, row }: Entry, world: World): readonly Target[] {
  const { name } = resource;
  const wait = waitReason(name, world);
  const targets: Target[] = [];
  if (resource.kind !== 'local' || resource.update !== undefined) {
    const state = row === undefined ? { disabled: {} } : updateState(row, wait);
    targets.push({ name: `${name}:update`, type: 'job', resources: [name], state });
  }
  if (hasRuntime(resource)) {
    const toEnd =
      (resource.kind === 'kubernetes' && resource.podReadiness === 'succeeded') ||
      (resource.kind === 'compose' && resource.runsToEnd);
    targets.push({
      name: `${name}:${resource.kind === 'local' ? 'serve' : 'runtime'}`,
      type: toEnd ? 'job' : 'server',
      resources: [name],
      state: row === undefined ? { disabled: {} } : runtimeState(row, wait),
    });
  }
  return targets;
}

function waitReason(name: string, { holds }: World): string {
  return holds.get(name)?.reason ?? 'unknown';
}

function updateState(row: ResourceState, wait: string): object {
  if (row.update.kind === 'running') return active(row.update.startedAt, false, undefined);
  if (isDue(row.resource, row.pending)) return { waiting: { waitReason: wait } };
  switch (row.update.kind) {
    case 'none':
      return {};
    case 'succeeded':
      return ended(row.update.startedAt, row.update.endedAt, undefined);
    case 'cancelled':
      return ended(row.update.startedAt, row.update.endedAt, 'build canceled');
    case 'failed':
      return ended(row.update.startedAt, row.update.endedAt, row.update.failure.message);
  }
}

function runtimeState(row: ResourceState, wait: string): object {
  const { runtime } = row;
  const startedAt = row.succeeded?.endedAt ?? (runtime.kind === 'none' ? 0 : runtime.since);
  switch (runtime.kind) {
    case 'none':
      return row.update.kind === 'none' && !isDue(row.resource, row.pending) ? {} : { waiting: { waitReason: wait } };
    case 'pending':
      return runtime.report === undefined && runtime.pid === undefined
        ? { waiting: { waitReason: runtime.reason } }
        : active(startedAt, false, row.lastReadyAt);
    case 'ready':
      return active(startedAt, true, runtime.since);
    case 'succeeded':
      return ended(startedAt, runtime.since, undefined);
    case 'failed':
      return ended(startedAt, runtime.since, runtime.failure.message);
  }
}

function active(startedAt: number, ready: boolean, lastReadyAt: number | undefined): object {
  return { active: { startTime: microTime(startedAt), ready, lastReadyTime: maybeMicroTime(lastReadyAt) } };
}

function ended(startedAt: number, endedAt: number, error: string | undefined): object {
  const times = { startTime: microTime(startedAt), finishTime: microTime(endedAt) };
  return { terminated: error === undefined ? times : { ...times, error } };
}
