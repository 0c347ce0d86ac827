import type { KubernetesObject } from '../model/kubernetes.ts';

/** What other objects need comes before them; kinds that are not listed come last. */
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
const PLACES = new Map(FIRST_KINDS.map((kind, place) => [kind, place]));

/** The objects in the order in which they are applied; those of one kind keep their order. */
export function inApplyOrder(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  if (objects.length < 2) return objects;
  const place = (object: KubernetesObject) => PLACES.get(object.kind) ?? FIRST_KINDS.length;
  return [...objects].sort((a, b) => place(a) - place(b));
}
