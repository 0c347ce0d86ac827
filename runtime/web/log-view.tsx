import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { isBroken, LineFilter, type LogFilter, textOf } from './line-filter.ts';
import { LEVEL, type Level, type Source } from './log-book.ts';
import { LogPane } from './log-pane.tsx';
import type { PageStore } from './page-store.ts';
import { go, type Place } from './routes.ts';
import { useSaved } from './saved.ts';
import { copyText, download } from './take-out.ts';
import { clockWords } from './time-words.ts';

interface Match {
  /** Counted from the first. */
  readonly index: number;
  readonly filter: LogFilter;
  readonly search: string;
}

/** Lines around each match. */
const CONTEXT = 2;

/** The log of one resource, or of all, and what one can do with it. */
export function LogView({ store, resource, place }: { store: PageStore; resource: string | undefined; place: Place }) {
  const { span, route } = place;
  const [level, setLevel] = useState<Level>(LEVEL.info);
  const [source, setSource] = useState<'all' | Source>('all');
  const [search, setSearch] = useState('');
  const [isOnly, setOnly] = useState(false);
  const [from, setFrom] = useState(0);
  const [wraps, setWraps] = useSaved('wrap', true);
  const [follows, setFollows] = useState(place.line === undefined);
  const [matches, setMatches] = useState({ count: 0, isDone: true });
  const [chosen, setChosen] = useState<Match | undefined>();
  const only = isOnly ? search : '';
  const filter = useMemo<LogFilter>(
    () => ({ resource, span, level, source, only: { search: only, context: CONTEXT }, from }),
    [resource, span, level, source, only, from],
  );
  // A match is one of what was looked for then.
  const match = chosen?.filter === filter && chosen.search === search ? chosen : undefined;
  const now = useRef({ filter, search });
  now.current = { filter, search };
  // Steps to take once anything is found: somebody who types fast has pressed Enter before that.
  const wanted = useRef(0);
  const look = (text: string): void => {
    setSearch(text);
    setMatches({ count: 0, isDone: text === '' });
    wanted.current = 0;
  };
  const take = useCallback((count: number, isDone: boolean) => {
    const by = wanted.current;
    if (count > 0 || isDone) wanted.current = 0;
    if (count === 0 || by === 0) return;
    // Of what is chosen by then: two steps may come between two pictures.
    setChosen((known) => {
      const isSame = known?.filter === now.current.filter && known.search === now.current.search;
      const start = isSame ? known.index : by > 0 ? -1 : 0;
      return { index: (((start + by) % count) + count) % count, ...now.current };
    });
  }, []);
  const step = (by: number): void => {
    wanted.current += by;
    take(matches.count, matches.isDone);
  };
  const onMatches = useCallback((count: number, isDone: boolean) => {
    setMatches((known) => (known.count === count && known.isDone === isDone ? known : { count, isDone }));
    take(count, isDone);
  }, []);
  const onMark = useCallback(
    (line: number) => go(route, { line: store.book.sequences[line], span }),
    [store, route, span],
  );
  const text = (): string => {
    const all = new LineFilter(store.book, filter);
    all.advance(Number.POSITIVE_INFINITY);
    return all.rows.map((line) => lineText(store, line, resource === undefined)).join('\n');
  };
  const clear = (): void => {
    setFrom(store.book.checkpoint + 1);
    setFollows(true);
  };
  return (
    <section class="log-view" aria-label="Log">
      <div class="bar log-bar">
        <input
          type="search"
          data-key="search"
          aria-label="Search the log"
          placeholder="Text or /pattern/"
          value={search}
          onInput={(event) => look(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
            if (event.key !== 'Escape') return;
            look('');
            event.currentTarget.blur();
          }}
        />
        {search !== '' && (
          <span class="joined">
            <output class="count" aria-live="polite">
              {isBroken(search) ? 'not a pattern yet' : foundWords(match?.index, matches)}
            </output>
            <button type="button" aria-label="Previous match" onClick={() => step(-1)}>
              ↑
            </button>
            <button type="button" aria-label="Next match" onClick={() => step(1)}>
              ↓
            </button>
            <label class="check">
              <input type="checkbox" checked={isOnly} onChange={() => setOnly(!isOnly)} /> Only matches
            </label>
          </span>
        )}
        <select
          aria-label="Level"
          value={String(level)}
          onChange={(event) => setLevel(Number(event.currentTarget.value) as Level)}
        >
          <option value={LEVEL.info}>All levels</option>
          <option value={LEVEL.warn}>Warnings and errors</option>
          <option value={LEVEL.error}>Errors</option>
        </select>
        <select
          aria-label="Source"
          value={source}
          onChange={(event) => setSource(event.currentTarget.value as typeof source)}
        >
          <option value="all">All sources</option>
          <option value="build">Updates</option>
          <option value="runtime">What runs</option>
        </select>
        {span !== undefined && (
          <button type="button" class="chip" onClick={() => go(route)}>
            Only {spanWords(span)} ✕
          </button>
        )}
        <label class="check">
          <input type="checkbox" checked={wraps} onChange={() => setWraps(!wraps)} /> Wrap
        </label>
        <label class="check">
          <input type="checkbox" data-key="follow" checked={follows} onChange={() => setFollows(!follows)} /> Follow
        </label>
        <span class="tools">
          <button type="button" data-key="clear" title="Hide the lines up to here" onClick={clear}>
            Clear
          </button>
          {from > 0 && (
            <button type="button" onClick={() => setFrom(0)}>
              Show all
            </button>
          )}
          <button type="button" onClick={() => void copyText(text(), 'the log')}>
            Copy
          </button>
          <button type="button" onClick={() => download(`${text()}\n`, `${resource ?? 'tilt-ts'}.log`)}>
            Download
          </button>
        </span>
      </div>
      <LogPane
        store={store}
        filter={filter}
        search={search}
        wraps={wraps}
        follows={follows}
        marked={place.line}
        match={match}
        onFollow={setFollows}
        onMark={onMark}
        onMatches={onMatches}
      />
    </section>
  );
}

function foundWords(at: number | undefined, { count, isDone }: { count: number; isDone: boolean }): string {
  if (count === 0) return isDone ? 'not found' : '…';
  return `${at === undefined ? '' : `${(at + 1).toLocaleString('en')} of `}${count.toLocaleString('en')}${isDone ? '' : ' …'}`;
}

/** `build:4` is `update 4`. */
function spanWords(span: string): string {
  return span.replace(/^build:(\d+)$/, 'update $1').replace(/^tiltfile:(\d+)$/, 'load $1');
}

function lineText({ book }: PageStore, line: number, withName: boolean): string {
  const name = withName && book.resourceOf(line) !== '' ? `${book.resourceOf(line)} │ ` : '';
  const time = book.times[line] ?? 0;
  return `${time > 0 ? `${clockWords(time)} ` : ''}${name}${textOf(book, line)}`;
}
