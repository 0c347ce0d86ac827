import { dirname } from 'node:path';
import type { Resource, Trigger } from '../../../stdlib/model/resource.ts';
import { causeText } from '../../engine/cause-text.ts';
import type { Hold } from '../../engine/hold.ts';
import { holdText } from '../../engine/hold-text.ts';
import { apiKey, type OwnObject } from '../../state/api-state.ts';
import type { Cause } from '../../state/cause.ts';
import type { Failure } from '../../state/failure.ts';
import type { FinishedUpdate, ResourceState, State, TiltfileState } from '../../state/state.ts';
import { maybeMicroTime, microTime } from '../time.ts';
import {
  TILTFILE_RESOURCE,
  type TriggerMode,
  type UIBuildTerminated,
  type UIResourceKubernetes,
  type UIResourceStatus,
  type UIResourceWaiting,
} from '../wire.ts';
import { disableSource } from './disable.ts';
import { endpointLinks } from './endpoint-links.ts';
import {
  declaredAt,
  type Entry,
  type Projected,
  type Projector,
  perEntry,
  resourceAnnotations,
  type World,
} from './projected.ts';
import { targetSpecs } from './target-specs.ts';
import { conditions, runtimeStatus, updateStatus } from './uiresource-status.ts';

const perResource = perEntry(
  (entry, world) => [uiResource(entry, world)],
  ({ resource }, world) => {
    const { holds, state } = world;
    const hold = holds.get(resource.name);
    return `${hold === undefined ? '' : JSON.stringify(hold)} ${state.triggers.includes(resource.name)} ${metadataText(resource.name, world)}`;
  },
);

/** What the page shows: the Tiltfile, then every resource, also those that are disabled. */
export const uiResources: Projector = function* (world) {
  yield tiltfileResource(world);
  yield* perResource(world);
};

/** Labels and annotations that a client gave it. */
function givenMetadata(name: string, { state: { api } }: World): OwnObject | undefined {
  return api.objects.get(apiKey('uiresources', name));
}

function metadataText(name: string, world: World): string {
  const given = givenMetadata(name, world);
  return given === undefined ? '' : JSON.stringify([given.labels, given.annotations]);
}

function uiResource({ resource, row, order }: Entry, world: World): Projected {
  const { name } = resource;
  const given = givenMetadata(name, world);
  const createdAt = declaredAt(world);
  const isDisabled = row === undefined;
  const folder = dirname(world.about.tiltfilePath);
  const history = row?.history.map((update) => terminated(update, folder)).reverse() ?? [];
  const specs = targetSpecs(resource);
  const links = row === undefined ? [] : endpointLinks(row);
  const hold = world.holds.get(name);
  const mode = triggerMode(resource.trigger);
  const status: UIResourceStatus = {
    ...(history.length === 0 ? {} : { buildHistory: history }),
    conditions: conditions(row, createdAt),
    ...(row?.update.kind === 'running'
      ? {
          currentBuild: {
            spanID: `build:${row.update.update}`,
            startTime: microTime(row.update.startedAt),
            causes: causesOf(row.update.causes, folder),
          },
        }
      : {}),
    disableStatus: {
      state: isDisabled ? 'Disabled' : 'Enabled',
      disabledCount: isDisabled ? 1 : 0,
      enabledCount: isDisabled ? 0 : 1,
      sources: [disableSource(name)],
    },
    ...(links.length === 0 ? {} : { endpointLinks: links }),
    ...infoOf(resource, row),
    ...(row !== undefined && hasChanges(row) ? { hasPendingChanges: true } : {}),
    lastDeployTime: maybeMicroTime(row?.succeeded?.endedAt),
    order,
    pendingBuildSince: maybeMicroTime(row?.pending?.since),
    ...(world.state.triggers.includes(name) ? { queued: true } : {}),
    runtimeStatus: runtimeStatus(row),
    updateStatus: updateStatus(row),
    ...(specs.length === 0 ? {} : { specs }),
    ...(mode === 0 ? {} : { triggerMode: mode }),
    ...(hold === undefined ? {} : { waiting: waiting(hold, world.state) }),
    ...(resource.resourceDeps.length === 0 ? {} : { dependencies: resource.resourceDeps }),
  };
  return {
    name,
    createdAt,
    owned: true,
    labels: { ...Object.fromEntries(resource.labels.map((label) => [label, label])), ...given?.labels },
    annotations: resourceAnnotations(name, given?.annotations),
    body: { spec: {}, status },
  };
}

export function triggerMode({ onChange, atStart }: Trigger): TriggerMode {
  if (onChange) return atStart ? 0 : 3;
  return atStart ? 1 : 2;
}

function hasChanges(row: ResourceState): boolean {
  return row.pending?.causes.some(({ kind }) => kind === 'files' || kind === 'config') ?? false;
}

function causesOf(causes: readonly Cause[], folder: string): readonly string[] {
  return causeText(causes, folder).split(' | ');
}

function terminated(update: FinishedUpdate, folder: string): UIBuildTerminated {
  return {
    spanID: `build:${update.update}`,
    startTime: microTime(update.startedAt),
    finishTime: microTime(update.endedAt),
    causes: causesOf(update.causes, folder),
    ...(update.kind === 'failed' ? { error: update.failure.message } : {}),
    ...(update.kind === 'cancelled' ? { error: 'build canceled' } : {}),
  };
}

