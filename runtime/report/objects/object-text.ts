import type { Json } from '../../../stdlib/model/kubernetes.ts';
import { type ApiObject, type ObjectGroup, qualifiedName } from './api-object.ts';
import { columnText } from './column-text.ts';
import { jsonPathText } from './json-path-text.ts';
import { objectTables, type TableOptions } from './object-table.ts';
import type { Column, OutputFormat } from './output-format.ts';

export interface ObjectTextOptions {
  /** Whether exactly one object was asked for: then it is printed itself and not in a list. */
  readonly isSingle: boolean;
  readonly table?: TableOptions | undefined;
  /** How YAML is written. */
  yaml(value: Json): string;
}

export type ObjectText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Objects as `get` prints them. */
export function objectText(
  groups: readonly ObjectGroup[],
  format: OutputFormat,
  { isSingle, table = {}, yaml }: ObjectTextOptions,
): ObjectText {
  const objects = groups.flatMap((group) => group.objects);
  switch (format.kind) {
    case 'table':
      return done(objectTables(groups, table));
    case 'name':
      return done(
        groups
          .flatMap((group) => group.objects.map((object) => `${qualifiedName(group, object.metadata.name)}\n`))
          .join(''),
      );
    case 'json':
      return done(`${JSON.stringify(whole(objects, isSingle), undefined, 4)}\n`);
    case 'yaml':
      return done(yaml(whole(objects, isSingle)));
    case 'jsonpath':
      return jsonPathText(format.template, whole(objects, isSingle));
    case 'columns':
      return columns(objects, format.columns, format.hasHeader && table.headers !== false);
  }
}

function done(text: string): ObjectText {
  return { ok: true, text };
}

/** The one object, or all of them in a list as kubectl makes one. */
function whole(objects: readonly ApiObject[], isSingle: boolean): Json {
  const [only] = objects;
  if (isSingle && only !== undefined) return only as unknown as Json;
  return {
    apiVersion: 'v1',
    items: objects as unknown as Json[],
    kind: 'List',
    metadata: { resourceVersion: '' },
  } as Json;
}

function columns(objects: readonly ApiObject[], wanted: readonly Column[], hasHeader: boolean): ObjectText {
  const rows: string[][] = hasHeader ? [wanted.map(({ header }) => header)] : [];
  for (const object of objects) {
    const row: string[] = [];
    for (const { template } of wanted) {
      const cell = jsonPathText(template, object as unknown as Json);
      if (!cell.ok) return cell;
      row.push(cell.text === '' ? '<none>' : cell.text);
    }
    rows.push(row);
  }
  return done(columnText(rows));
}
