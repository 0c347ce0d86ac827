import { useState } from 'preact/hooks';
import { byLabel, matching } from './grouping.ts';
import { Link } from './link.tsx';
import { type PageStore, useStore } from './page-store.ts';
import type { Place } from './routes.ts';
import { detailOf, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';

const viewOf = (store: PageStore) => store.view;

/** All resources beside the log of one. */
export function Sidebar({ store, place }: { store: PageStore; place: Place }) {
  const view = useStore(store, viewOf);
  const [words, setWords] = useState('');
  const { route } = place;
  const groups = byLabel(matching(view.resources.values(), words));
  return (
    <nav class="side" aria-label="Resources">
      <input
        type="search"
        aria-label="Filter resources"
        placeholder="Filter"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <Link route={{ view: 'logs' }} class="side-all" current={route.view === 'logs'}>
        All logs
      </Link>
      {groups.map(({ label, resources }) => (
        <section key={label} aria-label={label || 'Tiltfile'}>
          {label !== '' && groups.length > 1 && <h2>{label}</h2>}
          <ul>
            {resources.map((resource) => (
              <li key={resource.metadata.name}>
                <Link
                  route={{ view: 'resource', name: resource.metadata.name }}
                  current={route.view === 'resource' && route.name === resource.metadata.name}
                  title={detailOf(resource)}
                >
                  <StatusMark health={healthOf(resource)} /> <span class="side-name">{resource.metadata.name}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
