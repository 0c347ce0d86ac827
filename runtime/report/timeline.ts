import type { SessionEvent } from '../state/event.ts';
import type { State } from '../state/state.ts';
import { Table } from '../state/table.ts';
import { reportFailure } from './report-failure.ts';
import type { ReportFailure, ReportLoad, ReportRuntime, ReportUpdate } from './report-schema.ts';
import { withRuntimeOf } from './timeline-runtime.ts';

/** Of a session that goes on for days only the newest updates are kept. */
export const MOST_KEPT = 100;

/** What happened in a session and when: the events, folded. */
export interface Timeline {
  /** Oldest first. */
  readonly loads: readonly ReportLoad[];
  /** The resources of the newest Tiltfile, in its order. */
  readonly resources: Table<ResourceTimeline>;
  /** Of the state that was folded in last. */
  readonly declared: State['resources'] | undefined;
}

export interface ResourceTimeline {
  readonly name: string;
  readonly updates: readonly ReportUpdate[];
  readonly runtimes: readonly ReportRuntime[];
}

export const EMPTY_TIMELINE: Timeline = { loads: [], resources: tableOf([]), declared: undefined };

/** The timeline after what came together; `state` is what the events led to. */
export function recordEvents(timeline: Timeline, state: State, events: readonly SessionEvent[]): Timeline {
  let next = followGraph(timeline, state);
  for (const event of events) next = recordEvent(next, state, event);
  return next;
}

/** Rows for the resources that there are now; what is known about those that stay is kept. */
function followGraph(timeline: Timeline, { resources }: State): Timeline {
  const { declared } = timeline;
  if (declared === resources) return timeline;
  if (declared !== undefined && resources.related(declared)) return { ...timeline, declared: resources };
  const rows = [...resources.names()].map(
    (name) => timeline.resources.get(name) ?? { name, updates: [], runtimes: [] },
  );
  return { ...timeline, resources: tableOf(rows), declared: resources };
}

function recordEvent(timeline: Timeline, state: State, event: SessionEvent): Timeline {
  switch (event.kind) {
    case 'tiltfile-load-started': {
      const load: ReportLoad = { startedAt: event.at, endedAt: null, result: 'unfinished', failures: [] };
      return { ...timeline, loads: newest([...timeline.loads, load]) };
    }
    case 'tiltfile-loaded':
      return withLoad(timeline, { endedAt: event.at, result: 'succeeded' });
    case 'tiltfile-load-failed':
      return withLoad(timeline, { endedAt: event.at, result: 'failed', failures: event.failures.map(reportFailure) });
    case 'update-started': {
      const update: ReportUpdate = {
        update: event.update,
        startedAt: event.at,
        endedAt: null,
        result: 'unfinished',
        causes: event.causes.map(({ kind }) => kind),
        steps: [],
        failure: null,
      };
      return withRow(timeline, event.resource, (row) => ({ ...row, updates: newest([...row.updates, update]) }));
    }
    case 'step-began': {
      const step = { kind: event.stepKind, title: event.title, startedAt: event.at, endedAt: null };
      return withUpdate(timeline, event, (update) => ({ ...update, steps: [...update.steps, step] }));
    }
    case 'step-ended':
      return withUpdate(timeline, event, (update) => {
        const step = update.steps[event.step];
        return step === undefined
          ? update
          : { ...update, steps: update.steps.with(event.step, { ...step, endedAt: event.at }) };
      });
    case 'update-succeeded':
      return withRuntime(withEnd(timeline, event, 'succeeded', null), state, event);
    case 'update-failed':
      return withEnd(timeline, event, 'failed', reportFailure(event.failure));
    case 'update-cancelled':
      return withEnd(timeline, event, 'cancelled', null);
    case 'server-started':
    case 'server-readiness':
    case 'server-exited':
    case 'workload-changed':
      return withRuntime(timeline, state, event);
    default:
      return timeline;
  }
}

function withLoad(timeline: Timeline, end: Partial<ReportLoad>): Timeline {
  const last = timeline.loads.at(-1);
  return last === undefined ? timeline : { ...timeline, loads: timeline.loads.with(-1, { ...last, ...end }) };
}

function withRow(timeline: Timeline, name: string, change: (row: ResourceTimeline) => ResourceTimeline): Timeline {
  const row = timeline.resources.get(name);
  return row === undefined ? timeline : { ...timeline, resources: timeline.resources.with(name, change(row)) };
}

type OfUpdate = { readonly at: number; readonly resource: string; readonly update: number };

function withUpdate(timeline: Timeline, of: OfUpdate, change: (update: ReportUpdate) => ReportUpdate): Timeline {
  return withRow(timeline, of.resource, (row) => {
    const index = row.updates.findLastIndex(({ update, endedAt }) => update === of.update && endedAt === null);
    const update = row.updates[index];
    return update === undefined ? row : { ...row, updates: row.updates.with(index, change(update)) };
  });
}

function withEnd(
  timeline: Timeline,
  of: OfUpdate,
  result: ReportUpdate['result'],
  failure: ReportFailure | null,
): Timeline {
  return withUpdate(timeline, of, (update) => {
    const steps = update.steps.map((step) => (step.endedAt === null ? { ...step, endedAt: of.at } : step));
    return { ...update, steps, endedAt: of.at, result, failure };
  });
}

function withRuntime(timeline: Timeline, state: State, { at, resource }: OfUpdate): Timeline {
  const now = state.resources.get(resource);
  if (now === undefined) return timeline;
  return withRow(timeline, resource, (row) => {
    const runtimes = withRuntimeOf(row.runtimes, now, at);
    return runtimes === row.runtimes ? row : { ...row, runtimes: newest(runtimes) };
  });
}

function newest<T>(all: readonly T[]): readonly T[] {
  return all.length > MOST_KEPT ? all.slice(-MOST_KEPT) : all;
}

function tableOf(rows: readonly ResourceTimeline[]): Table<ResourceTimeline> {
  return Table.of(
    rows.map((row) => [row.name, row] as const),
    () => 0,
    0,
  );
}
