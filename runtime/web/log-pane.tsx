import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { plainText } from './ansi.ts';
import { LineFilter, type LogFilter } from './line-filter.ts';
import { LogRow } from './log-rows.tsx';
import { type PageStore, useStore } from './page-store.ts';
import { linesTaken, RowHeights } from './row-heights.ts';

export interface LogPaneProps {
  readonly store: PageStore;
  readonly filter: LogFilter;
  readonly wraps: boolean;
  /** Stay at the newest line. */
  readonly follows: boolean;
  /** A line to which a link leads. */
  readonly marked: number | undefined;
  /** The match to show, counted from the first; it changes with each step from one to the next. */
  readonly match: { readonly index: number } | undefined;
  onFollow(follows: boolean): void;
  onMark(line: number): void;
  onMatches(count: number, isDone: boolean): void;
}

/** Browsers do not make elements higher than this many pixels. */
const HIGHEST = 8_000_000;
/** Milliseconds of a frame that may go into looking through lines. */
const BUDGET_MS = 9;
const versionOf = (store: PageStore) => store.book.version;

/** The lines of a log that pass a filter: of a million of them only those that are seen are in the page. */
export function LogPane(props: LogPaneProps) {
  const { store, filter, wraps, follows, marked, match, onFollow, onMark, onMatches } = props;
  const version = useStore(store, versionOf);
  const box = useRef<HTMLDivElement>(null);
  const [shape, setShape] = useState({ columns: 120, lineHeight: 18, height: 400 });
  const [top, setTop] = useState(0);
  const [, redraw] = useState({});
  const ownScroll = useRef(-1);

  // Another session has another log in the same book.
  const lines = useMemo(() => new LineFilter(store.book, filter), [store, filter, store.view.startedAt]);
  const columns = wraps ? textColumns(shape.columns, filter.resource === undefined) : Number.POSITIVE_INFINITY;
  // Heights belong to the filtered lines.
  const heights = useMemo(() => new RowHeights(), [lines, columns]);

  // Looks at new lines, a piece each frame, so that the page stays quick however many there are.
  // `version` says that there are more lines.
  useEffect(() => {
    let frame = 0;
    const step = () => {
      const isDone = lines.advance(BUDGET_MS);
      while (heights.count < lines.rows.length) {
        const line = lines.rows[heights.count] ?? 0;
        heights.add(wraps ? linesTaken(plainText(store.book.texts[line] ?? ''), columns) : 1);
      }
      onMatches(lines.matches.length, isDone);
      redraw({});
      if (!isDone) frame = requestAnimationFrame(step);
    };
    step();
    return () => cancelAnimationFrame(frame);
  }, [lines, heights, version, columns]);

  const total = heights.total * shape.lineHeight;
  const scale = Math.max(1, (total - shape.height) / Math.max(1, Math.min(total, HIGHEST) - shape.height));
  const lowest = Math.max(0, total - shape.height);
  const shownTop = Math.min(follows ? lowest : top, lowest);

  const scrollTo = useCallback(
    (pixels: number) => {
      const element = box.current;
      if (element === null) return;
      const wanted = Math.max(0, Math.min(pixels, lowest));
      setTop(wanted);
      ownScroll.current = Math.round(wanted / scale);
      element.scrollTop = ownScroll.current;
    },
    [lowest, scale],
  );

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !follows) return;
    ownScroll.current = Math.round(lowest / scale);
    element.scrollTop = ownScroll.current;
  }, [follows, lowest, scale]);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setShape(shapeOf(element));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  // Only another match moves the log, not more lines.
  useEffect(() => {
    const row = match === undefined ? undefined : lines.matches[match.index];
    if (row === undefined) return;
    onFollow(false);
    scrollTo(heights.start(row) * shape.lineHeight - shape.height / 2);
  }, [match]);
  const markedRow = marked === undefined ? -1 : lowerBound(lines.rows, marked);
  const hasMarked = marked !== undefined && lines.rows[markedRow] === marked;
  // The link is followed once its line is there.
  useEffect(() => {
    if (!hasMarked) return;
    onFollow(false);
    scrollTo(heights.start(markedRow) * shape.lineHeight - shape.height / 3);
  }, [marked, hasMarked]);

  const onScroll = (): void => {
    const element = box.current;
    if (element === null || Math.abs(element.scrollTop - ownScroll.current) < 1) return;
    ownScroll.current = -1;
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
    setTop(element.scrollTop * scale);
    if (isAtEnd !== follows) onFollow(isAtEnd);
  };
  const onWheel = (event: WheelEvent): void => {
    // Where the scrollbar stands for more than its own pixels, the wheel still moves by its own.
    if (scale <= 1 || event.ctrlKey) return;
    event.preventDefault();
    onFollow(false);
    scrollTo(shownTop + event.deltaY);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = KEYS[event.key]?.(shape.height, shape.lineHeight);
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onFollow(event.key === 'End');
    if (event.key === 'End') return;
    scrollTo(event.key === 'Home' ? 0 : shownTop + move);
  };

  const first = Math.max(0, heights.rowAt(Math.floor(shownTop / shape.lineHeight)) - 4);
  const offset = box.current === null ? 0 : (follows ? lowest / scale : shownTop / scale) - shownTop;
  const rows = [];
  for (let row = first; row < heights.count; row++) {
    const y = heights.start(row) * shape.lineHeight;
    if (y > shownTop + shape.height + 4 * shape.lineHeight) break;
    const line = lines.rows[row] ?? 0;
    rows.push(
      <LogRow
        key={line}
        book={store.book}
        line={line}
        text={store.book.texts[line] ?? ''}
        pattern={lines.pattern}
        isCurrent={match !== undefined && lines.matches[match.index] === row}
        isMarked={line === marked}
        showsName={filter.resource === undefined}
        top={y + offset}
        onMark={onMark}
      />,
    );
  }
  return (
    <div
      ref={box}
      class={wraps ? 'log wraps' : 'log'}
      role="log"
      aria-live="off"
      aria-label={filter.resource === undefined ? 'Log of all resources' : `Log of ${filter.resource}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reached by keyboard.
      tabIndex={0}
      onScroll={onScroll}
      onWheel={onWheel}
      onKeyDown={onKeyDown}
    >
      <div class="log-sheet" style={{ height: `${Math.min(total, HIGHEST)}px` }}>
        {rows}
      </div>
      {heights.count === 0 && (
        <p class="log-empty">{store.book.size === 0 ? 'No lines yet' : 'No line passes the filter'}</p>
      )}
    </div>
  );
}

const KEYS: Readonly<Record<string, (height: number, line: number) => number>> = {
  ArrowDown: (_, line) => line,
  ArrowUp: (_, line) => -line,
  PageDown: (height, line) => height - line,
  PageUp: (height, line) => line - height,
  ' ': (height, line) => height - line,
  Home: () => 0,
  End: () => 0,
};

/** The columns that are left for text beside the time, and the name where there is one. */
function textColumns(all: number, showsName: boolean): number {
  return Math.max(10, all - 10 - (showsName ? 18 : 0));
}

/** Measured with a line that nobody sees. */
function shapeOf(element: HTMLElement) {
  const probe = document.createElement('span');
  probe.className = 'log-text log-probe';
  probe.textContent = 'x'.repeat(100);
  element.append(probe);
  const { width, height } = probe.getBoundingClientRect();
  probe.remove();
  return {
    columns: Math.floor((element.clientWidth - 24) / Math.max(1, width / 100)),
    lineHeight: Math.max(1, height),
    height: element.clientHeight,
  };
}

/** Where a value stands, or would stand, in a list in order. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
