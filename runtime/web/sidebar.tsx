import { memo } from 'preact/compat';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { byLabel, matching } from './grouping.ts';
import { Link } from './link.tsx';
import { type PageStore, useStore } from './page-store.ts';
import type { Place } from './routes.ts';
import { detailOf, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import type { UiResource } from './wire.ts';

/** More than fit into a window. */
const FIRST_NAMES = 60;

const viewOf = (store: PageStore) => store.view;

/** All resources beside the log of one. */
export function Sidebar({ store, place }: { store: PageStore; place: Place }) {
  const view = useStore(store, viewOf);
  const [words, setWords] = useState('');
  const { route } = place;
  const groups = useMemo(() => byLabel(matching(view.resources.values(), words)), [view.resources, words]);
  // The click that leads here is answered before a thousand names are drawn.
  const [isWhole, setWhole] = useState(false);
  useEffect(() => setWhole(true), []);
  let room = isWhole ? Number.POSITIVE_INFINITY : FIRST_NAMES;
  const drawn = groups.flatMap(({ label, resources }) => {
    const shown = resources.slice(0, room);
    room -= shown.length;
    return shown.length === 0 ? [] : [{ label, resources: shown }];
  });
  return (
    <nav class="side" aria-label="Resources">
      <input
        type="search"
        aria-label="Filter resources"
        placeholder="Filter"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setWords('');
          event.currentTarget.blur();
        }}
      />
      <Link route={{ view: 'logs' }} class="side-all" current={route.view === 'logs'}>
        All logs
      </Link>
      {drawn.map(({ label, resources }) => (
        <section key={label} aria-label={label || 'Tiltfile'}>
          {label !== '' && groups.length > 1 && <h2>{label}</h2>}
          <ul>
            {resources.map((resource) => (
              <Item
                key={resource.metadata.name}
                resource={resource}
                isCurrent={route.view === 'resource' && route.name === resource.metadata.name}
              />
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && words !== '' && <p class="empty">No resource passes the filter</p>}
    </nav>
  );
}

// There may be a thousand.
const Item = memo(function Item({ resource, isCurrent }: { resource: UiResource; isCurrent: boolean }) {
  const { name } = resource.metadata;
  const detail = detailOf(resource);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <li ref={item}>
      <Link route={{ view: 'resource', name }} current={isCurrent} title={`${name}: ${detail}`}>
        <StatusMark health={healthOf(resource)} />
        <bdi class="side-name">{name}</bdi>
      </Link>
    </li>
  );
});
