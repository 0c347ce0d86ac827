import type { KindDeclaration } from '../declarations.ts';
import type { ImageLocator } from '../model/image-locator.ts';
import type { KubernetesObject, PodReadiness } from '../model/kubernetes.ts';
import { type ObjectSelector, selectorMatcher } from '../model/object-selector.ts';

/** What is known of a kind of objects beyond their pod specs. Objects of such a kind are workloads. */
export interface KindRule {
  /** As the Tiltfile says it; `undefined` for built-in kinds. */
  readonly selector: ObjectSelector | undefined;
  readonly matches: (object: KubernetesObject) => boolean;
  readonly podReadiness: PodReadiness | undefined;
  readonly locators: readonly ImageLocator[];
}

/** Jobs are waited for until they succeed, and CronJobs not at all. */
export const BUILT_IN_KINDS: readonly KindRule[] = [builtIn('Job', 'succeeded'), builtIn('CronJob', 'ignore')];

/** The built-in kinds and those that the Tiltfile says something about. */
export function kindRules(declared: readonly KindDeclaration[]): readonly KindRule[] {
  const rules = declared.map(({ selector, podReadiness, locators }) => ({
    selector,
    matches: selectorMatcher(selector),
    podReadiness,
    locators,
  }));
  return [...BUILT_IN_KINDS, ...rules];
}

function builtIn(kind: string, podReadiness: PodReadiness): KindRule {
  return {
    selector: undefined,
    matches: selectorMatcher({ apiVersion: 'batch/v1', kind, name: '', namespace: '' }),
    podReadiness,
    locators: [],
  };
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
