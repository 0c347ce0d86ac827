import type { PathPart, ReportLoad, ReportResource, ReportUpdate, RunReport } from './report-schema.ts';

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
    stop = before(stop, run, seen, load, parts);
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

/** What made this one start; adds what it waited for otherwise. */
function before(
  { resource, update }: Stop,
  { resources }: Pick<RunReport, 'resources'>,
  seen: ReadonlySet<string>,
  load: ReportLoad | undefined,
  parts: PathPart[],
): Stop | undefined {
  const start = update.startedAt;
  let found: Stop | undefined;
  let freeSince = load?.endedAt ?? start;
  const needed = new Set(resource.dependsOn);
  for (const other of resources) {
    if (!needed.has(other.name)) continue;
    for (const earlier of other.updates) {
      const usable = readyOf(other, earlier, Number.POSITIVE_INFINITY) ?? earlier.endedAt;
      if (usable === null || usable > start + AT_ONCE_MS || usable < freeSince) continue;
      [found, freeSince] = [{ resource: other, update: earlier, upTo: 'ready' }, usable];
    }
  }
  if (start - freeSince < SHORTEST_WAIT_MS) return found;
  let gaveWay: Stop | undefined;
  let gaveWayAt = freeSince;
  for (const other of resources) {
    if (seen.has(other.name)) continue;
    for (const earlier of other.updates) {
      const end = earlier.endedAt;
      if (end === null || end > start + AT_ONCE_MS || end < start - SHORTEST_WAIT_MS || end < gaveWayAt) continue;
      [gaveWay, gaveWayAt] = [{ resource: other, update: earlier, upTo: 'update' }, end];
    }
  }
  if (gaveWay !== undefined) return gaveWay;
  parts.push(part('wait', resource.name, freeSince, start));
  return found;
}

/** When what the update left running was ready; `atLatest` while it is not; nothing where nothing runs. */
function readyOf(resource: ReportResource, { update }: ReportUpdate, atLatest: number): number | undefined {
  if (!resource.hasRuntime) return undefined;
  const runtime = resource.runtimes.find((known) => known.update === update);
  if (runtime === undefined) return undefined;
  const failedAt = runtime.phases.find(({ state }) => state === 'failed')?.at;
  return runtime.readyAt ?? failedAt ?? atLatest;
}
