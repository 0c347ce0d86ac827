import { setTimeout as delay } from 'node:timers/promises';
import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { objectPath } from '../clients/kubernetes/discovery.ts';
import { ApiError, isApiError } from '../clients/kubernetes/errors.ts';
import type { ApiObject, Condition } from '../clients/kubernetes/objects.ts';
import { withProtocols } from './port-protocols.ts';

/** The cluster does not know a kind. */
export class UnknownKindError extends Error {
  override readonly name = 'UnknownKindError';
}

export const FIELD_MANAGER = 'tilt-ts';
const POLL_MS = 100;
const RECREATE_WAIT_MS = 30_000;
const ADMISSION_WAIT_MS = 10_000;

/** Applies one object server-side; what may not be changed in place is deleted and made again. Throws what the cluster answers. */
export async function applyObject(
  client: KubernetesClient,
  object: KubernetesObject,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<ApiObject> {
  const path = await pathOf(client, object, signal);
  let applied: ApiObject;
  try {
    applied = await untilAdmitted(() => patch(client, path, object, signal), signal);
  } catch (error) {
    if (!isImmutable(error)) throw error;
    const uid = await liveUid(client, path, signal);
    if (uid === undefined) throw error;
    note(`Updating "${object.name}" failed: ${shorten(error.message)}\n`);
    note('Attempting to delete and re-create\n');
    await deleteAndWait(client, path, uid, RECREATE_WAIT_MS, signal);
    applied = await patch(client, path, object, signal);
    note(`Updating "${object.name}" succeeded!\n`);
  }
  if (applied.metadata.deletionTimestamp) {
    note(`"${object.name}" is being deleted: waiting until it is gone, to make it anew\n`);
    await waitUntilGone(client, path, applied.metadata.uid, signal);
    applied = await patch(client, path, object, signal);
  }
  if (object.kind === 'CustomResourceDefinition') await waitUntilEstablished(client, path, signal);
  return applied;
}

/** The path of the object itself. Throws `UnknownKindError` when the cluster has no such kind. */
export async function pathOf(
  client: KubernetesClient,
  object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>,
  signal: AbortSignal,
): Promise<string> {
  const kind = await client.discovery.find(object.apiVersion, object.kind, signal);
  if (!kind) {
    throw new UnknownKindError(`the cluster knows no kind "${object.kind}" in version "${object.apiVersion}"`);
  }
  return objectPath(kind, object.namespace || (await client.namespace()), object.name);
}

function patch(
  client: KubernetesClient,
  path: string,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<ApiObject> {
  return client.json<ApiObject>(`${path}?fieldManager=${FIELD_MANAGER}&force=true`, {
    method: 'PATCH',
    contentType: 'application/apply-patch+yaml',
    // JSON is YAML too.
    body: JSON.stringify(withProtocols(object).body),
    signal,
  });
}

/**
 * Tries again what is refused only for now: in a new namespace Pods have to wait for its service account and that
 * account's token; a busy server wants to be asked later.
 */
async function untilAdmitted<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const end = Date.now() + ADMISSION_WAIT_MS;
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!isTooEarly(error) || Date.now() > end) throw error;
      await delay(POLL_MS, undefined, { signal });
    }
  }
}

function isTooEarly(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.status === 429 || error.status === 503) return true;
  // Another writer came between: a controller, or another session.
  if (error.reason === 'ServerTimeout' || error.reason === 'Conflict' || error.reason === 'AlreadyExists') return true;
  return error.status === 403 && /error looking up service account .* not found/.test(error.message);
}

/** "Forbidden:" is how the validation of Pods and StatefulSets words it. */
function isImmutable(error: unknown): error is ApiError {
  return isApiError(error, 422) && /field is immutable|Forbidden:/.test(error.message);
}

/** The cluster may dump a whole template into its message. */
function shorten(message: string): string {
  const line = (message.split('\n', 1)[0] ?? '').replace(
    /Invalid value: (core\.PodTemplateSpec|\{).*?\}: (?=field is immutable)/,
    '',
  );
  return line.length > 400 ? `${line.slice(0, 200)} … ${line.slice(-150)}` : line;
}

async function liveUid(client: KubernetesClient, path: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await client.json<ApiObject>(path, { signal })).metadata.uid;
  } catch (error) {
    if (isApiError(error, 404)) return undefined;
    throw error;
  }
}

/** Deletes what has this uid, and waits until it is gone. Throws when the limit passes. */
async function deleteAndWait(
  client: KubernetesClient,
  path: string,
  uid: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await deleteObject(client, path, signal, { uid });
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    await waitUntilGone(client, path, uid, limit);
  } catch (error) {
    if (!isApiError(error, 404) && !isApiError(error, 409)) throw error;
  }
}

/** Deletes an object with everything that it owns. Throws `ApiError` 404 when there is none. */
export async function deleteObject(
  client: KubernetesClient,
  path: string,
  signal: AbortSignal,
  preconditions?: { readonly uid: string },
): Promise<string | undefined> {
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: 'Background',
    ...(preconditions && { preconditions }),
  };
  const answer = await client.json<Partial<ApiObject> & { details?: { uid?: string } }>(path, {
    method: 'DELETE',
    body: JSON.stringify(options),
    signal,
  });
  return answer.details?.uid ?? answer.metadata?.uid;
}

/** Gone, or another object under the same name. Throws when the signal aborts. */
export async function waitUntilGone(
  client: KubernetesClient,
  path: string,
  uid: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const live = await liveUid(client, path, signal);
    if (live === undefined || (uid !== undefined && live !== uid)) return;
    await delay(POLL_MS, undefined, { signal });
  }
}

async function waitUntilEstablished(client: KubernetesClient, path: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const crd = await client.json<ApiObject & { status?: { conditions?: readonly Condition[] } }>(path, { signal });
    const conditions = crd.status?.conditions ?? [];
    const is = (type: string, status: string) =>
      conditions.some((condition) => condition.type === type && condition.status === status);
    if (is('Established', 'True')) return;
    const refused = conditions.find((condition) => condition.type === 'NamesAccepted' && condition.status === 'False');
    if (refused) throw new ApiError(409, refused.reason ?? '', refused.message ?? 'its names are taken');
    await delay(POLL_MS, undefined, { signal });
  }
}
