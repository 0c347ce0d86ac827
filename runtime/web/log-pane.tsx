import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type LogFilter, textOf } from './line-filter.ts';
import { useLogLines } from './log-lines.ts';
import { LogRow } from './log-rows.tsx';
import type { PageStore } from './page-store.ts';
import { isGuess } from './row-heights.ts';
import { lowerBound, moveOf, type Shape, shapeOf, textColumns } from './scroll-shape.ts';

export interface LogPaneProps {
  readonly store: PageStore;
  readonly filter: LogFilter;
  readonly search: string;
  readonly wraps: boolean;
  /** Stay at the newest line. */
  readonly follows: boolean;
  /** The number of the line to which a link leads. */
  readonly marked: number | undefined;
  /** The match to show, counted from the first; it changes with each step from one to the next. */
  readonly match: { readonly index: number } | undefined;
  onFollow(follows: boolean): void;
  onMark(sequence: number): void;
  onMatches(count: number, isDone: boolean): void;
}

/** Browsers do not make elements higher than this many pixels. */
const HIGHEST = 8_000_000;
/** Rows above and below those that are seen. */
const SPARE = 4;

/** The lines of a log that pass a filter: of a million of them only those that are seen are in the page. */
export function LogPane(props: LogPaneProps) {
  const { store, filter, search, wraps, follows, marked, match, onFollow, onMark, onMatches } = props;
  const { book } = store;
  const box = useRef<HTMLDivElement>(null);
  const [shape, setShape] = useState<Shape>({ columns: 120, lineHeight: 18, height: 400 });
  const [top, setTop] = useState(0);
  const [, redraw] = useState({});
  const ownScroll = useRef(-1);
  const showsName = filter.resource === undefined;
  const columns = wraps ? textColumns(shape.columns, showsName) : Number.POSITIVE_INFINITY;
  const { rows: lines, heights, finder } = useLogLines(store, filter, search, columns, onMatches);

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

  // How many lines signs of other scripts take is known once they are drawn.
  useLayoutEffect(() => {
    if (!wraps) return;
    let isOther = false;
    for (const element of box.current?.querySelectorAll<HTMLElement>('.log-row') ?? []) {
      const row = Number(element.dataset.row);
      if (!isGuess(textOf(book, lines[row] ?? 0))) continue;
      const before = heights.total;
      heights.change(row, Math.max(1, Math.round(element.offsetHeight / shape.lineHeight)));
      isOther ||= heights.total !== before;
    }
    if (isOther) redraw({});
  });

  // Only another match moves the log, not more lines.
  useEffect(() => {
    const row = match === undefined ? undefined : finder.matches[match.index];
    if (row === undefined) return;
    onFollow(false);
    scrollTo(heights.start(row) * shape.lineHeight - shape.height / 2);
  }, [match]);
  const markedRow = marked === undefined ? -1 : lowerBound(lines, lowerBound(book.sequences, marked));
  const hasMarked = marked !== undefined && book.sequences[lines[markedRow] ?? -1] === marked;
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
    // Before the log follows another line, which would take the scrolling back.
    if (follows && event.deltaY < 0 && lowest > 0) {
      setTop(shownTop);
      onFollow(false);
    }
    // Where the scrollbar stands for more than its own pixels, the wheel still moves by its own.
    if (scale <= 1 || event.ctrlKey) return;
    event.preventDefault();
    onFollow(false);
    scrollTo(shownTop + event.deltaY);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moveOf(event, shape);
    if (move === undefined) return;
    event.preventDefault();
    onFollow(move === 'end');
    if (move !== 'end') scrollTo(move === 'start' ? 0 : shownTop + move);
  };

  const first = Math.max(0, heights.rowAt(Math.floor(shownTop / shape.lineHeight)) - SPARE);
  const offset = follows ? lowest / scale - lowest : shownTop / scale - shownTop;
  const drawn = [];
  for (let row = first; row < heights.count; row++) {
    const y = heights.start(row) * shape.lineHeight;
    if (y > shownTop + shape.height + SPARE * shape.lineHeight) break;
    const line = lines[row] ?? 0;
    drawn.push(
      <LogRow
        key={book.generation * 1e9 + line}
        book={book}
        line={line}
        row={row}
        text={book.texts[line] ?? ''}
        pattern={finder.pattern}
        isCurrent={match !== undefined && finder.matches[match.index] === row}
        isMarked={book.sequences[line] === marked}
        showsName={showsName}
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
      data-rows={heights.count}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reached by keyboard.
      tabIndex={0}
      onScroll={onScroll}
      onWheel={onWheel}
      onKeyDown={onKeyDown}
    >
      <div class="log-sheet" style={{ height: `${Math.min(total, HIGHEST)}px` }}>
        {drawn}
      </div>
      {heights.count === 0 && <p class="log-empty">{book.size === 0 ? 'No lines yet' : 'No line passes the filter'}</p>}
    </div>
  );
}
