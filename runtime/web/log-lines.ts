import { useEffect, useMemo, useState } from 'preact/hooks';
import { LineFilter, type LogFilter, MatchFinder, textOf } from './line-filter.ts';
import { type PageStore, useStore } from './page-store.ts';
import { linesTaken, RowHeights } from './row-heights.ts';
import { inSteps } from './steps.ts';

/** The lines that are shown, how high they are, and which of them hold what is looked for. */
export interface LogLines {
  /** Indices of lines. */
  readonly rows: readonly number[];
  readonly heights: RowHeights;
  readonly finder: MatchFinder;
}

const versionOf = (store: PageStore) => store.book.version;
const generationOf = (store: PageStore) => store.book.generation;

/**
 * The lines of the log that pass a filter, wrapped at so many columns; kept up to date in steps, so that the page stays quick however many
 * there are. `onMatches` is told how many hold what is looked for, and whether all were looked at.
 */
export function useLogLines(
  store: PageStore,
  filter: LogFilter,
  search: string,
  columns: number,
  onMatches: (count: number, isDone: boolean) => void,
): LogLines {
  const { book } = store;
  const version = useStore(store, versionOf);
  const generation = useStore(store, generationOf);
  const lines = useMemo(() => new LineFilter(book, filter), [book, filter, generation]);
  const heights = useMemo(() => new RowHeights(), [lines, columns]);
  const finder = useMemo(() => new MatchFinder(book, lines.rows, search), [lines, search]);
  const [, redraw] = useState({});
  useEffect(
    () =>
      inSteps(
        (budgetMs) => {
          const deadline = performance.now() + budgetMs;
          const hasAll = lines.advance(budgetMs);
          while (heights.count < lines.rows.length) {
            const line = lines.rows[heights.count] ?? 0;
            heights.add(columns === Number.POSITIVE_INFINITY ? 1 : linesTaken(textOf(book, line), columns));
            if (heights.count % 1024 === 0 && performance.now() > deadline) return false;
          }
          return finder.advance(deadline - performance.now()) && hasAll;
        },
        (isDone) => {
          onMatches(finder.matches.length, isDone);
          redraw({});
        },
      ),
    [lines, heights, finder, version],
  );
  return { rows: lines.rows, heights, finder };
}