function infoOf(resource: Resource, row: ResourceState | undefined): Partial<UIResourceStatus> {
  const runtime = row?.runtime;
  const report = runtime === undefined || runtime.kind === 'none' ? undefined : runtime.report;
  switch (resource.kind) {
    case 'local': {
      const pid = runtime === undefined || runtime.kind === 'none' ? undefined : runtime.pid;
      return { localResourceInfo: pid === undefined ? {} : { pid } };
    }
    case 'compose':
      return {
        composeResourceInfo: report === undefined || report.podStatus === '' ? {} : { healthStatus: report.podStatus },
      };
    case 'kubernetes': {
      const base = { podCreationTime: null, podUpdateStartTime: null, displayNames: resource.displayNames };
      if (report === undefined || report.podName === '') return { k8sResourceInfo: base };
      const info: UIResourceKubernetes = {
        ...base,
        podName: report.podName,
        podStatus: report.podStatus,
        ...(runtime?.kind === 'failed' ? { podStatusMessage: runtime.failure.message } : {}),
        allContainersReady: runtime?.kind === 'ready',
        ...(report.restarts === 0 ? {} : { podRestarts: report.restarts }),
        spanID: `pod:${resource.name}:${report.podName}`,
      };
      return { k8sResourceInfo: info };
    }
  }
}

function waiting(hold: Hold, state: State): UIResourceWaiting {
  const { reason, on } = hold;
  const message = [holdText(hold), ...(on.length === 1 ? whatKeeps(on[0] ?? '', state) : [])].join(': ');
  const kind = WAITED_FOR[reason];
  if (kind === undefined || on.length === 0) return { reason, message };
  return { reason, message, on: on.map((name) => ({ group: 'tilt.dev', apiVersion: 'v1alpha1', kind, name })) };
}

/** Why the one resource is not there yet that another one waits for. */
function whatKeeps(name: string, { resources, graph }: State): readonly string[] {
  const row = resources.get(name);
  if (row === undefined && graph?.resources.some((resource) => resource.name === name)) return ['it is disabled'];
  if (row?.update.kind === 'failed') return [row.update.failure.message];
  if (row?.runtime.kind === 'failed') return [row.runtime.failure.message];
  return row?.runtime.kind === 'pending' && row.runtime.reason !== '' ? [row.runtime.reason] : [];
}

const WAITED_FOR: Partial<Record<Hold['reason'], string>> = {
  'waiting-for-dep': 'UIResource',
  'waiting-for-local': 'UIResource',
  'waiting-for-uncategorized': 'UIResource',
  'building-component': 'ImageMap',
  'waiting-for-cluster': 'Cluster',
};

let known: { readonly tiltfile: TiltfileState; readonly made: Projected } | undefined;

function tiltfileResource({ state }: World): Projected {
  if (known?.tiltfile !== state.tiltfile || known.made.createdAt !== state.startedAt) {
    known = { tiltfile: state.tiltfile, made: makeTiltfileResource(state) };
  }
  return known.made;
}

function makeTiltfileResource({ tiltfile, startedAt }: State): Projected {
  const { load, pending } = tiltfile;
  const spanID = `tiltfile:${Math.max(1, tiltfile.loads)}`;
  const isOver = load.kind === 'loaded' || load.kind === 'failed';
  const update =
    load.kind === 'loading' ? 'in_progress' : !isOver ? 'pending' : load.kind === 'loaded' ? 'ok' : 'error';
  const at = microTime(load.kind === 'none' ? startedAt : isOver ? load.endedAt : load.startedAt);
  const told =
    load.kind === 'loaded'
      ? ({ status: 'True', lastTransitionTime: at } as const)
      : ({
          status: 'False',
          lastTransitionTime: at,
          reason: update === 'error' ? 'UpdateError' : update === 'pending' ? 'UpdatePending' : 'Unknown',
        } as const);
  const status: UIResourceStatus = {
    ...(isOver
      ? {
          buildHistory: [
            {
              spanID,
              startTime: microTime(load.startedAt),
              finishTime: microTime(load.endedAt),
              ...(load.kind === 'failed' ? { error: load.failures.map(failureText).join('\n') } : {}),
            },
          ],
        }
      : {}),
    ...(load.kind === 'loading' ? { currentBuild: { spanID, startTime: microTime(load.startedAt) } } : {}),
    conditions: [
      { type: 'UpToDate', ...told },
      { type: 'Ready', ...told },
    ],
    disableStatus: { state: 'Enabled', disabledCount: 0, enabledCount: 0, sources: null },
    lastDeployTime: isOver ? microTime(load.endedAt) : null,
    order: 1,
    pendingBuildSince: load.kind === 'loading' ? microTime(load.startedAt) : maybeMicroTime(pending?.since),
    runtimeStatus: 'not_applicable',
    updateStatus: update,
  };
  return { name: TILTFILE_RESOURCE, createdAt: startedAt, body: { spec: {}, status } };
}

/** What is wrong with the Tiltfile, where, and the lines of it that show it. */
function failureText({ message, details, position }: Failure): string {
  const place = position === undefined ? '' : ` (${position.file}:${position.line}:${position.column})`;
  return [`${message}${message.includes(place.trim()) ? '' : place}`, ...details].join('\n');
}
