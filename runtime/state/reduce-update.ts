import { type Cause, type Pending, withCause } from './cause.ts';
import type { SessionEvent } from './event.ts';
import type { Failure } from './failure.ts';
import { withBuilding, withUnbuilt } from './image-state.ts';
import { NO_LIVE, withContainersBehind, withFiles } from './live-state.ts';
import { hasRuntime } from './resource-status.ts';
import { isRetry, withRetry } from './retries.ts';
import type { FinishedUpdate, ResourceState, RunningUpdate, State } from './state.ts';

type UpdateEvent = Extract<
  SessionEvent,
  {
    kind:
      | 'update-started'
      | 'step-began'
      | 'step-ended'
      | 'update-process-started'
      | 'image-built'
      | 'update-succeeded'
      | 'update-failed'
      | 'update-cancelled'
      | 'update-gave-way';
  }
>;

/** How many updates of a resource are remembered. */
const HISTORY = 10;

export function reduceUpdate(state: State, event: UpdateEvent): State {
  const row = state.resources.get(event.resource);
  if (event.kind === 'update-started') {
    if (row === undefined) return state;
    const failedAttempts = isRetry(event.causes) ? row.failedAttempts : [];
    const update: RunningUpdate = {
      kind: 'running',
      update: event.update,
      startedAt: event.at,
      attempt: failedAttempts.length + 1,
      causes: event.causes,
      isLive: event.isLive,
      steps: [],
      images: event.images,
      ...(row.update.kind === 'cancelled' &&
        row.update.isSuperseded && { superseded: (row.update.superseded ?? 0) + 1 }),
    };
    const live = event.isLive
      ? { ...row.live, files: withFiles(row.live.files, event.causes, event.update) }
      : row.live;
    return {
      ...state,
      resources: state.resources.with(event.resource, { ...row, pending: undefined, update, live, failedAttempts }),
      images: withBuilding(state.images, event.images, event.resource),
      triggers: state.triggers.includes(event.resource)
        ? state.triggers.filter((name) => name !== event.resource)
        : state.triggers,
      updatesStarted: Math.max(state.updatesStarted, event.update),
    };
  }
  const update = row?.update;
  if (row === undefined || update?.kind !== 'running' || update.update !== event.update) {
    return forgetImagesOf(state, event);
  }
  const put = (changed: ResourceState) => ({ ...state, resources: state.resources.with(event.resource, changed) });
  switch (event.kind) {
    case 'step-began': {
      const step = { kind: event.stepKind, title: event.title, startedAt: event.at, endedAt: undefined };
      return put({ ...row, update: { ...update, steps: [...update.steps, step] } });
    }
    case 'step-ended': {
      const steps = update.steps.map((step, index) => (index === event.step ? { ...step, endedAt: event.at } : step));
      return put({ ...row, update: { ...update, steps } });
    }
    case 'update-process-started':
      return put({ ...row, update: { ...update, pid: event.pid } });
    case 'image-built': {
      const ref = event.image.ref;
      const images = new Map(state.images);
      // It stays stale when its files changed while it was built.
      images.set(ref, {
        built: event.image,
        stale: state.images.get(ref)?.stale ?? false,
        building: undefined,
      });
      const left = update.images.filter((known) => known !== ref);
      return { ...put({ ...row, update: { ...update, images: left } }), images };
    }
    case 'update-succeeded': {
      const finished = finish(update, event.at, { kind: 'succeeded' });
      if (update.isLive) return put(withContainersBehind(withFinished(row, finished), event.at));
      const succeeded = { update: event.update, endedAt: event.at, deployed: event.deployed };
      // What was built holds all files; the containers that run it are yet to be seen.
      const ran = withFinished({ ...row, succeeded, live: NO_LIVE }, finished);
      return put(afterSuccess(ran, event.at));
    }
    case 'update-failed': {
      const finished = finish(update, event.at, { kind: 'failed', failure: event.failure });
      const failed = withFinished(row, finished);
      if (update.isLive) return put(withContainersBehind(failed, event.at));
      const next =
        row.resource.kind === 'local' && event.failure.kind === 'command'
          ? withRetry(failed, event.update, event.failure, event.at)
          : failed;
      return { ...put(next), images: withUnbuilt(state.images, update.images) };
    }
    case 'update-cancelled': {
      const isSuperseded = event.superseded === true;
      const finished = finish(
        update,
        event.at,
        isSuperseded ? { kind: 'cancelled', isSuperseded } : { kind: 'cancelled' },
      );
      const ended = withFinished(row, finished);
      const again = isSuperseded ? { ...ended, pending: withCauses(row.pending, update.causes, event.at) } : ended;
      return { ...put(again), images: withUnbuilt(state.images, update.images) };
    }
    case 'update-gave-way': {
      const finished = finish(update, event.at, { kind: 'cancelled' });
      const pending = withCauses(row.pending, update.causes, update.startedAt);
      // It is no part of the history: what takes its place is.
      return put({ ...row, update: finished, pending, live: { ...row.live, gaveWay: true } });
    }
  }
}

/** What an update was called off for comes on top of why it ran. */
function withCauses(pending: Pending | undefined, causes: readonly Cause[], at: number): Pending | undefined {
  const all = [...causes, ...(pending?.causes ?? [])];
  return all.reduce<Pending | undefined>((merged, cause) => withCause(merged, cause, pending?.since ?? at), undefined);
}

/** The end of an update whose resource left the graph: others may need the images that it was building. */
function forgetImagesOf(state: State, event: UpdateEvent): State {
  if (event.kind !== 'update-failed' && event.kind !== 'update-cancelled' && event.kind !== 'update-succeeded') {
    return state;
  }
  const refs = [...state.images].filter(([, image]) => image.building === event.resource).map(([ref]) => ref);
  return refs.length === 0 ? state : { ...state, images: withUnbuilt(state.images, refs) };
}

type Ending =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'cancelled'; readonly isSuperseded?: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure };

function finish(update: RunningUpdate, at: number, ending: Ending): FinishedUpdate {
  const { kind: _kind, images: _images, ...base } = update;
  const steps = base.steps.map((step) => (step.endedAt === undefined ? { ...step, endedAt: at } : step));
  return { ...base, steps, endedAt: at, ...ending };
}

function withFinished(row: ResourceState, update: FinishedUpdate): ResourceState {
  return { ...row, update, history: [...row.history.slice(-(HISTORY - 1)), update] };
}

function afterSuccess(row: ResourceState, at: number): ResourceState {
  const base = { since: at, pid: undefined, report: undefined };
  if (hasRuntime(row.resource)) {
    const reason = row.resource.kind === 'kubernetes' ? 'waiting for pod' : 'starting';
    return { ...row, runtime: { kind: 'pending', reason, ...base } };
  }
  const up = { ...row, everReady: true, lastReadyAt: at };
  return row.resource.kind === 'local'
    ? { ...up, runtime: { kind: 'none' } }
    : { ...up, runtime: { kind: 'ready', ...base } };
}
