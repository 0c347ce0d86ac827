import type { Cause } from '../state/cause.ts';
import { imagesToBuild, isUsable, isUsableNow, Mark } from '../state/resource-status.ts';
import type { ResourceState, State } from '../state/state.ts';
import type { Hold } from './hold.ts';
import { needsCluster } from './needs-cluster.ts';
import { type UpdateWay, updateWay } from './update-way.ts';

/** An update that should start now. */
export interface Start {
  readonly resource: string;
  readonly causes: readonly Cause[];
  /** Refs of the images that it has to build, each after those that it depends on. */
  readonly images: readonly string[];
  /** It only brings files into running containers. */
  readonly isLive: boolean;
  /** Why it does not, although that was declared; else empty. */
  readonly instead: string;
}

export interface Schedule {
  readonly start: readonly Start[];
  /** Of each resource that is due and does not start, why not. */
  readonly holds: ReadonlyMap<string, Hold>;
}

/** The objects that belong to no workload; everything else may need them (namespaces, volumes). */
export const UNCATEGORIZED = 'uncategorized';

/** What to start now, and what holds back everything else that is due. */
export function schedule(state: State): Schedule {
  const holds = new Map<string, Hold>();
  const start = decide(state, (name, hold) => holds.set(name, hold));
  return { start, holds };
}

/** Only what to start now: stops looking as soon as nothing more can start. */
export function nextStarts(state: State): readonly Start[] {
  return decide(state, undefined);
}

function decide(state: State, onHold: ((name: string, hold: Hold) => void) | undefined): readonly Start[] {
  if (state.resources.count(Mark.due) === 0 || state.stop !== undefined) return [];
  if (isReloading(state)) {
    if (onHold) for (const row of state.resources.marked(Mark.due)) onHold(row.resource.name, hold('tiltfile-reload'));
    return [];
  }
  const slots = Math.max(1, state.graph?.settings.update.maxParallelUpdates ?? 1);
  const work = new WorkInProgress(state);
  const starts: Start[] = [];
  if (work.count >= slots && onHold === undefined) return starts;
  for (const row of inOrder(state)) {
    const name = row.resource.name;
    const full = work.count >= slots;
    if (full && onHold === undefined) break;
    const way = updateWay(row);
    const reason = holdOf(row, way, state, work) ?? (full ? hold('waiting-for-slot') : undefined);
    if (reason !== undefined) {
      onHold?.(name, reason);
      continue;
    }
    const isLive = way.kind === 'live';
    const images = isLive ? [] : imagesToBuild(row, state.images).map((image) => image.ref);
    work.add(row, images);
    const instead = way.kind === 'whole' ? way.instead : '';
    starts.push({ resource: name, causes: row.pending?.causes ?? [], images, isLive, instead });
  }
  return starts;
}

/** The Tiltfile runs first: what it says may change what there is to do. */
function isReloading(state: State): boolean {
  return state.tiltfile.pending !== undefined || state.tiltfile.load.kind === 'loading';
}

/** What runs, together with what was chosen to start. */
class WorkInProgress {
  count = 0;
  exclusiveLocal: string | undefined;
  anyLocal = false;
  uncategorized = false;
  readonly images = new Set<string>();

  constructor(state: State) {
    for (const row of state.resources.marked(Mark.running)) this.add(row, []);
    for (const [ref, image] of state.images) if (image.building !== undefined) this.images.add(ref);
  }

  add(row: ResourceState, images: readonly string[]): void {
    this.count++;
    if (row.resource.kind === 'local' && row.resource.update !== undefined) {
      this.anyLocal = true;
      if (!row.resource.allowParallel) this.exclusiveLocal = row.resource.name;
    }
    if (row.resource.name === UNCATEGORIZED) this.uncategorized = true;
    for (const ref of images) this.images.add(ref);
  }
}

function holdOf(row: ResourceState, way: UpdateWay, state: State, work: WorkInProgress): Hold | undefined {
  const { resource } = row;
  // Dependencies hold back only the first update, unless the Tiltfile wants it otherwise.
  const regates = state.graph?.settings.update.regateDeps ?? false;
  if ((row.update.kind === 'none' || regates) && resource.resourceDeps.length > 0) {
    const isThere = regates ? isUsableNow : isUsable;
    const missing = resource.resourceDeps.filter(
      (name) => !isThere(state.resources.get(name)) && !state.readyBefore.has(name),
    );
    if (missing.length > 0) return hold('waiting-for-dep', missing);
  }
  if (resource.kind === 'local') {
    // A resource without a command takes no time: it only starts its server. Commands that may touch each other's files
    // exclude each other, but not the builds and deployments of others.
    if (resource.update === undefined) return undefined;
    if (work.exclusiveLocal !== undefined) return hold('waiting-for-local', [work.exclusiveLocal]);
    if (!resource.allowParallel && work.anyLocal) return hold('is-unparallelizable-local');
    return undefined;
  }
  if (resource.kind === 'kubernetes' && work.uncategorized) return hold('waiting-for-uncategorized', [UNCATEGORIZED]);
  if (state.cluster.kind !== 'connected' && needsCluster(resource, state.graph)) {
    return hold('waiting-for-cluster', ['default']);
  }
  if (way.kind === 'wait') return hold('waiting-for-deploy');
  if (way.kind === 'live') return undefined;
  const building = resource.images.filter((image) => work.images.has(image.ref));
  if (building.length > 0) {
    return hold(
      'building-component',
      building.map((image) => image.ref),
    );
  }
  return undefined;
}

function hold(reason: Hold['reason'], on: readonly string[] = []): Hold {
  return { reason, on };
}

/**
 * What is due, the most urgent first: what was never updated (local commands, then objects without a workload, then what
 * needs no images, then the rest), then what somebody asked for, then changes, the oldest first.
 */
function* inOrder(state: State): Generator<ResourceState> {
  const uncategorized: ResourceState[] = [];
  const withoutImages: ResourceState[] = [];
  const withImages: ResourceState[] = [];
  const again: ResourceState[] = [];
  for (const row of state.resources.marked(Mark.due)) {
    if (row.update.kind !== 'none') again.push(row);
    else if (row.resource.kind === 'local') yield row;
    else if (row.resource.name === UNCATEGORIZED) uncategorized.push(row);
    else (row.resource.images.length === 0 ? withoutImages : withImages).push(row);
  }
  yield* uncategorized;
  yield* withoutImages;
  yield* withImages;
  yield* byUrgency(again, state.triggers);
}

function byUrgency(rows: readonly ResourceState[], triggers: readonly string[]): readonly ResourceState[] {
  if (rows.length < 2) return rows;
  const asked = new Map(triggers.map((name, index) => [name, index - triggers.length]));
  return rows
    .map((row) => ({ row, rank: asked.get(row.resource.name) ?? row.pending?.since ?? 0 }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ row }) => row);
}
