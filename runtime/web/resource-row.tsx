import { memo } from 'preact/compat';
import { triggerResource } from './actions.ts';
import { alertsOf } from './alerts.ts';
import { lastDuration, lastUpdate } from './grouping.ts';
import { Link } from './link.tsx';
import { LinkOut } from './link-out.tsx';
import { useLive } from './live.ts';
import { Ago, Since } from './now.tsx';
import { detailOf, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import { copyText } from './take-out.ts';
import { durationWords, parseTime } from './time-words.ts';
import { tellProblem } from './toast.tsx';
import { TriggerModeSwitch } from './trigger-mode.tsx';
import type { UiButton, UiResource } from './wire.ts';

/** One resource in the table. */
export const ResourceRow = memo(function ResourceRow(props: {
  index: number;
  isNarrow: boolean;
  resource: UiResource;
  buttons: readonly UiButton[];
  isStarred: boolean;
  isSelected: boolean;
  onStar(name: string): void;
  onSelect(name: string): void;
}) {
  const { index, isNarrow, resource, isStarred, isSelected, onStar, onSelect } = props;
  const { name } = resource.metadata;
  const { status } = resource;
  const isLive = useLive();
  const health = healthOf(resource);
  const warnings = alertsOf(resource).filter(({ kind }) => kind === 'warning').length;
  const hasChanges = status?.hasPendingChanges === true;
  return (
    <tr class={`row ${health}`} data-name={name} aria-rowindex={index}>
      <td class="c-tick">
        <input
          type="checkbox"
          data-tick
          aria-label={`Tick ${name}`}
          checked={isSelected}
          onChange={() => onSelect(name)}
        />
      </td>
      <td class="c-star">
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
      <td class="c-state">
        <StatusMark health={health} />
      </td>
      <th class="c-name" scope="row">
        <Link route={{ view: 'resource', name }} title={name}>
          <bdi>{name}</bdi>
        </Link>
      </th>
      <td class="c-detail" title={detailOf(resource)}>
        {warnings > 0 && <span class="warnings">{warnings === 1 ? '1 warning' : `${warnings} warnings`}</span>}
        {detailOf(resource)}
      </td>
      <td class="c-updated">
        <Ago at={lastUpdate(resource)} />
      </td>
      {!isNarrow && <WideCells resource={resource} />}
      <td class="c-trigger">
        <button
          type="button"
          class={hasChanges ? 'trigger due' : 'trigger'}
          aria-label={`Update ${name}`}
          title={hasChanges ? 'Take over the changes' : 'Update now'}
          disabled={health === 'disabled' || !isLive}
          onClick={() => void tellProblem(triggerResource(name))}
        >
          ⟳
        </button>
      </td>
    </tr>
  );
});

/** What a narrow window has no place for. */
function WideCells({ resource }: { resource: UiResource }) {
  const { status } = resource;
  const began = parseTime(status?.currentBuild?.startTime);
  const took = lastDuration(resource);
  const pod = status?.k8sResourceInfo?.podName;
  return (
    <>
      <td class="c-duration">
        {healthOf(resource) === 'building' && began !== undefined ? (
          <Since at={began} />
        ) : (
          took !== undefined && durationWords(took)
        )}
      </td>
      <td class="c-links">
        {(status?.endpointLinks ?? []).map((link) => (
          <LinkOut key={link.url} link={link} />
        ))}
      </td>
      <td class="c-pod">
        {pod !== undefined && pod !== '' && (
          <button
            type="button"
            class="plain"
            title={`Copy ${pod}`}
            aria-label={`Copy the pod's name, ${pod}`}
            onClick={() => void copyText(pod, pod)}
          >
            ⧉
          </button>
        )}
      </td>
      <td class="c-mode">
        <TriggerModeSwitch resource={resource} />
      </td>
    </>
  );
}
