import { HEALTH_WORDS, HEALTHS, type Health, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import type { UiResource } from './wire.ts';

/** How many resources are in which state; a click shows only those. */
export function HealthFilter(props: {
  resources: readonly UiResource[];
  health: Health | undefined;
  onChange(health: Health | undefined): void;
}) {
  const { resources, health, onChange } = props;
  const counts = new Map<Health, number>();
  for (const resource of resources) {
    const one = healthOf(resource);
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
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
          <StatusMark health={one} isNamed={false} /> {counts.get(one) ?? 0}{' '}
          {one === 'error' ? 'failing' : HEALTH_WORDS[one].toLowerCase()}
        </button>
      ))}
    </fieldset>
  );
}
