import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { isApiError } from '../clients/kubernetes/errors.ts';
import type { ApiObject } from '../clients/kubernetes/objects.ts';
import type { ObjectWork } from './object-work.ts';

/** The object as it is in the cluster; `undefined` when there is none. */
export async function liveObject(
  client: KubernetesClient,
  path: string,
  signal: AbortSignal,
): Promise<ApiObject | undefined> {
  try {
    return await client.json<ApiObject>(path, { signal });
  } catch (error) {
    if (isApiError(error, 404)) return undefined;
    throw error;
  }
}

/**
 * Deletes an object with everything that it owns; answers its uid, or `undefined` when there is none or, where a uid is
 * given, when another object has its name now.
 */
export async function deleteObject(work: ObjectWork, path: string, uid?: string): Promise<string | undefined> {
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: 'Background',
    ...(uid !== undefined && { preconditions: { uid } }),
  };
  return work.step(async () => {
    try {
      const answer = await work.client.json<Partial<ApiObject> & { details?: { uid?: string } }>(path, {
        method: 'DELETE',
        body: JSON.stringify(options),
        signal: work.signal,
      });
      return answer.details?.uid ?? answer.metadata?.uid ?? uid;
    } catch (error) {
      if (isApiError(error, 404)) return undefined;
      if (uid !== undefined && isApiError(error, 409) && /uid/i.test(error.message)) return undefined;
      throw error;
    }
  });
}

/** Gone, or another object under the same name. `title` is such as `Job "once"`. Throws when the work's signal aborts. */
export async function waitUntilGone(
  work: ObjectWork,
  path: string,
  uid: string | undefined,
  title: string,
): Promise<void> {
  await work.until(`${title} to be gone`, async () => {
    const live = await liveObject(work.client, path, work.signal);
    if (live === undefined || (uid !== undefined && live.metadata.uid !== uid)) return true;
    work.why = whatHolds(live);
    return false;
  });
}

interface Leaving extends ApiObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** Why an object that is to go is still there. */
function whatHolds({ metadata, spec, status }: Leaving): string {
  const finalizers = metadata.finalizers ?? [];
  // What a namespace says of what is left in it.
  const remains = (status?.conditions ?? []).filter(
    ({ type, status: value }) => value === 'True' && /^Namespace(Content|Finalizers)Remain|Failure$/.test(type),
  );
  if (remains.length > 0) return remains.map(({ message }) => message ?? '').join(' ');
  const all = finalizers.length > 0 ? finalizers : (spec?.finalizers ?? []).filter((name) => name !== 'kubernetes');
  const names = all.map((name) => `"${name}"`).join(', ');
  if (names !== '') return `it is held by ${all.length === 1 ? 'the finalizer' : 'the finalizers'} ${names}`;
  return metadata.deletionTimestamp === undefined ? 'nothing has begun to delete it' : '';
}
