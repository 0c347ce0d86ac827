import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { plainText } from './ansi.ts';
import { LineFilter, type LogFilter, NO_FILTER } from './line-filter.ts';
import { LEVEL, type Level, type Source } from './log-book.ts';
import { LogPane } from './log-pane.tsx';
import type { PageStore } from './page-store.ts';
import { go, type Place } from './routes.ts';
import { useSaved } from './saved.ts';
import { clockWords } from './time-words.ts';
import { tell } from './toast.tsx';

/** The log of one resource, or of all, and what one can do with it. */
export function LogView({ store, resource, place }: { store: PageStore; resource: string | undefined; place: Place }) {
  const [level, setLevel] = useState<Level>(LEVEL.info);
  const [source, setSource] = useState<'all' | Source>('all');
  const [search, setSearch] = useState('');
  const [isOnly, setOnly] = useState(false);
  const [from, setFrom] = useState(0);
  const [wraps, setWraps] = useSaved('wrap', true);
  const [follows, setFollows] = useState(place.line === undefined);
  const [matches, setMatches] = useState({ count: 0, isDone: true });
  const [match, setMatch] = useState<{ readonly index: number } | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const filter = useMemo<LogFilter>(
    () => ({ ...NO_FILTER, resource, level, source, search, context: isOnly ? CONTEXT : undefined, from }),
    [resource, level, source, search, isOnly, from],
  );
  useEffect(() => setMatch(undefined), [filter]);
  const step = (by: number): void => {
    if (matches.count === 0) return;
    const start = match?.index ?? (by > 0 ? -1 : 0);
    setMatch({ index: (start + by + matches.count) % matches.count });
  };
  const onMatches = useCallback((count: number, isDone: boolean) => {
    setMatches((known) => (known.count === count && known.isDone === isDone ? known : { count, isDone }));
  }, []);
  const onMark = useCallback((line: number) => go(place.route, line), [place.route]);
  const text = (): string => {
    const all = new LineFilter(store.book, filter);
    all.advance(Number.POSITIVE_INFINITY);
    return all.rows.map((line) => textOf(store, line, resource === undefined)).join('\n');
  };
  return (
    <section class="log-view" aria-label="Log">
      <div class="bar">
        <input
          ref={input}
          type="search"
          data-key="search"
          aria-label="Search the log"
          placeholder="Search ( / ), or /a pattern/"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
            if (event.key === 'Escape') setSearch('');
          }}
        />
        {search !== '' && (
          <>
            <output class="count" aria-live="polite">
              {match === undefined ? '' : `${match.index + 1} of `}
              {matches.count} {matches.isDone ? '' : '…'}
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
          </>
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
        <label class="check">
          <input type="checkbox" checked={wraps} onChange={() => setWraps(!wraps)} /> Wrap
        </label>
        <label class="check">
          <input type="checkbox" data-key="follow" checked={follows} onChange={() => setFollows(!follows)} /> Follow
        </label>
        <span class="space" />
        <button type="button" title="Hide the lines up to here" onClick={() => setFrom(store.book.size)}>
          Clear
        </button>
        {from > 0 && (
          <button type="button" onClick={() => setFrom(0)}>
            Show all
          </button>
        )}
        <button type="button" onClick={() => void copy(text())}>
          Copy
        </button>
        <button type="button" onClick={() => download(text(), `${resource ?? 'tilt-ts'}.log`)}>
          Download
        </button>
      </div>
      <LogPane
        store={store}
        filter={filter}
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

/** Lines around each match. */
const CONTEXT = 2;

function textOf({ book }: PageStore, line: number, withName: boolean): string {
  const name = withName && book.resourceOf(line) !== '' ? `${book.resourceOf(line)} │ ` : '';
  const time = book.times[line] ?? 0;
  return `${time > 0 ? `${clockWords(time)} ` : ''}${name}${plainText(book.texts[line] ?? '')}`;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell('Copied the log to the clipboard');
  } catch {
    tell('The browser does not let the page copy: use Download');
  }
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text, '\n'], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
