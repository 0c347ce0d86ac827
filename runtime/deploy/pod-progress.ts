import type { Condition, Pod } from '../clients/kubernetes/objects.ts';

const NAME_WIDTH = 16;
const STEPS = [
  ['PodScheduled', 'Scheduled'],
  ['Initialized', 'Initialized'],
  ['Ready', 'Ready'],
] as const;

/** Three lines on how far a pod has come: scheduled, initialized, ready. */
export function podProgress(pod: Pod): readonly string[] {
  let since = pod.metadata.creationTimestamp;
  return STEPS.map(([type, name]) => {
    const condition = pod.status?.conditions?.find((item) => item.type === type);
    const line = progressLine(name, condition, since);
    since = condition?.lastTransitionTime;
    return line;
  });
}

function progressLine(name: string, condition: Condition | undefined, since: string | undefined): string {
  const { status = '', reason = '', message = '', lastTransitionTime } = condition ?? {};
  const took = duration(since, lastTransitionTime);
  if (status === 'True') return good(name, took);
  if (name === 'Ready' && reason === 'PodCompleted') return good('Completed', took);
  if (status === '' || reason === '' || message === '') return good(name, '(…) Pending');
  return `     ┃ ${`Not ${name}`.padEnd(NAME_WIDTH)}- (${reason}): ${message}`;
}

function good(name: string, text: string): string {
  return `     ┊ ${name.padEnd(NAME_WIDTH)}- ${text}`;
}

/** Kubernetes gives whole seconds. */
function duration(from: string | undefined, to: string | undefined): string {
  const ms = Date.parse(to ?? '') - Date.parse(from ?? '');
  if (Number.isNaN(ms)) return '';
  return ms <= 0 ? '<1s' : `${Math.floor(ms / 1000)}s`;
}
