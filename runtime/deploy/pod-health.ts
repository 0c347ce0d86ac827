import type { Container, ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import { containerHealth } from './container-health.ts';
import { exitWords } from './exit-words.ts';
import { podStatus } from './pod-status.ts';
import {
  notTakenFrom,
  type PodContext,
  type PodHealth,
  scheduledAt,
  startOf,
  type Trouble,
  trouble,
  troubleFrom,
} from './pod-trouble.ts';

const SETTLE_MS = 1_000;
const YOUNG_MS = 30_000;
const CLOCK_STEP_MS = 1_000;
// Pods that are on their way out, and volumes that are being made, give way to others in a moment.
const SCHEDULE_MS = 3_000;
const CLAIM_MS = 10_000;
const MISSING_MS = 5_000;

/** Looks at a pod's conditions and at each of its containers. */
export function podHealth(pod: Pod, context: PodContext): PodHealth {
  if (pod.metadata.deletionTimestamp) return { kind: 'leaving' };
  const phase = pod.status?.phase;
  if (phase === 'Succeeded') return { kind: 'succeeded' };
  if (phase === 'Failed') return { kind: 'trouble', trouble: podFailure(pod) };
  const unschedulable = pod.status?.conditions?.find(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );
  if (unschedulable) return homeless(pod, unschedulable.message || 'no node takes it', context);
  const known = notTaken(pod, context) ?? missingVolume(pod, context);
  if (known) return known;
  for (const { status, spec, init } of containersOf(pod)) {
    const found = containerHealth(pod, status, spec, init, context);
    if (found) return found;
  }
  return readiness(pod, context);
}

function containersOf(pod: Pod) {
  const list = (statuses: readonly ContainerStatus[] = [], specs: readonly Container[] = [], init: boolean) =>
    statuses.map((status) => ({ status, spec: specs.find(({ name }) => name === status.name), init }));
  return [
    ...list(pod.status?.initContainerStatuses, pod.spec?.initContainers, true),
    ...list(pod.status?.containerStatuses, pod.spec?.containers, false),
  ];
}

/** A pod that no node takes. */
function homeless(pod: Pod, why: string, context: PodContext): PodHealth {
  if (context.getsNode(pod.metadata.uid)) return { kind: 'pending', reason: 'waiting for a new node' };
  const patience = /persistentvolumeclaim|volume/i.test(why) ? CLAIM_MS : SCHEDULE_MS;
  const found = trouble(`Pod "${pod.metadata.name}" cannot be scheduled: ${why}`, { mayHeal: true });
  return troubleFrom(scheduledAt(pod) + patience, context, found);
}

/** A pod that its node should have begun to start. */
function notTaken(pod: Pod, context: PodContext): PodHealth | undefined {
  const from = notTakenFrom(pod);
  if (from === undefined) return undefined;
  const node = context.nodeProblem(pod.spec?.nodeName ?? '');
  if (node === '') return context.now < from ? { kind: 'pending', reason: podStatus(pod), recheckAt: from } : undefined;
  return trouble(`Pod "${pod.metadata.name}" cannot start: ${node}`, { mayHeal: true });
}

/** A volume of a ConfigMap or Secret that is not there: its containers are not made before, and their status says nothing. */
function missingVolume(pod: Pod, context: PodContext): PodHealth | undefined {
  if (pod.status?.phase !== 'Pending') return undefined;
  const why = context.startError(pod.metadata.uid);
  if (!/(configmap|secret)s? "?[^ ]*" not found/i.test(why)) return undefined;
  const found = trouble(`Pod "${pod.metadata.name}" cannot start: ${why}`, { mayHeal: true });
  return troubleFrom(scheduledAt(pod) + MISSING_MS, context, found);
}

function readiness(pod: Pod, context: PodContext): PodHealth {
  const statuses = pod.status?.containerStatuses ?? [];
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  const unready = statuses.filter((status) => !status.ready).map(({ name }) => `"${name}"`);
  if (ready?.status !== 'True' || unready.length > 0 || statuses.length === 0) {
    const shown = podStatus(pod);
    const node = context.nodeProblem(pod.spec?.nodeName ?? '');
    if (node !== '') return { kind: 'pending', reason: node };
    const { uid } = pod.metadata;
    const problem = context.startError(uid);
    if (shown !== 'Running') return { kind: 'pending', reason: problem === '' ? shown : `${shown}: ${problem}` };
    const probe = statuses
      .map((status) => (status.ready ? '' : context.probeError(uid, status.name)))
      .find((words) => words !== '');
    const words =
      unready.length > 0 ? `container ${unready.join(', ')} is not ready` : ready?.message || 'the pod is not ready';
    return { kind: 'pending', reason: probe === undefined ? words : `${words}: ${probe}` };
  }
  const unproven = statuses.filter((status) => {
    const spec = pod.spec?.containers?.find(({ name }) => name === status.name);
    return !spec?.readinessProbe && !spec?.startupProbe;
  });
  const settling = settlingUntil(pod, unproven, context);
  if (settling !== undefined) return { kind: 'pending', reason: 'it has just started', ...settling };
  return { kind: 'ready' };
}

/**
 * A container without a readiness probe is called ready as soon as it runs, even if it crashes at once. The status comes
 * late, so what decides is whether it is known to run; where that is not known, it must have run for a moment. That the
 * pod was there before this session is no proof: a session that was stopped may have left one whose crash is not told yet.
 */
function settlingUntil(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  context: PodContext,
): { readonly recheckAt?: number } | undefined {
  let until = 0;
  for (const status of statuses) {
    const start = startOf(status.state?.running, context);
    if (start + YOUNG_MS < context.now) continue;
    const alive = context.isAlive(pod.metadata.uid, status.name);
    if (alive === false) return {};
    // The time of the start is cut to whole seconds.
    if (alive === undefined) until = Math.max(until, start + CLOCK_STEP_MS + SETTLE_MS);
  }
  return context.now < until ? { recheckAt: until } : undefined;
}

/** Why a pod in the phase Failed has failed. */
export function podFailure(pod: Pod): Trouble {
  const name = `Pod "${pod.metadata.name}" failed`;
  const reason = pod.status?.reason;
  const bad = containersOf(pod).find(({ status }) => (status.state?.terminated?.exitCode ?? 0) !== 0);
  const ended = bad?.status.state?.terminated;
  const about = pod.status?.message ? `${reason}: ${pod.status.message}` : reason;
  const words = bad && ended ? `container "${bad.status.name}" ended: ${exitWords(ended)}` : '';
  const message = [name, [about, words].filter(Boolean).join('; ')].filter(Boolean).join(': ');
  const container = bad?.status.name ?? '';
  return {
    message,
    container,
    lastWords: ended?.message ?? '',
    mayHeal: false,
    crashed: bad !== undefined,
    podFailed: true,
  };
}
