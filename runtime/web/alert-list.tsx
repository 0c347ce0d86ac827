import { ALERT_WORDS, alertsOf } from './alerts.ts';
import { Link } from './link.tsx';
import { type PageStore, useStore } from './page-store.ts';
import { HEALTHS, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import type { UiResource } from './wire.ts';

const viewOf = (store: PageStore) => store.view;

/** All that is wrong or waits, of all resources. */
export function AlertsPage({ store }: { store: PageStore }) {
  const view = useStore(store, viewOf);
  const resources = [...view.resources.values()]
    .filter((resource) => alertsOf(resource).length > 0)
    .sort((one, other) => HEALTHS.indexOf(healthOf(one)) - HEALTHS.indexOf(healthOf(other)));
  return (
    <main class="alerts-page" id="main">
      <h1>Alerts</h1>
      {resources.length === 0 && <p class="empty">Nothing is wrong, and nothing waits.</p>}
      {resources.map((resource) => (
        <section key={resource.metadata.name} aria-label={resource.metadata.name}>
          <h2>
            <Link route={{ view: 'resource', name: resource.metadata.name }}>
              <StatusMark health={healthOf(resource)} /> <bdi>{resource.metadata.name}</bdi>
            </Link>
          </h2>
          <AlertList resource={resource} />
        </section>
      ))}
    </main>
  );
}

/** What is wrong with one resource, or what it waits for, in full. */
export function AlertList({ resource }: { resource: UiResource }) {
  const alerts = alertsOf(resource);
  const { name } = resource.metadata;
  if (alerts.length === 0) return null;
  return (
    <ul class="alerts" aria-label={`Alerts of ${name}`}>
      {alerts.map(({ kind, text, span }) => (
        <li key={`${kind} ${text}`} class={kind}>
          <strong>{ALERT_WORDS[kind]}</strong>
          <pre>{text}</pre>
          {span !== undefined && (
            <Link route={{ view: 'resource', name }} inLog={{ span }}>
              Its log
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
