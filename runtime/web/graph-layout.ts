import type { UiResource } from './wire.ts';

export interface Node {
  readonly name: string;
  /** Counted from 0; a resource stands in the column behind all that it needs. */
  readonly column: number;
  readonly row: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
}

export interface Layout {
  /** All that needs another one or is needed by one. */
  readonly nodes: readonly Node[];
  /** The names of the others. */
  readonly alone: readonly string[];
  readonly edges: readonly Edge[];
  readonly columns: number;
  readonly rows: number;
}

/** Resources in columns by what they need, ordered in each so that few lines cross. */
export function layOut(resources: readonly UiResource[]): Layout {
  const names = new Set(resources.map(({ metadata }) => metadata.name));
  const needs = new Map(
    resources.map(({ metadata, status }) => [
      metadata.name,
      (status?.dependencies ?? []).filter((name) => names.has(name) && name !== metadata.name),
    ]),
  );
  const needed = new Set([...needs.values()].flat());
  const isAlone = (name: string) => (needs.get(name) ?? []).length === 0 && !needed.has(name);
  const columnOf = columnsBy(needs);
  const columns: string[][] = [];
  for (const name of names) {
    if (isAlone(name)) continue;
    const column = columnOf.get(name) ?? 0;
    columns[column] = [...(columns[column] ?? []), name];
  }
  const rowOf = new Map<string, number>();
  columns.forEach((members, column) => {
    // Where what they need stands, on average.
    const wish = (name: string) => {
      const rows = (needs.get(name) ?? []).map((need) => rowOf.get(need) ?? 0);
      return rows.length === 0 ? Number.POSITIVE_INFINITY : rows.reduce((sum, row) => sum + row, 0) / rows.length;
    };
    const inOrder = column === 0 ? members : [...members].sort((one, other) => compare(wish(one), wish(other)));
    inOrder.forEach((name, row) => {
      rowOf.set(name, row);
    });
  });
  return {
    nodes: columns.flatMap((members, column) => members.map((name) => ({ name, column, row: rowOf.get(name) ?? 0 }))),
    alone: [...names].filter(isAlone),
    edges: [...needs].flatMap(([to, froms]) => froms.map((from) => ({ from, to }))),
    columns: columns.length,
    rows: 1 + Math.max(-1, ...rowOf.values()),
  };
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function columnsBy(needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const visit = (name: string, above: ReadonlySet<string>): number => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    // The program refuses circles; a page must not hang on one all the same.
    if (above.has(name)) return 0;
    const path = new Set(above).add(name);
    const column = Math.max(0, ...(needs.get(name) ?? []).map((need) => visit(need, path) + 1));
    columns.set(name, column);
    return column;
  };
  for (const name of needs.keys()) visit(name, new Set());
  return columns;
}
