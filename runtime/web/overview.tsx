import { useState } from 'preact/hooks';
import { triggerResource } from './actions.ts';
import { ActionButton } from './button-form.tsx';
import { buttonsAt } from './buttons.ts';
import { byLabel, lastDuration, lastUpdate, matching, type SortKey, sorted } from './grouping.ts';
import { Link } from './link.tsx';
import { type PageStore, useNow, useStore } from './page-store.ts';
import { useSaved } from './saved.ts';
import { detailOf, HEALTH_WORDS, HEALTHS, type Health, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import { agoWords, durationWords, parseTime } from './time-words.ts';
import { tellProblem } from './toast.tsx';
import type { UiResource } from './wire.ts';

const viewOf = (store: PageStore) => store.view;

/** All resources in a table. */
export function Overview({ store }: { store: PageStore }) {
  const view = useStore(store, viewOf);
  const [words, setWords] = useState('');
  const [health, setHealth] = useState<Health | undefined>();
  const [sort, setSort] = useSaved<{ key: SortKey; isDown: boolean }>('sort', { key: 'order', isDown: false });
  const [isGrouped, setGrouped] = useSaved('grouped', true);
  const [stars, setStars] = useSaved<readonly string[]>('stars', []);
  const all = [...view.resources.values()];
  const found = matching(all, words).filter((resource) => health === undefined || healthOf(resource) === health);
  const inOrder = sorted(found, sort.key, sort.isDown);
  const starred = inOrder.filter(({ metadata }) => stars.includes(metadata.name));
  const groups = isGrouped ? byLabel(inOrder) : [{ label: '', resources: inOrder }];
  const star = (name: string) =>
    setStars(stars.includes(name) ? stars.filter((known) => known !== name) : [...stars, name]);
  const head = (key: SortKey, text: string) => (
    <th aria-sort={sort.key === key ? (sort.isDown ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => setSort({ key, isDown: sort.key === key && !sort.isDown })}>
        {text} {sort.key === key ? (sort.isDown ? '▾' : '▴') : ''}
      </button>
    </th>
  );
  return (
    <main class="overview" id="main">
      <h1 class="hidden">Resources</h1>
      <div class="bar">
        <input
          type="search"
          data-key="search"
          aria-label="Filter resources"
          placeholder="Filter by name, label or state ( / )"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <HealthFilter resources={all} health={health} onChange={setHealth} />
        <label class="check">
          <input type="checkbox" checked={isGrouped} onChange={() => setGrouped(!isGrouped)} /> Group by label
        </label>
        {buttonsAt(view.buttons, 'Global', '').map((button) => (
          <ActionButton key={button.metadata.name} button={button} />
        ))}
      </div>
      <div class="table-box">
        <table>
          <thead>
            <tr>
              <th>
                <span class="hidden">Starred</span>
              </th>
              {head('state', 'State')}
              {head('name', 'Name')}
              <th>What it does</th>
              {head('updated', 'Updated')}
              {head('duration', 'Took')}
              <th>Links</th>
              <th>
                <span class="hidden">Update</span>
              </th>
            </tr>
          </thead>
          {starred.length > 0 && <Rows label="Starred" resources={starred} stars={stars} onStar={star} />}
          {groups.map(({ label, resources }) => (
            <Rows key={label} label={isGrouped ? label : ''} resources={resources} stars={stars} onStar={star} />
          ))}
        </table>
        {found.length === 0 && (
          <p class="empty">{all.length === 0 ? 'No resources yet' : 'No resource passes the filter'}</p>
        )}
      </div>
    </main>
  );
}

function HealthFilter(props: {
  resources: readonly UiResource[];
  health: Health | undefined;
  onChange(health: Health | undefined): void;
}) {
  const { resources, health, onChange } = props;
  const counts = new Map<Health, number>();
  for (const resource of resources) counts.set(healthOf(resource), (counts.get(healthOf(resource)) ?? 0) + 1);
  return (
    <fieldset class="healths">
      <legend class="hidden">Filter by state</legend>
      {HEALTHS.filter((one) => counts.has(one) || one === health).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={health === one}
          onClick={() => onChange(health === one ? undefined : one)}
        >
          <StatusMark health={one} /> {counts.get(one) ?? 0} {HEALTH_WORDS[one].toLowerCase()}
        </button>
      ))}
    </fieldset>
  );
}

function Rows(props: {
  label: string;
  resources: readonly UiResource[];
  stars: readonly string[];
  onStar(name: string): void;
}) {
  const { label, resources, stars, onStar } = props;
  const [closed, setClosed] = useSaved<readonly string[]>('closed-groups', []);
  const isClosed = label !== '' && closed.includes(label);
  const toggle = () => setClosed(isClosed ? closed.filter((one) => one !== label) : [...closed, label]);
  return (
    <tbody>
      {label !== '' && (
        <tr class="group">
          <th colSpan={8} scope="rowgroup">
            <button type="button" aria-expanded={!isClosed} onClick={toggle}>
              {isClosed ? '▸' : '▾'} {label} <span class="count">{resources.length}</span>
            </button>
          </th>
        </tr>
      )}
      {!isClosed &&
        resources.map((resource) => (
          <Row
            key={resource.metadata.name}
            resource={resource}
            isStarred={stars.includes(resource.metadata.name)}
            onStar={onStar}
          />
        ))}
    </tbody>
  );
}

function Row({
  resource,
  isStarred,
  onStar,
}: {
  resource: UiResource;
  isStarred: boolean;
  onStar(name: string): void;
}) {
  const now = useNow();
  const { name } = resource.metadata;
  const health = healthOf(resource);
  const updated = lastUpdate(resource);
  const began = parseTime(resource.status?.currentBuild?.startTime);
  const took = health === 'building' && began !== undefined ? now - began : lastDuration(resource);
  const links = resource.status?.endpointLinks ?? [];
  const pod = resource.status?.k8sResourceInfo?.podName;
  return (
    <tr class={`row ${health}`} data-name={name}>
      <td>
        <button
          type="button"
          class="star"
          aria-pressed={isStarred}
          aria-label={`Star ${name}`}
          onClick={() => onStar(name)}
        >
          {isStarred ? '★' : '☆'}
        </button>
      </td>
      <td>
        <StatusMark health={health} />
      </td>
      <th scope="row">
        <Link route={{ view: 'resource', name }} title={pod}>
          {name}
        </Link>
      </th>
      <td class="detail" title={detailOf(resource)}>
        {detailOf(resource)}
      </td>
      <td class="number">{updated === undefined ? '' : agoWords(now - updated)}</td>
      <td class="number">{took === undefined ? '' : durationWords(took)}</td>
      <td class="links">
        {links.map((link) => (
          <a key={link.url} href={link.url} target="_blank" rel="noreferrer">
            {link.name || link.url.replace(/^https?:\/\//, '').replace(/\/$/, '')}
          </a>
        ))}
      </td>
      <td>
        <button
          type="button"
          class={resource.status?.hasPendingChanges ? 'trigger due' : 'trigger'}
          aria-label={`Update ${name}`}
          title={resource.status?.hasPendingChanges ? 'Take over the changes' : 'Update now'}
          disabled={health === 'disabled'}
          onClick={() => void tellProblem(triggerResource(name))}
        >
          ⟳
        </button>
      </td>
    </tr>
  );
}
