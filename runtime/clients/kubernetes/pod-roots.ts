import { selectorMatcher } from '../../../stdlib/model/object-selector.ts';
import type { KubernetesResource } from '../../../stdlib/model/resource.ts';
import type { Deployed, DeployedObject, FollowedResource } from '../../engine/ports.ts';
import { isBuiltIn } from './built-in-groups.ts';
import type { PodRoots } from './pod-tracker.ts';

/** What everything that is applied from here is labelled with, pods that come of it too; Tilt's own. */
export const MANAGED_BY = 'app.kubernetes.io/managed-by';
export const MANAGER = 'tilt';

/** Kinds whose pods have the labels of the template. */
const LABELLING = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
]);
/** Where the pods of a resource are, and how they are told from others. `fallback`: the namespace of objects that name none. */
export function podRoots(resource: FollowedResource, deployed: Deployed, fallback: string): PodRoots {
  const named = new Set(deployed.objects.map(({ namespace }) => namespace).filter((name) => name !== ''));
  const isLabelled =
    areObjectsLabelled(resource) && deployed.objects.every((object) => labelsItsPods(resource, object));
  const plain = resource.extraPodSelectors.map((labels) => ({ labels, conditions: [] }));
  const selectors = [...plain, ...(resource.podSelectors ?? [])];
  return {
    uids: new Set(resource.discoveryStrategy === 'selectors-only' ? [] : deployed.objects.map(({ uid }) => uid)),
    namespaces: named.size > 0 ? [...named] : [fallback],
    selectors,
    labels: isLabelled && selectors.length === 0 ? managedSelector() : '',
  };
}

/** Whether the objects went through this program's hands. */
export function areObjectsLabelled(resource: KubernetesResource): boolean {
  return resource.customDeploy === undefined;
}

/** A selector, as the API takes it, of what is applied from here. */
export function managedSelector(): string {
  return `${MANAGED_BY}=${MANAGER}`;
}

function labelsItsPods(resource: KubernetesResource, object: DeployedObject): boolean {
  if (LABELLING.has(object.kind)) return true;
  const makesPods = (resource.podMakers ?? []).some((selector) => selectorMatcher(selector)(object));
  return isBuiltIn(object.apiVersion) && !makesPods;
}
