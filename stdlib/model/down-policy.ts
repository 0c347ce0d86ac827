import type { KubernetesObject } from './kubernetes.ts';

/** Whether the object says that it is to stay when everything else is taken away: `tilt.dev/down-policy: keep`. */
export function isKept({ body }: KubernetesObject): boolean {
  const { metadata } = body as { readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> } };
  return metadata?.annotations?.['tilt.dev/down-policy'] === 'keep';
}
