import type { ReportResource, RunReport } from './report-schema.ts';

/** An event of Chrome's trace format; `ts` and `dur` are microseconds since the start of the run. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M' | 'i' | 's' | 'f';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  /** Of an instant: the whole thread's. */
  readonly s?: 't';
  /** Of an arrow's end: it points at what encloses it. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, unknown>>;
}

const PROCESS = 1;

/** A span of time before it has a row of its own. */
interface Bar {
  readonly name: string;
  readonly cat: string;
  readonly from: number;
  readonly to: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * A run in Chrome's trace format (chrome://tracing, ui.perfetto.dev): rows for the Tiltfile and for each resource, in them its updates
 * with their steps, and what ran after them; arrows from what was awaited to what started then.
 */
export function* chromeTrace(run: RunReport): Generator<string> {
  yield '{"displayTimeUnit":"ms","otherData":';
  yield JSON.stringify({
    tool: run.tool.name,
    version: run.tool.version,
    startedAt: new Date(run.startedAt).toISOString(),
    message: run.message,
  });
  yield ',"traceEvents":[\n';
  let first = true;
  for (const event of traceEvents(run)) {
    yield `${first ? '' : ',\n'}${JSON.stringify(event)}`;
    first = false;
  }
  yield '\n]}\n';
}

export function* traceEvents(run: RunReport): Generator<TraceEvent> {
  yield meta('process_name', 0, { name: `tilt-ts ${run.mode}` });
  const rows = new Rows(run.startedAt);
  yield* rows.add('Tiltfile', [
    run.tiltfile.map((load) => ({
      name: 'Tiltfile',
      cat: 'tiltfile',
      from: load.startedAt,
      to: load.endedAt ?? run.endedAt,
      args: { result: load.result },
    })),
  ]);
  const places = new Map<string, Place>();
  for (const resource of run.resources) {
    places.set(resource.name, { update: rows.next, runtime: undefined });
    yield* rows.add(resource.name, [updateBars(resource, run), ...stepBars(resource, run)]);
    if (resource.runtimes.length === 0) continue;
    places.set(resource.name, { update: places.get(resource.name)?.update ?? 0, runtime: rows.next });
    yield* rows.add(`${resource.name} (running)`, [runtimeBars(resource, run)]);
    yield* phaseMarks(resource, run, rows.next - 1);
  }
  yield* arrows(run, places);
}

/** The rows of a resource. */
interface Place {
  readonly update: number;
  readonly runtime: number | undefined;
}

/** Gives rows their numbers: bars that overlap without one being inside of the other need rows of their own. */
class Rows {
  next = 1;
  readonly #zero: number;

  constructor(zero: number) {
    this.#zero = zero;
  }

  /** `layers`: each lies inside of the one before, or beside it where it does not fit. */
  *add(title: string, layers: readonly (readonly Bar[])[]): Generator<TraceEvent> {
    const rows: Bar[][] = [[]];
    for (const bar of layers.flat()) {
      const free = rows.findIndex((row) => row.every((other) => nests(other, bar)));
      if (free < 0) rows.push([bar]);
      else rows[free]?.push(bar);
    }
    for (const [index, row] of rows.entries()) {
      const tid = this.next++;
      yield meta('thread_name', tid, { name: index === 0 ? title : `${title} (${index + 1})` });
      yield meta('thread_sort_index', tid, { sort_index: tid });
      for (const { name, cat, from, to, args } of row) {
        yield { name, ph: 'X', pid: PROCESS, tid, ts: micros(from, this.#zero), dur: micros(to, from), cat, args };
      }
    }
  }
}

function nests(one: Bar, other: Bar): boolean {
  const isApart = one.to <= other.from || other.to <= one.from;
  const isInside = other.from >= one.from && other.to <= one.to;
  return isApart || isInside || (one.from >= other.from && one.to <= other.to);
}

function updateBars({ name, updates }: ReportResource, run: RunReport): readonly Bar[] {
  return updates.map(({ update, startedAt, endedAt, result, causes, failure }) => ({
    name,
    cat: 'update',
    from: startedAt,
    to: endedAt ?? run.endedAt,
    args: { update, result, causes, ...(failure === null ? {} : { failure: failure.message }) },
  }));
}

/** Steps of one update may run at the same time. */
function stepBars({ updates }: ReportResource, run: RunReport): readonly (readonly Bar[])[] {
  return updates.map(({ steps, endedAt: updateEnd }) =>
    steps.map(({ kind, title, startedAt, endedAt }) => ({
      name: title,
      cat: kind,
      from: startedAt,
      to: Math.min(endedAt ?? run.endedAt, updateEnd ?? run.endedAt),
      args: {},
    })),
  );
}

function runtimeBars({ runtimes }: ReportResource, run: RunReport): readonly Bar[] {
  return runtimes.flatMap(({ startedAt, readyAt, endedAt, restarts, pod, update }) => {
    const end = endedAt ?? run.endedAt;
    const args = { update, restarts, ...(pod === '' ? {} : { pod }) };
    const waiting = { name: 'starting', cat: 'runtime', from: startedAt, to: readyAt ?? end, args };
    return readyAt === null ? [waiting] : [waiting, { name: 'ready', cat: 'runtime', from: readyAt, to: end, args }];
  });
}

function* phaseMarks({ runtimes }: ReportResource, run: RunReport, tid: number): Generator<TraceEvent> {
  for (const { phases } of runtimes) {
    for (const { at, state, reason } of phases) {
      if (state !== 'failed') continue;
      yield {
        name: 'failed',
        ph: 'i',
        pid: PROCESS,
        tid,
        ts: micros(at, run.startedAt),
        s: 't',
        cat: 'runtime',
        args: { reason },
      };
    }
  }
}

/** From the moment in which a dependency was usable to the start of what waited for it. */
function* arrows({ resources, startedAt }: RunReport, places: ReadonlyMap<string, Place>): Generator<TraceEvent> {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  let id = 0;
  for (const { name, dependsOn, updates } of resources) {
    const start = updates[0]?.startedAt;
    const to = places.get(name)?.update;
    if (start === undefined || to === undefined) continue;
    for (const dependency of dependsOn) {
      const other = byName.get(dependency);
      const place = places.get(dependency);
      const runtime = other?.runtimes[0];
      const usable = runtime === undefined ? other?.updates[0]?.endedAt : runtime.readyAt;
      const from = runtime === undefined ? place?.update : place?.runtime;
      if (usable === undefined || usable === null || from === undefined || usable > start) continue;
      id++;
      const of = { name: 'needs', cat: 'dependency', pid: PROCESS, id };
      // A moment before, so that it lies inside of the bar that ends then.
      yield { ...of, ph: 's', tid: from, ts: Math.max(0, micros(usable, startedAt) - 1) };
      yield { ...of, ph: 'f', tid: to, ts: micros(start, startedAt), bp: 'e' };
    }
  }
}

function meta(name: string, tid: number, args: Readonly<Record<string, unknown>>): TraceEvent {
  return { name, ph: 'M', pid: PROCESS, tid, args };
}

function micros(at: number, zero: number): number {
  return Math.max(0, Math.round((at - zero) * 1000));
}
