import type { Pod, Workload } from '../clients/kubernetes/objects.ts';
import { TEMPLATE_HASH } from './template-hash.ts';
import type { Root } from './verdict.ts';

/** The labels by which controllers tell the versions of their pods apart. */
const REVISION_LABELS = ['pod-template-hash', 'controller-revision-hash'];

/** Pods of the version that was applied; all of them where the controller replaces none by itself. */
export function currentPods(root: Root, pods: readonly Pod[]): readonly Pod[] {
  const object = root.object as Workload | undefined;
  if (keepsOldPods(root.ref.kind, object)) return pods;
  const isKept = root.ref.kind === 'StatefulSet' ? belowPartition(object) : () => false;
  const isCurrent = versionOf(object, pods);
  return pods.filter((pod) => isCurrent(pod) || isKept(pod));
}

/** Pods of earlier versions that a ReplicaSet goes on with. */
export function outdatedPods({ object }: Root, pods: readonly Pod[]): readonly Pod[] {
  const hash = templateHash(object as Workload | undefined);
  const stay = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return hash === undefined ? [] : stay.filter(({ metadata }) => metadata.labels?.[TEMPLATE_HASH] !== hash);
}

export function replacesNoPods(kind: string): boolean {
  return kind === 'ReplicaSet' || kind === 'ReplicationController';
}

function keepsOldPods(kind: string, object: Workload | undefined): boolean {
  return replacesNoPods(kind) || object?.spec?.updateStrategy?.type === 'OnDelete';
}

function templateHash(object: Workload | undefined): string | undefined {
  return object?.spec?.template?.metadata?.labels?.[TEMPLATE_HASH];
}

function versionOf(object: Workload | undefined, pods: readonly Pod[]): (pod: Pod) => boolean {
  const hash = templateHash(object);
  if (hash !== undefined) return ({ metadata }) => metadata.labels?.[TEMPLATE_HASH] === hash;
  // What others deployed has no label of ours: the version of the newest pod is the one that is being rolled out.
  const newest = [...pods].sort(byAge).at(-1);
  const label = REVISION_LABELS.find((name) => newest?.metadata.labels?.[name] !== undefined);
  if (label === undefined) return () => true;
  const revision = newest?.metadata.labels?.[label];
  return ({ metadata }) => metadata.labels?.[label] === revision;
}

/** Pods that a StatefulSet leaves as they are, by the number at the end of their names. */
function belowPartition(object: Workload | undefined): (pod: Pod) => boolean {
  const partition = object?.spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  return ({ metadata }) => Number(/-(\d+)$/.exec(metadata.name)?.[1] ?? Number.NaN) < partition;
}

/** Oldest first. */
export function byAge(a: Pod, b: Pod): number {
  const times = (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '');
  return times || Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion);
}
