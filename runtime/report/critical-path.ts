import type { PathPart, ReportResource, ReportUpdate, RunReport } from './report-schema.ts';

/** Shorter waits are the program's own pace. */
const SHORTEST_WAIT_MS = 100;
/** A start that follows this closely after something was because of it. */
const AT_ONCE_MS = 50;

/** One update on the way, up to its end or up to readiness. */
interface Stop {
  readonly resource: ReportResource;
  readonly update: ReportUpdate;
  readonly upTo: 'update' | 'ready';
}

/**
 * What the run had to wait for: from what was finished last (or from what failed) back to what it had to wait for, and so on to the
 * Tiltfile. A resource waits for those that it depends on, and where these are done already, for the update whose end made room for it.
 */
export function criticalPath(
  run: Pick<RunReport, 'resources' | 'tiltfile' | 'failures' | 'endedAt'>,
): readonly PathPart[] {
  const load = run.tiltfile[0];
  const byName = new Map(run.resources.map((resource) => [resource.name, resource]));
  const ends = endsOf(run.resources);
  const parts: PathPart[] = [];
  const seen = new Set<string>();
  let stop = lastStop(run);
  while (stop !== undefined && !seen.has(stop.resource.name)) {
    const { resource, update } = stop;
    seen.add(resource.name);
    const updateEnd = update.endedAt ?? run.endedAt;
    const ready = stop.upTo === 'ready' ? readyOf(resource, update, run.endedAt) : undefined;
    if (ready !== undefined && ready > updateEnd) parts.push(part('ready', resource.name, updateEnd, ready));
    parts.push(part('update', resource.name, update.startedAt, updateEnd));
    const needed = lastNeeded(stop, byName);
    const freeSince = needed?.usable ?? load?.endedAt ?? update.startedAt;
    const waited = update.startedAt - freeSince >= SHORTEST_WAIT_MS;
    const gaveWay = waited ? lastEnd(ends, update.startedAt, freeSince, seen) : undefined;
    if (waited && gaveWay === undefined) parts.push(part('wait', resource.name, freeSince, update.startedAt));
    stop = gaveWay ?? needed?.stop;
  }
  if (load !== undefined) parts.push(part('tiltfile', '', load.startedAt, load.endedAt ?? run.endedAt));
  return parts.reverse();
}

function part(kind: PathPart['kind'], resource: string, from: number, to: number): PathPart {
  return { kind, resource, startedAt: from, durationMs: Math.max(0, to - from) };
}

/** Where the way ends: at the first failure, else at what was done last. */
function lastStop({ resources, failures, endedAt }: Parameters<typeof criticalPath>[0]): Stop | undefined {
  const failed = failures.find(({ resource }) => resource !== '')?.resource;
  let last: Stop | undefined;
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (const resource of resources) {
    const update = resource.updates.at(-1);
    if (update === undefined || (failed !== undefined && resource.name !== failed)) continue;
    const end = readyOf(resource, update, endedAt) ?? update.endedAt ?? endedAt;
    if (end > lastEnd) [last, lastEnd] = [{ resource, update, upTo: 'ready' }, end];
  }
  return last;
}

/** Of what the update had to wait for, what was usable last, and since when. */
function lastNeeded(
  { resource, update }: Stop,
  byName: ReadonlyMap<string, ReportResource>,
): { readonly stop: Stop; readonly usable: number } | undefined {
  let last: { readonly stop: Stop; readonly usable: number } | undefined;
  for (const name of resource.dependsOn) {
    const other = byName.get(name);
    for (const earlier of other?.updates ?? []) {
      if (other === undefined) continue;
      const usable = readyOf(other, earlier, Number.POSITIVE_INFINITY) ?? earlier.endedAt;
      if (usable === null || usable > update.startedAt + AT_ONCE_MS || usable < (last?.usable ?? 0)) continue;
      last = { stop: { resource: other, update: earlier, upTo: 'ready' }, usable };
    }
  }
  return last;
}

interface End {
  readonly at: number;
  readonly stop: Stop;
}

/** The ends of all updates, in order. */
function endsOf(resources: readonly ReportResource[]): readonly End[] {
  const ends = resources.flatMap((resource) =>
    resource.updates.flatMap((update): End[] =>
      update.endedAt === null ? [] : [{ at: update.endedAt, stop: { resource, update, upTo: 'update' } }],
    ),
  );
  return ends.sort((one, other) => one.at - other.at);
}

/** The update whose end just before `start`, and after `freeSince`, made room. */
function lastEnd(ends: readonly End[], start: number, freeSince: number, seen: ReadonlySet<string>): Stop | undefined {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ends[middle]?.at ?? 0) <= start + AT_ONCE_MS) low = middle + 1;
    else high = middle;
  }
  const earliest = Math.max(start - SHORTEST_WAIT_MS, freeSince);
  for (let index = low - 1; index >= 0; index--) {
    const end = ends[index];
    if (end === undefined || end.at < earliest) return undefined;
    if (!seen.has(end.stop.resource.name)) return end.stop;
  }
  return undefined;
}

/** When what the update left running was ready; `atLatest` while it is not; nothing where nothing runs. */
function readyOf(resource: ReportResource, { update }: ReportUpdate, atLatest: number): number | undefined {
  if (!resource.hasRuntime) return undefined;
  const runtime = resource.runtimes.find((known) => known.update === update);
  if (runtime === undefined) return undefined;
  const failedAt = runtime.phases.find(({ state }) => state === 'failed')?.at;
  return runtime.readyAt ?? failedAt ?? atLatest;
}
