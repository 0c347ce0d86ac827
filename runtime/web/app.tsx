import { useCallback, useMemo, useState } from 'preact/hooks';
import { AlertsPage } from './alert-list.tsx';
import { alertsOf } from './alerts.ts';
import { ArgsDialog, ClusterDialog, KeyHelp } from './dialogs.tsx';
import { Graph } from './graph.tsx';
import { useShortcuts } from './keys.ts';
import { Live } from './live.ts';
import { LogView } from './log-view.tsx';
import { Overview } from './overview.tsx';
import { type PageStore, useStore } from './page-store.ts';
import { ResourcePage } from './resource-page.tsx';
import { type Place, usePlace } from './routes.ts';
import { useSaved } from './saved.ts';
import { type DialogName, shortcutsOf } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';
import { healthOf } from './status.ts';
import { TiltfileProblem } from './tiltfile-problem.tsx';
import { Timeline } from './timeline.tsx';
import { Toasts } from './toast.tsx';
import { type Theme, TopBar } from './top-bar.tsx';

const viewOf = (store: PageStore) => store.view;
const isLiveOf = ({ connection }: PageStore) => connection.kind !== 'snapshot' && connection.kind !== 'unreadable';

/** The whole page. */
export function App({ store }: { store: PageStore }) {
  const place = usePlace();
  const view = useStore(store, viewOf);
  const isLive = useStore(store, isLiveOf);
  const [theme, setTheme] = useSaved<Theme>('theme', 'system');
  const [dialog, setDialog] = useState<DialogName | undefined>();
  const close = useCallback(() => setDialog(undefined), []);
  document.documentElement.dataset.theme = theme;
  const resources = useMemo(() => [...view.resources.values()], [view.resources]);
  // Only other names make other shortcuts.
  const names = resources.map(({ metadata }) => metadata.name).join('\n');
  const shortcuts = useMemo(() => shortcutsOf(names.split('\n'), place, setDialog), [names, place]);
  useShortcuts(shortcuts);
  const errors = resources.filter((resource) => healthOf(resource) === 'error').length;
  const problems = useMemo(
    () => resources.filter((resource) => alertsOf(resource).some(({ kind }) => kind !== 'waits')).length,
    [resources],
  );
  document.title = titleOf(place, errors);
  const { route } = place;
  const hasSide = route.view === 'resource' || route.view === 'logs';
  return (
    <Live.Provider value={isLive}>
      <div class="page">
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <TopBar store={store} place={place} theme={theme} problems={problems} onTheme={setTheme} onDialog={setDialog} />
        <TiltfileProblem store={store} place={place} />
        <div class={hasSide ? 'body with-side' : 'body'}>
          {hasSide && <Sidebar store={store} place={place} />}
          <View store={store} place={place} />
        </div>
        {dialog === 'keys' && <KeyHelp shortcuts={shortcuts} onClose={close} />}
        {dialog === 'args' && <ArgsDialog onClose={close} />}
        {dialog === 'cluster' && <ClusterDialog clusters={[...view.clusters.values()]} onClose={close} />}
        <Toasts />
      </div>
    </Live.Provider>
  );
}

function View({ store, place }: { store: PageStore; place: Place }) {
  const { route } = place;
  switch (route.view) {
    case 'overview':
      return <Overview store={store} />;
    case 'alerts':
      return <AlertsPage store={store} />;
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

/** What the tab says: that something is wrong can be seen from another tab. */
function titleOf({ route }: Place, errors: number): string {
  const name = route.view === 'resource' ? `${route.name} · ` : '';
  return `${errors > 0 ? `✕ ${errors} · ` : ''}${name}tilt-ts`;
}
