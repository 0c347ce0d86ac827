const PLAIN = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions']);
const OWN = new Set(
  [
    'networking',
    'rbac.authorization',
    'storage',
    'apiextensions',
    'admissionregistration',
    'apiregistration',
    'scheduling',
    'node',
    'discovery',
    'events',
    'coordination',
    'certificates',
    'authentication',
    'authorization',
    'flowcontrol.apiserver',
    'resource',
  ].map((name) => `${name}.k8s.io`),
);

/** Whether the objects of an API version are Kubernetes' own; others, also under k8s.io, are custom resources. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return PLAIN.has(group) || OWN.has(group);
}

/** Empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
