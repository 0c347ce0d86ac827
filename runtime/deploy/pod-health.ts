import type { Container, ContainerStatus, Pod, Terminated } from '../clients/kubernetes/objects.ts';
import { exitWords } from './exit-words.ts';
import { podStatus } from './pod-status.ts';

/** How one pod does. */
export type PodHealth =
  | { readonly kind: 'ready' }
  /** All containers have ended well. */
  | { readonly kind: 'succeeded' }
  /** `recheckAt` (milliseconds since the epoch): then it may be ready without any further change. */
  | { readonly kind: 'pending'; readonly reason: string; readonly recheckAt?: number }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly recheckAt?: number }
  /** It is being deleted. */
  | { readonly kind: 'leaving' };

export interface Trouble {
  readonly message: string;
  /** The container whose log may tell why; empty when there is none. */
  readonly container: string;
  /** What it left as its last words. */
  readonly lastWords: string;
  /** The cluster tries again by itself. */
  readonly mayHeal: boolean;
  /** The container ran and ended: the last lines of its log are worth reading. */
  readonly crashed: boolean;
  /** The pod as a whole has ended; its controller may replace it. */
  readonly podFailed: boolean;
}

export interface PodContext {
  /** The cluster's time in milliseconds since the epoch. */
  readonly now: number;
  /** What the registry said when the image of a container could not be pulled; empty when not known. */
  pullError(podUid: string, container: string): string;
  /** Whether a container still runs, where something newer than its status says so. */
  isAlive(podUid: string, container: string): boolean | undefined;
}

const SETTLE_MS = 1_000;
const YOUNG_MS = 30_000;
// After a crash it must stay up for longer than that, and for longer than the time in which it crashed before.
const STABLE_MS = 10_000;
const LONGEST_CRASH_MS = 40_000;
const CLOCK_STEP_MS = 1_000;

const IMAGE_REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
]);
const START_REASONS = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
]);

/** Looks at a pod's conditions and at each of its containers. */
export function podHealth(pod: Pod, context: PodContext): PodHealth {
  if (pod.metadata.deletionTimestamp) return { kind: 'leaving' };
  const phase = pod.status?.phase;
  if (phase === 'Succeeded') return { kind: 'succeeded' };
  if (phase === 'Failed') return { kind: 'trouble', trouble: podFailure(pod) };
  const unschedulable = pod.status?.conditions?.find(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );
  if (unschedulable) {
    const why = unschedulable.message || 'no node takes it';
    return trouble(`Pod "${pod.metadata.name}" cannot be scheduled: ${why}`, { mayHeal: true });
  }
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

function containerHealth(
  pod: Pod,
  status: ContainerStatus,
  spec: Container | undefined,
  init: boolean,
  context: PodContext,
): PodHealth | undefined {
  const { waiting, terminated, running } = status.state ?? {};
  const policy = pod.spec?.restartPolicy ?? 'Always';
  const sidecar = init && spec?.restartPolicy === 'Always';
  const name = `${init ? 'Init container' : 'Container'} "${status.name}" of pod "${pod.metadata.name}"`;
  const last = status.lastState?.terminated;
  if (waiting) {
    const reason = waiting.reason ?? '';
    if (IMAGE_REASONS.has(reason)) return imageTrouble(pod, status, spec, context);
    if (reason === 'CrashLoopBackOff') return crashed(name, status, last ?? {}, true);
    if (START_REASONS.has(reason)) {
      const why = waiting.message?.trim() || reason;
      return trouble(`${name} cannot start: ${why} (${reason})`, { container: status.name, mayHeal: true });
    }
    if (last && last.exitCode !== 0 && (status.restartCount ?? 0) > 0) return crashed(name, status, last, true);
    return undefined;
  }
  if (terminated) {
    const ended = terminated.exitCode === 0;
    const restarts = policy === 'Always' || sidecar;
    if (ended && (init || !restarts)) return undefined;
    return crashed(name, status, terminated, policy !== 'Never' || sidecar);
  }
  if (
    running &&
    last &&
    (status.restartCount ?? 0) > 0 &&
    (last.exitCode !== 0 || policy === 'Always') &&
    !(init && !sidecar)
  ) {
    const stableAt = startOf(running, context) + stableAfter(last);
    if (context.now < stableAt) return { ...crashed(name, status, last, true), recheckAt: stableAt };
  }
  return undefined;
}

function stableAfter(last: Terminated): number {
  const lasted = time(last.finishedAt) - time(last.startedAt);
  return lasted > 0 && lasted <= LONGEST_CRASH_MS ? Math.max(STABLE_MS, lasted * 1.5) : STABLE_MS;
}

function readiness(pod: Pod, context: PodContext): PodHealth {
  const statuses = pod.status?.containerStatuses ?? [];
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  const unready = statuses.filter((status) => !status.ready).map(({ name }) => `"${name}"`);
  if (ready?.status !== 'True' || unready.length > 0 || statuses.length === 0) {
    const shown = podStatus(pod);
    if (shown !== 'Running') return { kind: 'pending', reason: shown };
    const words =
      unready.length > 0 ? `container ${unready.join(', ')} is not ready` : ready?.message || 'the pod is not ready';
    return { kind: 'pending', reason: words };
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
 * late, so what decides is whether it is known to run; where that is not known, it must have run for a moment.
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

function crashed(
  name: string,
  status: ContainerStatus,
  ended: Terminated,
  mayHeal: boolean,
): PodHealth & { kind: 'trouble' } {
  const restarts = status.restartCount ?? 0;
  const times = restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
  const verb = restarts > 1 ? 'keeps ending' : 'ended';
  return trouble(`${name} ${verb}: ${exitWords(ended)}${times}`, {
    container: status.name,
    lastWords: ended.message ?? '',
    crashed: true,
    mayHeal,
  });
}

function imageTrouble(pod: Pod, status: ContainerStatus, spec: Container | undefined, context: PodContext): PodHealth {
  const { reason = '', message = '' } = status.state?.waiting ?? {};
  // While it backs off, the cluster no longer says why.
  const known = reason === 'ImagePullBackOff' ? context.pullError(pod.metadata.uid, status.name) : '';
  const image = spec?.image ?? status.image ?? '';
  const words = known || message || reason;
  return trouble(
    `Pod "${pod.metadata.name}" cannot pull the image "${image}" of container "${status.name}": ${words}`,
    {
      container: status.name,
      mayHeal: reason !== 'InvalidImageName',
    },
  );
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

function trouble(message: string, more: Partial<Trouble>): PodHealth & { kind: 'trouble' } {
  const plain = { container: '', lastWords: '', mayHeal: false, crashed: false, podFailed: false };
  return { kind: 'trouble', trouble: { ...plain, ...more, message } };
}

/** A node whose clock is ahead says nothing of use. */
function startOf(running: { readonly startedAt?: string } | undefined, { now }: PodContext): number {
  const start = time(running?.startedAt);
  return start > now + CLOCK_STEP_MS ? 0 : start;
}

function time(text: string | undefined): number {
  const parsed = Date.parse(text ?? '');
  return Number.isNaN(parsed) ? 0 : parsed;
}
