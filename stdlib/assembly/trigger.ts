import type { TriggerMode } from '../declarations.ts';
import type { Trigger } from '../model/resource.ts';

/** The resource's own mode wins over the one for all. */
export function triggerOf(own: TriggerMode | undefined, forAll: TriggerMode | undefined, autoInit: boolean): Trigger {
  return { onChange: (own ?? forAll ?? 'auto') === 'auto', atStart: autoInit };
}
