import type { ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import type { TrackedPod } from '../clients/kubernetes/pod-tracker.ts';
import type { ContainerReport, ContainerState, PodOwner, PodReport } from '../state/pod-report.ts';
import { podStatus } from './pod-status.ts';
import { TEMPLATE_HASH } from './template-hash.ts';

const STARTING = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** A pod as people and programs see it. `ownerCreatedAt`: when what owns it was made, where that is known. */
export function reportPod({ pod, rootUid }: TrackedPod, ownerCreatedAt?: string): PodReport {
  const { uid, name, namespace = '', creationTimestamp = '', deletionTimestamp, labels = {} } = pod.metadata;
  const { phase = 'Unknown', conditions = [], initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const hash = labels[TEMPLATE_HASH];
  const owner = ownerOf(pod, ownerCreatedAt);
  return {
    uid,
    name,
    namespace,
    createdAt: creationTimestamp,
    phase,
    deleting: deletionTimestamp !== undefined,
    ...(conditions.length > 0 && {
      conditions: conditions.map(({ type, status, lastTransitionTime, reason, message }) => ({
        type,
        status,
        ...(lastTransitionTime && { lastTransitionTime }),
        ...(reason && { reason }),
        ...(message && { message }),
      })),
    }),
    ...(initContainerStatuses.length > 0 && {
      initContainers: initContainerStatuses.map((status) => reportContainer(pod, status)),
    }),
    containers: containerStatuses.map((status) => reportContainer(pod, status)),
    ...(rootUid !== '' && { ancestorUID: rootUid }),
    ...(hash !== undefined && { podTemplateSpecHash: hash }),
    status: podStatus(pod),
    errors: [...initContainerStatuses, ...containerStatuses].flatMap(errorsOf),
    ...(owner && { owner }),
  };
}

function reportContainer(pod: Pod, status: ContainerStatus): ContainerReport {
  const { name, containerID = '', ready = false, image = '', restartCount = 0, state = {} } = status;
  const declared = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  const ports = declared.find((container) => container.name === name)?.ports ?? [];
  return {
    name,
    id: containerID.replace(/^[^:]*:\/\//, ''),
    ready,
    image,
    restarts: restartCount,
    state: reportState(state),
    ports: ports.flatMap(({ containerPort }) => (containerPort === undefined ? [] : [containerPort])),
  };
}

function reportState({ waiting, running, terminated }: NonNullable<ContainerStatus['state']>): ContainerState {
  const none = { waiting: null, running: null, terminated: null };
  if (running) return { ...none, running: { startedAt: running.startedAt ?? '' } };
  if (!terminated) return { ...none, waiting: { reason: waiting?.reason ?? '' } };
  const { startedAt = '', finishedAt = '', reason, exitCode = 0 } = terminated;
  return { ...none, terminated: { startedAt, finishedAt, ...(reason && { reason }), exitCode } };
}

/** A container that waits to be started again says why it ended before. */
function errorsOf({ state = {}, lastState = {} }: ContainerStatus): readonly string[] {
  const { waiting, running } = state;
  if (running) return [];
  const ended = state.terminated ?? lastState.terminated;
  const lastWords = ended && ended.exitCode !== 0 ? (ended.message ?? '').trim() : '';
  const waits = waiting && !STARTING.has(waiting.reason ?? '') ? (waiting.message ?? '') : '';
  return [lastWords, waits].filter((words) => words !== '');
}

function ownerOf({ metadata }: Pod, creationTimestamp: string | undefined): PodOwner | undefined {
  const [owner] = metadata.ownerReferences ?? [];
  if (owner === undefined) return undefined;
  const { name, apiVersion, kind } = owner;
  return { name, apiVersion, kind, ...(creationTimestamp && { creationTimestamp }) };
}

/** The reports of pods; those of pods that did not change are the same ones again. */
export class PodReports {
  readonly #ownerCreatedAt: (uid: string) => string | undefined;
  #known = new Map<string, { readonly pod: Pod; readonly report: PodReport }>();
  #reports: readonly PodReport[] = [];

  /** `ownerCreatedAt` is asked with the uid of what owns a pod. */
  constructor(ownerCreatedAt: (uid: string) => string | undefined) {
    this.#ownerCreatedAt = ownerCreatedAt;
  }

  /** The very same list again as long as nothing changed. The newest stand first, for scripts look there, and those that are being deleted last. */
  of(pods: readonly TrackedPod[]): readonly PodReport[] {
    const known = new Map<string, { readonly pod: Pod; readonly report: PodReport }>();
    for (const tracked of pods) {
      const { uid, ownerReferences = [] } = tracked.pod.metadata;
      const before = this.#known.get(uid);
      const now =
        before?.pod === tracked.pod
          ? before
          : { pod: tracked.pod, report: reportPod(tracked, this.#ownerCreatedAt(ownerReferences[0]?.uid ?? '')) };
      known.set(uid, now);
    }
    this.#known = known;
    const reports = [...known.values()].map(({ report }) => report).sort(byUse);
    const isSame =
      reports.length === this.#reports.length && reports.every((report, index) => report === this.#reports[index]);
    if (!isSame) this.#reports = reports;
    return this.#reports;
  }
}

function byUse(one: PodReport, other: PodReport): number {
  if (one.deleting !== other.deleting) return one.deleting ? 1 : -1;
  return other.createdAt.localeCompare(one.createdAt) || one.name.localeCompare(other.name);
}
