import type { Json, KubernetesObject } from '../model/kubernetes.ts';
import { podSpec } from '../model/pod-spec.ts';

type Body = { readonly [key: string]: Json };

/**
 * Whether the objects are pods that are made to complete: they are not started again after they have ended well, and
 * nothing (a readiness probe, a port) says that someone wants to reach them while they run.
 */
export function runToEnd(objects: readonly KubernetesObject[]): boolean {
  return objects.length > 0 && objects.every((object) => object.kind === 'Pod' && completes(podSpec(object) ?? {}));
}

function completes(spec: Body): boolean {
  if (spec.restartPolicy !== 'Never' && spec.restartPolicy !== 'OnFailure') return false;
  const containers = Array.isArray(spec.containers) ? spec.containers : [];
  return containers.every((container) => {
    const { readinessProbe, ports } = (container ?? {}) as Body;
    return !readinessProbe && (!Array.isArray(ports) || ports.length === 0);
  });
}
