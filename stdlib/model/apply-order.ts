// What must be there before what: a Namespace before what is in it, a ConfigMap before the Pods that read it.

const FIRST_KINDS = [
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
const RANKS: ReadonlyMap<string, number> = new Map(FIRST_KINDS.map((kind, rank) => [kind, rank]));

interface Kinded {
  readonly kind: string;
}

function rank({ kind }: Kinded): number {
  return RANKS.get(kind) ?? FIRST_KINDS.length;
}

/** The objects in the order in which they are applied; those of one kind keep their order. Kinds that are not listed come last. */
export function inApplyOrder<T extends Kinded>(objects: readonly T[]): readonly T[] {
  if (objects.length < 2) return objects;
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

/** Groups of objects that may be applied at the same time, in the order in which the groups come. */
export function applyBatches<T extends Kinded>(objects: readonly T[]): readonly (readonly T[])[] {
  const batches = new Map<number, T[]>();
  for (const object of inApplyOrder(objects)) {
    const batch = batches.get(rank(object));
    if (batch) batch.push(object);
    else batches.set(rank(object), [object]);
  }
  return [...batches.values()];
}

/** The reverse of the order in which objects are applied. */
export function deleteOrder<T extends Kinded>(objects: readonly T[]): readonly T[] {
  return [...inApplyOrder(objects)].reverse();
}
