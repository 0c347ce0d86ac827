import type { Json } from '../../../stdlib/model/kubernetes.ts';
import { type ApiObject, type ObjectGroup, qualifiedName } from './api-object.ts';
import { columnText } from './column-text.ts';
import { jsonPathText, relaxedPath } from './json-path-text.ts';

/** What is shown of objects in a table besides their names and ages. */
export interface TableOptions {
  readonly headers?: boolean | undefined;
  readonly showLabels?: boolean | undefined;
  /** Labels that have a column of their own. */
  readonly labelColumns?: readonly string[] | undefined;
}

/** A table for each kind; the names say which when there are several. */
export function objectTables(groups: readonly ObjectGroup[], options: TableOptions): string {
  const shown = groups.filter(({ objects }) => objects.length > 0);
  return shown
    .map((group) => {
      const rows = group.objects.map((object) => [
        groups.length > 1 ? qualifiedName(group, object.metadata.name) : object.metadata.name,
        ...tableCells(object, options),
      ]);
      return columnText(options.headers === false ? rows : [headOf(options), ...rows]);
    })
    .join('\n');
}

function headOf({ labelColumns = [], showLabels }: TableOptions): readonly string[] {
  const labels = labelColumns.map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase());
  return ['NAME', 'CREATED AT', ...labels, ...(showLabels === true ? ['LABELS'] : [])];
}

/** The cells of an object behind its name. */
export function tableCells(
  { metadata }: ApiObject,
  { labelColumns = [], showLabels }: TableOptions,
): readonly string[] {
  const { labels = {}, creationTimestamp } = metadata;
  const all = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return [
    creationTimestamp ?? '<unknown>',
    ...labelColumns.map((label) => labels[label] ?? ''),
    ...(showLabels === true ? [all.length === 0 ? '<none>' : all.sort().join(',')] : []),
  ];
}

export type SortedGroups =
  | { readonly ok: true; readonly groups: readonly ObjectGroup[] }
  | { readonly ok: false; readonly message: string };

/** The objects of each kind in the order of what a JSONPath finds in them: numbers by their size, everything else as text. */
export function sortedBy(groups: readonly ObjectGroup[], path: string): SortedGroups {
  const template = relaxedPath(path);
  const sorted: ObjectGroup[] = [];
  for (const group of groups) {
    const keyed: { readonly key: string; readonly object: ApiObject }[] = [];
    for (const object of group.objects) {
      const found = jsonPathText(template, object as unknown as Json);
      if (!found.ok) return found;
      keyed.push({ key: found.text, object });
    }
    keyed.sort((one, other) => compared(one.key, other.key));
    sorted.push({ ...group, objects: keyed.map(({ object }) => object) });
  }
  return { ok: true, groups: sorted };
}

function compared(one: string, other: string): number {
  const [first, second] = [Number(one), Number(other)];
  if (one !== '' && other !== '' && !Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  return one < other ? -1 : one > other ? 1 : 0;
}
