import type { Json, KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { isApiError } from '../clients/kubernetes/errors.ts';
import type { ApiObject } from '../clients/kubernetes/objects.ts';
import { liveObject } from './delete-object.ts';
import type { ObjectWork } from './object-work.ts';
import { FIELD_MANAGER } from './server-side-apply.ts';
import { mergePatch, mergeThreeWays } from './three-way-merge.ts';

type Body = KubernetesObject['body'];

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** What annotations of an object may hold altogether, in bytes. */
const MOST_ANNOTATIONS = 256 * 1024;
/** Servers that can tell of fields that they do not know. */
const QUERY = `?fieldManager=${FIELD_MANAGER}&fieldValidation=Warn`;

/**
 * Applies as `kubectl apply` does: from what is there, what was applied last (an annotation of the object says) and what is
 * declared, the changes are found here. `path` is the object's, `collection` where new ones are made.
 */
export async function applyClientSide(
  work: ObjectWork,
  path: string,
  collection: string,
  object: KubernetesObject,
): Promise<ApiObject> {
  const declared = withLastApplied(object.body);
  const { client, signal, warn } = work;
  return work.step(async () => {
    const live = await liveObject(client, path, signal);
    if (live === undefined) {
      const body = JSON.stringify(declared ?? object.body);
      return client.json<ApiObject>(collection + QUERY, { method: 'POST', body, signal, onWarning: warn });
    }
    const { resourceVersion } = live.metadata;
    if (declared === undefined) {
      // Nothing can say the next time what was applied now, so the object is replaced as a whole.
      const body = { ...object.body, metadata: { ...fields(object.body.metadata), resourceVersion } };
      return client.json<ApiObject>(path + QUERY, {
        method: 'PUT',
        body: JSON.stringify(body),
        signal,
        onWarning: warn,
      });
    }
    const from = live as unknown as Body;
    const patch = mergePatch(from, mergeThreeWays(from, lastApplied(live), declared));
    if (patch === undefined) return live;
    // Lists are sent whole: they must not take away what somebody else adds meanwhile.
    const body = { ...patch, metadata: { ...fields(patch.metadata), resourceVersion } };
    const contentType = 'application/merge-patch+json';
    try {
      const options = { method: 'PATCH', contentType, body: JSON.stringify(body), signal, onWarning: warn };
      return await client.json<ApiObject>(path + QUERY, options);
    } catch (error) {
      // It went just now: the next attempt makes it.
      if (isApiError(error, 404)) return client.json<ApiObject>(collection + QUERY, post(declared, signal));
      throw error;
    }
  });
}

function post(body: Body, signal: AbortSignal) {
  return { method: 'POST', body: JSON.stringify(body), signal };
}

/** The object with itself as an annotation; `undefined` when it is too long for one. */
function withLastApplied(body: Body): Body | undefined {
  const { metadata } = body;
  const annotations = fields(fields(metadata).annotations);
  const { [LAST_APPLIED]: _, ...others } = annotations;
  const bare = { ...body, metadata: { ...fields(metadata), annotations: others } };
  const text = `${JSON.stringify(bare)}\n`;
  if (Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(others)) > MOST_ANNOTATIONS) return undefined;
  return { ...body, metadata: { ...fields(metadata), annotations: { ...others, [LAST_APPLIED]: text } } };
}

function lastApplied({ metadata }: ApiObject): Body | undefined {
  try {
    return fields(JSON.parse(metadata.annotations?.[LAST_APPLIED] ?? '') as Json);
  } catch {
    return undefined;
  }
}

function fields(value: Json | undefined): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}
