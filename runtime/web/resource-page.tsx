import type { ComponentChildren } from 'preact';
import { triggerResource } from './actions.ts';
import { BuildHistory } from './build-history.tsx';
import { ActionButton } from './button-form.tsx';
import { buttonsAt, disableButton, stopButton } from './buttons.ts';
import { Link } from './link.tsx';
import { LogView } from './log-view.tsx';
import { type PageStore, useStore } from './page-store.ts';
import type { Place } from './routes.ts';
import { detailOf, HEALTH_WORDS, healthOf, waitWords } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import { tellProblem } from './toast.tsx';
import type { UiButton, UiResource } from './wire.ts';

const viewOf = (store: PageStore) => store.view;

/** One resource: how it is doing and why, what one can do with it, and its log. */
export function ResourcePage({ store, name, place }: { store: PageStore; name: string; place: Place }) {
  const view = useStore(store, viewOf);
  const resource = view.resources.get(name);
  if (resource === undefined) {
    return (
      <main class="missing" id="main">
        <h1>{name}</h1>
        <p>{view.resources.size === 0 ? 'Waiting for the program…' : `There is no resource "${name}".`}</p>
        <Link route={{ view: 'overview' }}>All resources</Link>
      </main>
    );
  }
  const health = healthOf(resource);
  return (
    <main class="resource" id="main">
      <header class={`resource-head ${health}`}>
        <h1>
          <StatusMark health={health} /> {name}
        </h1>
        <p class="what">
          <strong>{HEALTH_WORDS[health]}</strong> {detailOf(resource) !== HEALTH_WORDS[health] && detailOf(resource)}
        </p>
        <Actions resource={resource} buttons={view.buttons} />
        <Facts resource={resource} />
        <Alerts resource={resource} />
      </header>
      <LogView key={name} store={store} resource={name} place={place} />
    </main>
  );
}

function Actions({ resource, buttons }: { resource: UiResource; buttons: ReadonlyMap<string, UiButton> }) {
  const { name } = resource.metadata;
  const health = healthOf(resource);
  const own = [health === 'building' ? stopButton(buttons, name) : undefined, disableButton(buttons, name)];
  return (
    <div class="actions">
      <button
        type="button"
        data-key="trigger"
        disabled={health === 'disabled'}
        onClick={() => void tellProblem(triggerResource(name))}
      >
        ⟳ {resource.status?.hasPendingChanges === true ? 'Take over changes' : 'Update'}
      </button>
      {own.map((button) => button && <ActionButton key={button.metadata.name} button={button} />)}
      {buttonsAt(buttons, 'Resource', name).map((button) => (
        <ActionButton key={button.metadata.name} button={button} />
      ))}
    </div>
  );
}

function Facts({ resource }: { resource: UiResource }) {
  const { status, metadata } = resource;
  const pod = status?.k8sResourceInfo?.podName;
  const pid = status?.localResourceInfo?.pid;
  const needs = status?.dependencies ?? [];
  const labels = Object.keys(metadata.labels ?? {});
  return (
    <dl class="facts">
      {(status?.endpointLinks ?? []).length > 0 && (
        <Fact name="Links">
          {(status?.endpointLinks ?? []).map(({ url, name }) => (
            <a key={url} href={url} target="_blank" rel="noreferrer">
              {name || url}
            </a>
          ))}
        </Fact>
      )}
      {pod !== undefined && pod !== '' && (
        <Fact name="Pod">
          <code>{pod}</code>
        </Fact>
      )}
      {pid !== undefined && String(pid) !== '0' && <Fact name="Process">{String(pid)}</Fact>}
      {(status?.k8sResourceInfo?.displayNames ?? []).length > 0 && (
        <Fact name="Objects">{status?.k8sResourceInfo?.displayNames?.join(', ')}</Fact>
      )}
      {needs.length > 0 && (
        <Fact name="Needs">
          {needs.map((need) => (
            <Link key={need} route={{ view: 'resource', name: need }}>
              {need}
            </Link>
          ))}
        </Fact>
      )}
      {labels.length > 0 && <Fact name="Labels">{labels.join(', ')}</Fact>}
      <BuildHistory resource={resource} />
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is wrong, in full. */
function Alerts({ resource }: { resource: UiResource }) {
  const [last] = resource.status?.buildHistory ?? [];
  const wait = waitWords(resource);
  const messages = [
    ...(healthOf(resource) === 'error' && last?.error ? [last.error] : []),
    ...(last?.warnings ?? []),
    ...(wait === '' ? [] : [wait]),
  ];
  if (messages.length === 0) return null;
  return (
    <ul class="alerts" aria-label="Alerts">
      {messages.map((message) => (
        <li key={message}>
          <pre>{message}</pre>
        </li>
      ))}
    </ul>
  );
}
