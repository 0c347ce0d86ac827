import type { DeployedObject } from '../engine/ports.ts';

// What must be there before what: a Namespace before what is in it, a ConfigMap before the Pods that read it.

const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'MutatingWebhookConfiguration',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ConfigMap',
  'Secret',
  'Service',
  'LimitRange',
  'PriorityClass',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const RANKS: ReadonlyMap<string, number> = new Map(FIRST.map((kind, index) => [kind, index]));

type Kinded = Pick<DeployedObject, 'kind'>;

function rank(object: Kinded): number {
  return RANKS.get(object.kind) ?? FIRST.length;
}

/** Groups of objects that may be applied at the same time, in the order in which the groups come. */
export function applyBatches<T extends Kinded>(objects: readonly T[]): readonly (readonly T[])[] {
  const batches = new Map<number, T[]>();
  for (const object of [...objects].sort((a, b) => rank(a) - rank(b))) {
    const batch = batches.get(rank(object));
    if (batch) batch.push(object);
    else batches.set(rank(object), [object]);
  }
  return [...batches.values()];
}

/** The reverse of the order in which objects are applied. */
export function deleteOrder<T extends Kinded>(objects: readonly T[]): readonly T[] {
  return applyBatches(objects).flat().reverse();
}
