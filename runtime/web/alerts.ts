import { errorOf, waitWords } from './status.ts';
import type { UiResource } from './wire.ts';

/** Something about a resource that a person should know. */
export interface Alert {
  readonly kind: 'error' | 'warning' | 'waits';
  /** In full. */
  readonly text: string;
  /** The update that told it. */
  readonly span: string | undefined;
}

export const ALERT_WORDS: Readonly<Record<Alert['kind'], string>> = {
  error: 'Error',
  warning: 'Warning',
  waits: 'Waits',
};

/** The worst first. */
export function alertsOf(resource: UiResource): readonly Alert[] {
  const [last] = resource.status?.buildHistory ?? [];
  const error = errorOf(resource);
  const wait = waitWords(resource);
  const isOfUpdate = error !== '' && error === last?.error;
  return [
    ...(error === '' ? [] : [{ kind: 'error', text: error, span: isOfUpdate ? last?.spanID : undefined } as const]),
    ...(last?.warnings ?? []).map((text) => ({ kind: 'warning', text, span: last?.spanID }) as const),
    ...(wait === '' ? [] : [{ kind: 'waits', text: wait, span: undefined } as const]),
  ];
}
