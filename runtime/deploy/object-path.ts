import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { type KindPath, objectPath } from '../clients/kubernetes/discovery.ts';

type Named = Pick<KubernetesObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>;

/** The cluster does not know a kind. */
export class UnknownKindError extends Error {
  override readonly name = 'UnknownKindError';
}

/** Where objects of the kind live. Throws `UnknownKindError` when the cluster has no such kind. */
export async function kindOf(
  client: KubernetesClient,
  { apiVersion, kind }: Pick<Named, 'apiVersion' | 'kind'>,
  signal: AbortSignal,
): Promise<KindPath> {
  const found = await client.discovery.find(apiVersion, kind, signal);
  if (found) return found;
  throw new UnknownKindError(`the cluster knows no kind "${kind}" in version "${apiVersion}"`);
}

/** The path of the object itself. Throws `UnknownKindError` when the cluster has no such kind. */
export async function pathOf(client: KubernetesClient, object: Named, signal: AbortSignal): Promise<string> {
  const kind = await kindOf(client, object, signal);
  return objectPath(kind, object.namespace || (await client.namespace()), object.name);
}
