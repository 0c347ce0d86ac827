import type { ComponentChildren } from 'preact';
import { triggerResource } from './actions.ts';
import { AlertList } from './alert-list.tsx';
import { BuildHistory } from './build-history.tsx';
import { ActionButton } from './button-form.tsx';
import { disableButton, resourceButtons, stopButton } from './buttons.ts';
import { Link } from './link.tsx';
import { LinkOut } from './link-out.tsx';
import { useLive } from './live.ts';
import { TILTFILE } from './log-book.ts';
import { LogView } from './log-view.tsx';
import { type PageStore, useStore } from './page-store.ts';
import type { Place } from './routes.ts';
import { detailOf, HEALTH_WORDS, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import { copyText } from './take-out.ts';
import { tellProblem } from './toast.tsx';
import { TriggerModeSwitch } from './trigger-mode.tsx';
import type { UiButton, UiResource } from './wire.ts';

const viewOf = (store: PageStore) => store.view;

/** One resource: how it is doing and why, what one can do with it, and its log. */
export function ResourcePage({ store, name, place }: { store: PageStore; name: string; place: Place }) {
  const view = useStore(store, viewOf);
  const resource = view.resources.get(name);
  if (resource === undefined) {
    return (
      <main class="missing" id="main">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <p>{view.resources.size === 0 ? 'Waiting for the program…' : `There is no resource "${name}".`}</p>
        <Link route={{ view: 'overview' }}>All resources</Link>
      </main>
    );
  }
  const health = healthOf(resource);
  const detail = detailOf(resource);
  return (
    <main class="resource" id="main">
      <header class={`resource-head ${health}`}>
        <div class="resource-title">
          <h1 title={name}>
            <StatusMark health={health} isNamed={false} /> <bdi>{name}</bdi>
          </h1>
          <p class="what" title={detail}>
            <strong>{HEALTH_WORDS[health]}</strong> {detail !== HEALTH_WORDS[health] && detail}
          </p>
        </div>
        <Actions resource={resource} buttons={view.buttons} />
        <div class="resource-more">
          <Facts resource={resource} />
          <BuildHistory resource={resource} />
          <AlertList resource={resource} />
        </div>
      </header>
      <LogView key={name} store={store} resource={name} place={place} />
    </main>
  );
}

function Actions({ resource, buttons }: { resource: UiResource; buttons: ReadonlyMap<string, UiButton> }) {
  const { name } = resource.metadata;
  const isLive = useLive();
  const health = healthOf(resource);
  const own = [health === 'building' ? stopButton(buttons, name) : undefined, disableButton(buttons, name)];
  return (
    <div class="actions">
      <button
        type="button"
        data-key="trigger"
        disabled={health === 'disabled' || !isLive}
        onClick={() => void tellProblem(triggerResource(name))}
      >
        ⟳ {resource.status?.hasPendingChanges === true ? 'Take over changes' : 'Update'}
      </button>
      {own.map((button) => button && <ActionButton key={button.metadata.name} button={button} />)}
      {resourceButtons(buttons, name).map((button) => (
        <ActionButton key={button.metadata.name} button={button} />
      ))}
    </div>
  );
}

function Facts({ resource }: { resource: UiResource }) {
  const { status, metadata } = resource;
  const links = status?.endpointLinks ?? [];
  const pod = status?.k8sResourceInfo?.podName ?? '';
  const pid = String(status?.localResourceInfo?.pid ?? 0);
  const objects = status?.k8sResourceInfo?.displayNames ?? [];
  const needs = status?.dependencies ?? [];
  const labels = Object.keys(metadata.labels ?? {});
  return (
    <dl class="facts">
      {links.length > 0 && (
        <Fact name="Links">
          {links.map((link) => (
            <LinkOut key={link.url} link={link} />
          ))}
        </Fact>
      )}
      {pod !== '' && (
        <Fact name="Pod">
          <code>{pod}</code>
          <button
            type="button"
            class="plain"
            aria-label={`Copy the pod's name, ${pod}`}
            title="Copy"
            onClick={() => void copyText(pod, pod)}
          >
            ⧉
          </button>
        </Fact>
      )}
      {metadata.name !== TILTFILE && (
        <Fact name="Mode">
          <TriggerModeSwitch resource={resource} />
        </Fact>
      )}
      {pid !== '0' && <Fact name="Process">{pid}</Fact>}
      {objects.length > 0 && <Fact name="Objects">{objects.join(', ')}</Fact>}
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
