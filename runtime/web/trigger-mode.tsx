import { setTriggerMode } from './actions.ts';
import { useLive } from './live.ts';
import { TILTFILE } from './log-book.ts';
import { tellProblem } from './toast.tsx';
import type { TriggerMode, UiResource } from './wire.ts';

/** By each mode: the one that differs in whether changes start an update. */
const OTHER: Readonly<Record<TriggerMode, TriggerMode>> = { 0: 1, 1: 0, 2: 3, 3: 2 };

/** Whether changes of files start an update, or a person does. */
export function TriggerModeSwitch({ resource }: { resource: UiResource }) {
  const { name } = resource.metadata;
  const isLive = useLive();
  if (name === TILTFILE) return null;
  const mode = resource.status?.triggerMode ?? 0;
  const isAutomatic = mode === 0 || mode === 3;
  return (
    <button
      type="button"
      class="plain mode"
      role="switch"
      aria-checked={isAutomatic}
      aria-label={`Changes update ${name} by themselves`}
      title={isAutomatic ? 'Changes start an update' : 'An update starts when you ask for it'}
      disabled={!isLive || resource.status?.disableStatus?.state === 'Disabled'}
      onClick={() => void tellProblem(setTriggerMode(name, OTHER[mode] ?? 0))}
    >
      {isAutomatic ? 'auto' : 'manual'}
    </button>
  );
}
