import { useMemo, useState } from 'preact/hooks';
import { BulkActions } from './bulk-actions.tsx';
import { ActionButton } from './button-form.tsx';
import { globalButtons } from './buttons.ts';
import { byLabel, type Group, matching, type Sort, sorted } from './grouping.ts';
import { HealthFilter } from './health-filter.tsx';
import { type PageStore, useStore } from './page-store.ts';
import { ResourceTable } from './resource-table.tsx';
import { useSaved } from './saved.ts';
import { type Health, healthOf } from './status.ts';

const viewOf = (store: PageStore) => store.view;

/** All resources in a table. */
export function Overview({ store }: { store: PageStore }) {
  const view = useStore(store, viewOf);
  const [words, setWords] = useState('');
  const [health, setHealth] = useState<Health | undefined>();
  const [sort, setSort] = useSaved<Sort | undefined>('sort', undefined);
  const [isGrouped, setGrouped] = useSaved('grouped', true);
  const [stars, setStars] = useSaved<readonly string[]>('stars', []);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => [...view.resources.values()], [view.resources]);
  const groups = useMemo<readonly Group[]>(() => {
    const found = matching(all, words).filter((resource) => health === undefined || healthOf(resource) === health);
    const inOrder = sort === undefined ? found : sorted(found, sort);
    const starred = inOrder.filter(({ metadata }) => stars.includes(metadata.name));
    return [
      ...(starred.length > 0 ? [{ label: 'Starred', resources: starred }] : []),
      ...(isGrouped ? byLabel(inOrder) : [{ label: starred.length > 0 ? 'All' : '', resources: inOrder }]),
    ];
  }, [all, words, health, sort, stars, isGrouped]);
  const isEmpty = groups.every(({ resources }) => resources.length === 0);
  return (
    <main class="overview" id="main">
      <h1 class="hidden">Resources</h1>
      <div class="bar">
        <input
          type="search"
          data-key="search"
          aria-label="Filter resources"
          placeholder="Name, label or state ( / )"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setWords('')}
        />
        <HealthFilter resources={all} health={health} onChange={setHealth} />
        <label class="check">
          <input type="checkbox" checked={isGrouped} onChange={() => setGrouped(!isGrouped)} /> Group by label
        </label>
        <span class="space" />
        {globalButtons(view.buttons).map((button) => (
          <ActionButton key={button.metadata.name} button={button} />
        ))}
      </div>
      <BulkActions view={view} selected={selected} onClear={() => setSelected(new Set())} />
      <ResourceTable
        groups={groups}
        buttons={view.buttons}
        sort={sort}
        stars={stars}
        selected={selected}
        onSort={setSort}
        onStar={(name) => setStars(toggled(stars, name))}
        onSelect={(name) => setSelected(new Set(toggled([...selected], name)))}
      />
      {isEmpty && <p class="empty">{all.length === 0 ? 'No resources yet' : 'No resource passes the filter'}</p>}
    </main>
  );
}

function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((known) => known !== name) : [...names, name];
}
