import path from 'node:path';
import type { Graph } from '../../stdlib/model/graph.ts';
import { tiltfileChanges } from '../engine/affected.ts';
import type { EarlierGraph } from '../engine/declared-anew.ts';
import { type ChosenReason, chooseChanged, chooseLabels, type Selection } from '../engine/selection.ts';
import { findTiltfile } from '../load/tiltfile-path.ts';
import { reasonLines } from '../report/selection-text.ts';

/** Flags that choose a part of what the Tiltfile would run. */
export interface SelectionFlags {
  readonly labels?: readonly string[];
  /** A revision of git. */
  readonly since?: string;
}

export interface Chosen {
  readonly graph: Graph;
  readonly reasons: ReadonlyMap<string, ChosenReason>;
  /** For people: what was chosen and why. */
  readonly lines: readonly string[];
}

/** What changed since a revision. */
export interface Changes {
  readonly revision: string;
  readonly base: string;
  /** The folder of the working tree, absolute. */
  readonly top: string;
  /** Absolute paths. */
  readonly paths: readonly string[];
}

/** What changed since the revision that the flags name, if they name one; or why that cannot be told. */
export async function changesOf(
  { since }: SelectionFlags,
  file: string | undefined,
  signal: AbortSignal,
): Promise<Changes | undefined | { readonly problem: string }> {
  if (since === undefined) return undefined;
  const { changedFiles } = await import('../clients/git/changed-files.ts');
  const tiltfile = findTiltfile(file, process.cwd());
  const folder = tiltfile.ok ? path.dirname(tiltfile.file) : process.cwd();
  const found = await changedFiles(folder, since, signal);
  if (!found.ok) return { problem: found.message };
  const { base, top, paths } = found;
  return { revision: since, base, top, paths };
}

/** How the Tiltfile of the time from which on changes count is evaluated. */
export type LoadEarlier = (changes: Changes) => Promise<EarlierGraph | { readonly problem: string }>;

/** Narrows a graph as the flags say; or what is wrong with them. */
export async function choose(
  graph: Graph,
  { labels = [] }: SelectionFlags,
  changes: Changes | undefined,
  loadEarlier: LoadEarlier,
): Promise<Chosen | { readonly problem: string }> {
  let chosen: Chosen = { graph, reasons: new Map(), lines: [] };
  if (labels.length > 0) {
    const labelled = chooseLabels(graph, labels);
    if ('unknown' in labelled) return { problem: unknownLabels(labelled.unknown, graph) };
    const names = labels.map((label) => `"${label}"`).join(', ');
    chosen = { ...labelled, lines: lines(`Labels ${names}`, graph, labelled) };
  }
  if (changes !== undefined) {
    const { graph: before } = chosen;
    const tiltfileChanged = tiltfileChanges(before, changes.paths).length > 0;
    const earlier = tiltfileChanged ? await loadEarlier(changes) : undefined;
    const isKnown = earlier !== undefined && 'graph' in earlier;
    const changed = chooseChanged(before, changes.paths, isKnown ? earlier : undefined);
    const count = changes.paths.length === 1 ? '1 file' : `${changes.paths.length} files`;
    const head = `${count} changed since ${changes.revision} (${changes.base.slice(0, 10)})`;
    const why = earlier === undefined ? [] : whyAll(earlier, changed);
    chosen = { ...changed, lines: [...chosen.lines, ...lines(head, before, changed), ...why] };
  }
  return chosen;
}

/** Why a change of the Tiltfile counts for all resources, if it does. */
function whyAll(earlier: Awaited<ReturnType<LoadEarlier>>, { reasons }: Selection): readonly string[] {
  const countsForAll = [...reasons.values()].some((reason) => reason.kind === 'changed' && reason.by === 'tiltfile');
  if (!countsForAll) return [];
  const why =
    'problem' in earlier ? earlier.problem : 'what all resources share (settings, cluster) is not what it was';
  return [`The Tiltfile changed for all: ${why}`];
}

function lines(head: string, before: Graph, { graph, reasons }: Omit<Chosen, 'lines'>): readonly string[] {
  const total = before.enabled.length;
  const of = `${graph.enabled.length} of ${total} ${total === 1 ? 'resource' : 'resources'}`;
  if (graph.enabled.length === 0)
    return [`${head}: nothing runs, for none of ${total} ${total === 1 ? 'resource' : 'resources'} is affected`];
  return [`${head}: ${of} run`, ...reasonLines(reasons, process.cwd())];
}

function unknownLabels(unknown: readonly string[], { resources }: Graph): string {
  const known = [...new Set(resources.flatMap(({ labels }) => labels))].sort();
  const others = known.length === 0 ? 'No resource has a label' : `Labels in the Tiltfile: ${quoted(known)}`;
  return `You specified labels that no resource has: ${quoted(unknown)}\n${others}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
