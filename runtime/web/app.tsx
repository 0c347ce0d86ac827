import { useMemo, useState } from 'preact/hooks';
import { ArgsDialog, KeyHelp } from './dialogs.tsx';
import { Graph } from './graph.tsx';
import { press, type Shortcut, useShortcuts } from './keys.ts';
import { Link } from './link.tsx';
import { TILTFILE } from './log-book.ts';
import { LogView } from './log-view.tsx';
import { Overview } from './overview.tsx';
import { type PageStore, useNow, useStore } from './page-store.ts';
import { ResourcePage } from './resource-page.tsx';
import { go, type Place, usePlace } from './routes.ts';
import { useSaved } from './saved.ts';
import { Sidebar } from './sidebar.tsx';
import { healthOf } from './status.ts';
import { clockWords } from './time-words.ts';
import { Timeline } from './timeline.tsx';
import { Toasts } from './toast.tsx';

const viewOf = (store: PageStore) => store.view;
const connectionOf = (store: PageStore) => store.connection;
type Theme = 'system' | 'light' | 'dark';
const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

/** The whole page. */
export function App({ store }: { store: PageStore }) {
  const place = usePlace();
  const view = useStore(store, viewOf);
  const [theme, setTheme] = useSaved<Theme>('theme', 'system');
  const [dialog, setDialog] = useState<'keys' | 'args' | undefined>();
  document.documentElement.dataset.theme = theme;
  const names = useMemo(() => [...view.resources.keys()], [view.resources]);
  const shortcuts = useMemo(() => shortcutsOf(names, place, setDialog), [names, place]);
  useShortcuts(shortcuts);
  const { route } = place;
  const problems = [...view.resources.values()].filter((resource) => healthOf(resource) === 'error').length;
  document.title = problems > 0 ? `✕ ${problems} · tilt-ts` : 'tilt-ts';
  return (
    <div class="page">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <nav aria-label="Views">
          <Link route={{ view: 'overview' }} class="brand" current={route.view === 'overview'}>
            tilt-ts
          </Link>
          <Link route={{ view: 'logs' }} current={route.view === 'logs'}>
            Logs
          </Link>
          <Link route={{ view: 'graph' }} current={route.view === 'graph'}>
            Graph
          </Link>
          <Link route={{ view: 'timeline' }} current={route.view === 'timeline'}>
            Timeline
          </Link>
        </nav>
        <span class="space" />
        <Connection store={store} />
        <button type="button" onClick={() => setDialog('args')}>
          Args
        </button>
        <a href="/api/snapshot/local" download="tilt-ts-snapshot.json" class="button">
          Snapshot
        </a>
        <button type="button" onClick={() => setTheme(NEXT_THEME[theme])} title={`Colours: ${theme}`}>
          {theme === 'dark' ? '☾' : theme === 'light' ? '☀' : '◑'} <span class="hidden">Colours: {theme}</span>
        </button>
        <button type="button" aria-label="Keys" onClick={() => setDialog('keys')}>
          ?
        </button>
      </header>
      <TiltfileProblem store={store} place={place} />
      <div class={route.view === 'resource' || route.view === 'logs' ? 'body with-side' : 'body'}>
        {(route.view === 'resource' || route.view === 'logs') && <Sidebar store={store} place={place} />}
        <View store={store} place={place} />
      </div>
      {dialog === 'keys' && <KeyHelp shortcuts={shortcuts} onClose={() => setDialog(undefined)} />}
      {dialog === 'args' && <ArgsDialog onClose={() => setDialog(undefined)} />}
      <Toasts />
    </div>
  );
}

function View({ store, place }: { store: PageStore; place: Place }) {
  const { route } = place;
  switch (route.view) {
    case 'overview':
      return <Overview store={store} />;
    case 'graph':
      return <Graph store={store} />;
    case 'timeline':
      return <Timeline store={store} />;
    case 'resource':
      return <ResourcePage store={store} name={route.name} place={place} />;
    case 'logs':
      return (
        <main class="resource" id="main">
          <h1 class="hidden">All logs</h1>
          <LogView store={store} resource={undefined} place={place} />
        </main>
      );
  }
}

/** How the page stands with the program. */
function Connection({ store }: { store: PageStore }) {
  const connection = useStore(store, connectionOf);
  const now = useNow();
  switch (connection.kind) {
    case 'open':
      return null;
    case 'connecting':
      return <span class="connection">Connecting…</span>;
    case 'lost':
      return (
        <span class="connection lost" role="alert">
          Connection lost: tries again in {Math.max(0, Math.ceil((connection.retryAt - now) / 1000))}s
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

/** What is wrong with the Tiltfile stands above everything: until it is mended nothing else changes. */
function TiltfileProblem({ store, place }: { store: PageStore; place: Place }) {
  const view = useStore(store, viewOf);
  const tiltfile = view.resources.get(TILTFILE);
  const error =
    tiltfile !== undefined && healthOf(tiltfile) === 'error' ? tiltfile.status?.buildHistory?.[0]?.error : undefined;
  const fatal = view.session?.status?.fatalError;
  if (!error && !fatal) return null;
  if (place.route.view === 'resource' && place.route.name === TILTFILE && !fatal) return null;
  return (
    <section class="tiltfile-problem" role="alert" aria-label="The Tiltfile has an error">
      <h2>
        <Link route={{ view: 'resource', name: TILTFILE }}>
          {fatal ? 'The session has failed' : 'The Tiltfile has an error'}
        </Link>
      </h2>
      <pre>{fatal || error}</pre>
    </section>
  );
}

function shortcutsOf(
  names: readonly string[],
  place: Place,
  open: (dialog: 'keys' | 'args' | undefined) => void,
): readonly Shortcut[] {
  const { route } = place;
  const at = route.view === 'resource' ? names.indexOf(route.name) : -1;
  const step = (by: number) => {
    const name = names[(at + by + names.length) % names.length];
    if (name !== undefined) go({ view: 'resource', name });
  };
  return [
    { keys: ['/'], words: 'Search or filter', run: () => press('search') },
    { keys: ['j'], words: 'Next resource', run: () => step(1) },
    { keys: ['k'], words: 'Previous resource', run: () => step(-1) },
    { keys: ['o'], words: 'All resources', run: () => go({ view: 'overview' }) },
    { keys: ['l'], words: 'All logs', run: () => go({ view: 'logs' }) },
    { keys: ['g'], words: 'Graph', run: () => go({ view: 'graph' }) },
    { keys: ['t'], words: 'Timeline', run: () => go({ view: 'timeline' }) },
    { keys: ['r'], words: 'Update the resource', run: () => press('trigger') },
    { keys: ['f'], words: 'Follow the log', run: () => press('follow') },
    { keys: ['?'], words: 'These keys', run: () => open('keys') },
  ];
}
