import { isSourceOf, liveUpdateTargets } from '../../stdlib/model/live-update-target.ts';
import { type Cause, withCause } from './cause.ts';
import type { LiveFile, LiveState } from './live.ts';
import type { ResourceState } from './state.ts';

export const NO_LIVE: LiveState = { files: [], containers: [], hasRun: false, trouble: '', gaveWay: false };

/** An update takes over these files. */
export function withFiles(files: readonly LiveFile[], causes: readonly Cause[], update: number): readonly LiveFile[] {
  const changed = causes.flatMap((cause) => (cause.kind === 'files' ? cause.paths : []));
  if (changed.length === 0) return files;
  const taken = new Set(changed);
  return [...files.filter(({ path }) => !taken.has(path)), ...changed.map((path) => ({ path, update }))];
}

/**
 * The containers that lack what others of the resource have: those that started after files had come into the ones before
 * them, and those that are to get all files when they start.
 */
export function containersBehind({ resource, live }: ResourceState): readonly string[] {
  const targets = liveUpdateTargets(resource);
  const behind = live.containers.filter(({ ref, tried }) => {
    const target = targets.find(({ image }) => image.ref === ref);
    if (target === undefined) return false;
    if (target.spec.initialSync && tried === 0) return true;
    return live.files.some(({ path, update }) => update > tried && isSourceOf(target, path));
  });
  return behind.map(({ name }) => name);
}

/** Lets an update be pending as long as containers are behind. An update that runs is waited for: it may bring them what they lack. */
export function withContainersBehind(row: ResourceState, at: number): ResourceState {
  if (row.live.gaveWay) return row;
  const behind = row.update.kind === 'running' ? [] : containersBehind(row);
  const others = row.pending?.causes.filter(({ kind }) => kind !== 'containers') ?? [];
  if (behind.length === 0) {
    if (row.pending === undefined || others.length === row.pending.causes.length) return row;
    return { ...row, pending: others.length === 0 ? undefined : { ...row.pending, causes: others } };
  }
  const before = others.length === 0 ? undefined : { since: row.pending?.since ?? at, causes: others };
  return { ...row, pending: withCause(before, { kind: 'containers', names: behind }, at) };
}
