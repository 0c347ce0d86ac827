import type { ClusterEvent, ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import { pullErrorOf } from './cluster-events.ts';

/** Reasons of warnings that say what a pod's start waits for. */
const START_PROBLEMS = new Set([
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
  'FailedCreatePodContainer',
  'NetworkNotReady',
]);

/** What events say of a resource's pods that the pods' own status does not say, or no longer says. */
export class PodNews {
  readonly #pullErrors = new Map<string, string>();
  readonly #probeErrors = new Map<string, string>();
  readonly #startErrors = new Map<string, string>();
  readonly #getNodes = new Set<string>();

  /** Answers whether it holds news. */
  takeEvent(event: ClusterEvent): boolean {
    const { reason = '', message = '', involvedObject } = event;
    const { uid = '', fieldPath = '' } = involvedObject;
    const container = /\{(.+)\}$/.exec(fieldPath)?.[1];
    if (reason === 'TriggeredScaleUp') return this.#addNodeless(uid);
    if (START_PROBLEMS.has(reason)) return keep(this.#startErrors, uid, message.trim());
    if (container === undefined) return false;
    const key = `${uid}/${container}`;
    if (reason === 'Unhealthy') return keep(this.#probeErrors, key, message.trim());
    const words = pullErrorOf(event);
    // What the pod's own status said is shorter.
    return words !== '' && !this.#pullErrors.has(key) && keep(this.#pullErrors, key, words);
  }

  takePod(pod: Pod): void {
    const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
    for (const status of [...initContainerStatuses, ...containerStatuses]) this.#takeStatus(pod.metadata.uid, status);
  }

  #takeStatus(uid: string, { name, state, ready }: ContainerStatus): void {
    const { reason, message = '' } = state?.waiting ?? {};
    if (reason === 'ErrImagePull' && message !== '') this.#pullErrors.set(`${uid}/${name}`, message);
    if (ready) this.#probeErrors.delete(`${uid}/${name}`);
  }

  #addNodeless(uid: string): boolean {
    if (this.#getNodes.has(uid)) return false;
    this.#getNodes.add(uid);
    return true;
  }

  pullError(podUid: string, container: string): string {
    return this.#pullErrors.get(`${podUid}/${container}`) ?? '';
  }

  probeError(podUid: string, container: string): string {
    return this.#probeErrors.get(`${podUid}/${container}`) ?? '';
  }

  startError(podUid: string): string {
    return this.#startErrors.get(podUid) ?? '';
  }

  getsNode(podUid: string): boolean {
    return this.#getNodes.has(podUid);
  }
}

function keep(texts: Map<string, string>, key: string, text: string): boolean {
  if (texts.get(key) === text) return false;
  texts.set(key, text);
  return true;
}
