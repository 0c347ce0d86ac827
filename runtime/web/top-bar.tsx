import { Link } from './link.tsx';
import { useLive } from './live.ts';
import { useNow } from './now.tsx';
import { type PageStore, useStore } from './page-store.ts';
import type { Place, Route } from './routes.ts';
import type { DialogName } from './shortcuts.ts';
import { clockWords } from './time-words.ts';

const connectionOf = (store: PageStore) => store.connection;
const viewOf = (store: PageStore) => store.view;
const VIEWS: readonly (readonly [Exclude<Route['view'], 'resource' | 'overview'>, string])[] = [
  ['logs', 'Logs'],
  ['alerts', 'Alerts'],
  ['graph', 'Graph'],
  ['timeline', 'Timeline'],
];

export type Theme = 'system' | 'light' | 'dark';
const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_SIGNS: Readonly<Record<Theme, string>> = { system: '◑', light: '☀', dark: '☾' };

/** The way to each view, how the page stands with the program, and what concerns the session as a whole. */
export function TopBar(props: {
  store: PageStore;
  place: Place;
  theme: Theme;
  problems: number;
  onTheme(theme: Theme): void;
  onDialog(dialog: DialogName): void;
}) {
  const { store, place, theme, problems, onTheme, onDialog } = props;
  const { view } = place.route;
  const { clusters } = useStore(store, viewOf);
  const isLive = useLive();
  const hasError = [...clusters.values()].some(({ status }) => Boolean(status?.error));
  return (
    <header class="top">
      <nav aria-label="Views">
        <Link route={{ view: 'overview' }} class="brand" current={view === 'overview'}>
          tilt-ts
        </Link>
        {VIEWS.map(([name, words]) => (
          <Link key={name} route={{ view: name }} current={view === name}>
            {words}
            {name === 'alerts' && problems > 0 && <span class="badge">{problems}</span>}
          </Link>
        ))}
      </nav>
      <Connection store={store} />
      <span class="space" />
      {clusters.size > 0 && (
        <button type="button" class={hasError ? 'due' : ''} onClick={() => onDialog('cluster')}>
          {hasError ? '✕ Cluster' : 'Cluster'}
        </button>
      )}
      {isLive && (
        <>
          <button type="button" onClick={() => onDialog('args')}>
            Args
          </button>
          <a href="/api/snapshot/local" download="tilt-ts-snapshot.json" class="button" data-key="snapshot">
            Snapshot
          </a>
        </>
      )}
      <button type="button" onClick={() => onTheme(NEXT_THEME[theme] ?? 'system')} title={`Colours: ${theme}`}>
        <span aria-hidden="true">{THEME_SIGNS[theme]}</span> <span class="hidden">Colours: {theme}</span>
      </button>
      <button type="button" aria-label="Keys" title="Keys" onClick={() => onDialog('keys')}>
        ?
      </button>
    </header>
  );
}

/** How the page stands with the program. */
function Connection({ store }: { store: PageStore }) {
  const connection = useStore(store, connectionOf);
  switch (connection.kind) {
    case 'open':
      return null;
    case 'connecting':
      return <span class="connection">Connecting…</span>;
    case 'lost':
      return (
        <span class="connection lost" role="alert">
          Connection lost
          <Retry at={connection.retryAt} />
        </span>
      );
    case 'unreadable':
      return (
        <span class="connection lost" role="alert">
          {connection.message}
        </span>
      );
    case 'snapshot': {
      const at = Date.parse(connection.createdAt);
      return (
        <span class="connection">
          Snapshot{Number.isNaN(at) ? '' : ` of ${new Date(at).toLocaleDateString()} ${clockWords(at)}`}
        </span>
      );
    }
  }
}

/** Read out once, not each second. */
function Retry({ at }: { at: number }) {
  const seconds = Math.max(0, Math.ceil((at - useNow()) / 1000));
  return <span aria-hidden="true">: tries again {seconds === 0 ? 'now' : `in ${seconds}s`}</span>;
}
