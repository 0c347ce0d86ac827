import type { Container, ContainerStatus, Pod, Terminated } from '../clients/kubernetes/objects.ts';
import { exitWords } from './exit-words.ts';
import {
  type PodContext,
  type PodHealth,
  scheduledAt,
  startOf,
  type TroubledPod,
  timeOf,
  trouble,
  troubleFrom,
} from './pod-trouble.ts';

// After a crash it must stay up for longer than that, and for longer than the time in which it crashed before.
const STABLE_MS = 10_000;
const LONGEST_CRASH_MS = 40_000;
// A ConfigMap or Secret may be on its way, from another resource.
const CONFIG_ERROR = 'CreateContainerConfigError';
const CONFIG_MS = 5_000;

const IMAGE_REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
]);
const START_REASONS = new Set([
  CONFIG_ERROR,
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
]);

/** `undefined` when nothing is wrong with it. */
export function containerHealth(
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
    if (reason === 'CrashLoopBackOff') return crashed(name, pod, status, last ?? {}, true, context);
    if (START_REASONS.has(reason)) {
      const why = waiting.message?.trim() || reason;
      const found = trouble(`${name} cannot start: ${why} (${reason})`, { container: status.name, mayHeal: true });
      const patience = reason === CONFIG_ERROR ? CONFIG_MS : 0;
      return troubleFrom(scheduledAt(pod) + patience, context, found);
    }
    if (last && last.exitCode !== 0 && (status.restartCount ?? 0) > 0)
      return crashed(name, pod, status, last, true, context);
    return undefined;
  }
  if (terminated) {
    const ended = terminated.exitCode === 0;
    const restarts = policy === 'Always' || sidecar;
    if (ended && (init || !restarts)) return undefined;
    return crashed(name, pod, status, terminated, policy !== 'Never' || sidecar, context);
  }
  if (
    running &&
    last &&
    (status.restartCount ?? 0) > 0 &&
    (last.exitCode !== 0 || policy === 'Always') &&
    !(init && !sidecar)
  ) {
    const seenAt = context.restartSeenAt(pod.metadata.uid, status.name);
    // However late the cluster tells of a crash, it is one: never only a restart that is over.
    const stableAt = Math.max(startOf(running, context) + stableAfter(last), seenAt === 0 ? 0 : seenAt + STABLE_MS);
    if (context.now < stableAt) return { ...crashed(name, pod, status, last, true, context), recheckAt: stableAt };
  }
  return undefined;
}

function stableAfter(last: Terminated): number {
  const lasted = timeOf(last.finishedAt) - timeOf(last.startedAt);
  return lasted > 0 && lasted <= LONGEST_CRASH_MS ? Math.max(STABLE_MS, lasted * 1.5) : STABLE_MS;
}

function crashed(
  name: string,
  pod: Pod,
  status: ContainerStatus,
  ended: Terminated,
  mayHeal: boolean,
  context: PodContext,
): TroubledPod {
  const restarts = status.restartCount ?? 0;
  const times = restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
  const verb = restarts > 1 ? 'keeps ending' : 'ended';
  const probe = context.probeError(pod.metadata.uid, status.name);
  const why = probe.startsWith('Liveness') || probe.startsWith('Startup') ? ` (${probe})` : '';
  return trouble(`${name} ${verb}: ${exitWords(ended)}${why}${times}`, {
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
