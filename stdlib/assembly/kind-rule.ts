import type { ImageLocator, KubernetesObject, PodReadiness } from '../model/kubernetes.ts';
import { namespaceOf } from './object-name.ts';

/** What is known of a kind of objects beyond their pod specs. Objects of such a kind are workloads. */
export interface KindRule {
  readonly matches: (object: KubernetesObject) => boolean;
  readonly podReadiness: PodReadiness | undefined;
  readonly locators: readonly ImageLocator[];
}

/** Jobs are waited for until they succeed, and CronJobs not at all. */
export const BUILT_IN_KINDS: readonly KindRule[] = [
  { matches: partialMatch('batch/v1', 'Job', '', ''), podReadiness: 'succeeded', locators: [] },
  { matches: partialMatch('batch/v1', 'CronJob', '', ''), podReadiness: 'ignore', locators: [] },
];

/** Each pattern is looked for anywhere in its field, large and small letters alike; an empty one fits everything. */
export function partialMatch(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
): (object: KubernetesObject) => boolean {
  const fields = [
    [new RegExp(apiVersion, 'i'), (object: KubernetesObject) => object.apiVersion],
    [new RegExp(kind, 'i'), (object: KubernetesObject) => object.kind],
    [new RegExp(name, 'i'), (object: KubernetesObject) => object.name],
    [new RegExp(namespace, 'i'), namespaceOf],
  ] as const;
  return (object) => fields.every(([pattern, field]) => pattern.test(field(object)));
}

/** Of several modes the one that waits is taken first, then the one that ignores. */
export function readinessByKind(
  objects: readonly KubernetesObject[],
  rules: readonly KindRule[],
): PodReadiness | undefined {
  const modes = new Set<PodReadiness | undefined>();
  for (const object of objects) for (const rule of rules) if (rule.matches(object)) modes.add(rule.podReadiness);
  return (['wait', 'ignore', 'succeeded'] as const).find((mode) => modes.has(mode));
}
