import type { Pod } from '../clients/kubernetes/objects.ts';

/** How one pod does. */
export type PodHealth =
  | { readonly kind: 'ready' }
  /** All containers have ended well. */
  | { readonly kind: 'succeeded' }
  /** `recheckAt` (milliseconds since the epoch): then it may be otherwise without any further change. */
  | { readonly kind: 'pending'; readonly reason: string; readonly recheckAt?: number }
  | TroubledPod
  /** It is being deleted. */
  | { readonly kind: 'leaving' };

export interface TroubledPod {
  readonly kind: 'trouble';
  readonly trouble: Trouble;
  readonly recheckAt?: number;
}

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

/** What is known beside the pod itself. */
export interface PodContext {
  /** The cluster's time in milliseconds since the epoch. */
  readonly now: number;
  /** Whether the cluster lets pods be read. */
  readonly seesPods: boolean;
  /** What the registry said when the image of a container could not be pulled; empty when not known. */
  pullError(podUid: string, container: string): string;
  /** What a container's latest probe that failed said; empty when none did. */
  probeError(podUid: string, container: string): string;
  /** Why the pod's containers cannot be made yet, such as a volume that cannot be mounted; empty when not known. */
  startError(podUid: string): string;
  /** Whether the cluster makes a node for the pod. */
  getsNode(podUid: string): boolean;
  /** What is wrong with a node; empty when nothing is, or it is not known. */
  nodeProblem(node: string): string;
  /** Whether a container still runs, where something newer than its status says so. */
  isAlive(podUid: string, container: string): boolean | undefined;
  /** When the latest restart of a container was seen, in the cluster's time; 0 when none was since it is watched. */
  restartSeenAt(podUid: string, container: string): number;
}

/** For looking at a pod alone. */
export const NO_CONTEXT: PodContext = {
  now: 0,
  seesPods: true,
  pullError: () => '',
  probeError: () => '',
  startError: () => '',
  getsNode: () => false,
  nodeProblem: () => '',
  isAlive: () => undefined,
  restartSeenAt: () => 0,
};

const CLOCK_STEP_MS = 1_000;
const TAKE_MS = 5_000;

export function trouble(message: string, more: Partial<Trouble>): TroubledPod {
  const plain = { container: '', lastWords: '', mayHeal: false, crashed: false, podFailed: false };
  return { kind: 'trouble', trouble: { ...plain, ...more, message } };
}

/** What may be over in a moment is no trouble before `until`. */
export function troubleFrom(until: number, { now }: PodContext, found: TroubledPod): PodHealth {
  return now < until ? { kind: 'pending', reason: found.trouble.message, recheckAt: until } : found;
}

/** When the pod was given to a node, or could not be; 0 when not known. */
export function scheduledAt(pod: Pod): number {
  return timeOf(pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.lastTransitionTime);
}

/** From when on a pod counts as one that its node does not take; `undefined` once the node has. */
export function notTakenFrom({ metadata, spec, status }: Pod): number | undefined {
  const { phase, containerStatuses = [], initContainerStatuses = [] } = status ?? {};
  const isTaken = containerStatuses.length > 0 || initContainerStatuses.length > 0;
  const isGiven = phase === 'Pending' && spec?.nodeName !== undefined && !isTaken;
  return isGiven ? timeOf(metadata.creationTimestamp) + TAKE_MS : undefined;
}

/** A node whose clock is ahead says nothing of use. */
export function startOf(running: { readonly startedAt?: string } | undefined, { now }: PodContext): number {
  const start = timeOf(running?.startedAt);
  return start > now + CLOCK_STEP_MS ? 0 : start;
}

/** In milliseconds since the epoch; 0 when there is none. */
export function timeOf(text: string | undefined): number {
  const parsed = Date.parse(text ?? '');
  return Number.isNaN(parsed) ? 0 : parsed;
}
