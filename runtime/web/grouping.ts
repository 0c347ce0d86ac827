import { TILTFILE } from './log-book.ts';
import { detailOf, HEALTHS, healthOf } from './status.ts';
import { parseTime } from './time-words.ts';
import type { UiResource } from './wire.ts';

export type SortKey = 'name' | 'state' | 'updated' | 'duration';

export interface Sort {
  readonly key: SortKey;
  readonly isDown: boolean;
}

export interface Group {
  readonly label: string;
  readonly resources: readonly UiResource[];
}

export const UNLABELLED = 'unlabelled';

/** Resources whose name, label or state holds each of the words. */
export function matching(resources: Iterable<UiResource>, words: string): readonly UiResource[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return [...resources].filter((resource) => {
    if (wanted.length === 0) return true;
    const { name, labels = {} } = resource.metadata;
    const text = [name, ...Object.keys(labels), healthOf(resource), detailOf(resource)].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** In groups by label, those without one last; the Tiltfile stands in front of all. A resource stands in each of its groups. */
export function byLabel(resources: readonly UiResource[]): readonly Group[] {
  const groups = new Map<string, UiResource[]>();
  for (const resource of resources) {
    const labels = Object.keys(resource.metadata.labels ?? {});
    const names = resource.metadata.name === TILTFILE ? [''] : labels.length > 0 ? labels : [UNLABELLED];
    for (const name of names) groups.set(name, [...(groups.get(name) ?? []), resource]);
  }
  const rank = (label: string) => (label === '' ? 0 : label === UNLABELLED ? 2 : 1);
  return [...groups]
    .map(([label, members]) => ({ label, resources: members }))
    .sort((one, other) => rank(one.label) - rank(other.label) || (one.label < other.label ? -1 : 1));
}

export function sorted(resources: readonly UiResource[], { key, isDown }: Sort): readonly UiResource[] {
  // Another version of the page may have kept another word.
  const rank = RANKS[key] ?? RANKS.name;
  const sign = isDown ? -1 : 1;
  return [...resources].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a === b ? 0 : (a < b ? -1 : 1) * sign;
  });
}

const RANKS: Readonly<Record<SortKey, (resource: UiResource) => number | string>> = {
  name: ({ metadata }) => metadata.name.toLowerCase(),
  state: (resource) => HEALTHS.indexOf(healthOf(resource)),
  updated: (resource) => -(lastUpdate(resource) ?? 0),
  duration: (resource) => -(lastDuration(resource) ?? 0),
};

/** When the last update ended, in milliseconds since the epoch. */
export function lastUpdate({ status }: UiResource): number | undefined {
  return parseTime(status?.buildHistory?.[0]?.finishTime) ?? parseTime(status?.lastDeployTime);
}

/** How long the last update took, in milliseconds. */
export function lastDuration({ status }: UiResource): number | undefined {
  const [last] = status?.buildHistory ?? [];
  const [from, to] = [parseTime(last?.startTime), parseTime(last?.finishTime)];
  return from === undefined || to === undefined ? undefined : to - from;
}
