import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { type KindPath, objectPath } from '../clients/kubernetes/discovery.ts';
import { ApiError, isApiError } from '../clients/kubernetes/errors.ts';
import type { ApiObject, Condition } from '../clients/kubernetes/objects.ts';
import { withoutDump } from './apply-failure.ts';
import { applyClientSide } from './client-side-apply.ts';
import { deleteObject, liveObject, waitUntilGone } from './delete-object.ts';
import { kindOf, UnknownKindError } from './object-path.ts';
import type { ObjectWork } from './object-work.ts';
import { applyServerSide, NoServerSideApplyError } from './server-side-apply.ts';

const NEW_KIND_WAIT_MS = 5_000;
/** Two sessions that want different things of one object must not go on for ever. */
const MOST_REPLACEMENTS = 2;

/** How objects are brought to the cluster, and what is known of what its server can do. */
export class ApplyManner {
  readonly #isClientSide: boolean;
  /** Groups and versions whose objects the server does not apply itself. */
  readonly #unable = new Set<string>();
  /** Groups whose kinds came to the cluster only now: not every server has to know them at once. */
  readonly newGroups = new Set<string>();

  /** `setting` is `k8s_server_side_apply` of the Tiltfile. */
  constructor(setting: string) {
    this.#isClientSide = setting === 'false';
  }

  async apply(work: ObjectWork, path: string, collection: string, object: KubernetesObject): Promise<ApiObject> {
    if (!this.#isClientSide && !this.#unable.has(object.apiVersion)) {
      try {
        return await applyServerSide(work, path, object);
      } catch (error) {
        if (!(error instanceof NoServerSideApplyError)) throw error;
        this.#unable.add(object.apiVersion);
      }
    }
    return applyClientSide(work, path, collection, object);
  }
}

/** Applies one object; what may not be changed in place is deleted and made again. Throws what the cluster answers. */
export async function applyObject(work: ObjectWork, manner: ApplyManner, object: KubernetesObject): Promise<ApiObject> {
  const { client } = work;
  const kind = await findKind(work, manner, object);
  const namespace = object.namespace || (await client.namespace());
  const path = objectPath(kind, namespace, object.name);
  const apply = () => manner.apply(work, path, objectPath(kind, namespace), object);
  let applied = await replaceWhereNeeded(work, path, object, apply);
  if (applied.metadata.deletionTimestamp) {
    work.note(`"${object.name}" is being deleted: waiting until it is gone, to make it anew\n`);
    await waitUntilGone(work, path, applied.metadata.uid, `the old ${object.kind} "${object.name}"`);
    applied = await apply();
  }
  if (object.kind === 'CustomResourceDefinition') {
    await waitUntilEstablished(work, path, object.name);
    manner.newGroups.add(object.name.slice(object.name.indexOf('.') + 1));
  }
  return applied;
}

async function findKind(work: ObjectWork, manner: ApplyManner, object: KubernetesObject): Promise<KindPath> {
  const { apiVersion, kind } = object;
  const find = () => kindOf(work.client, object, work.signal);
  if (!manner.newGroups.has(apiVersion.split('/')[0] ?? '')) return work.step(find);
  const deadline = Date.now() + NEW_KIND_WAIT_MS;
  let found: KindPath | undefined;
  await work.until(`the kind "${kind}" to be known`, async () => {
    try {
      found = await find();
    } catch (error) {
      if (!(error instanceof UnknownKindError) || Date.now() > deadline) throw error;
    }
    return found !== undefined;
  });
  return found ?? find();
}

async function replaceWhereNeeded(
  work: ObjectWork,
  path: string,
  { kind, name }: KubernetesObject,
  apply: () => Promise<ApiObject>,
): Promise<ApiObject> {
  let known: string | undefined;
  let replaced = 0;
  let wasGone = false;
  for (;;) {
    try {
      const applied = await apply();
      if (replaced > 0) work.note(`Updating "${name}" succeeded!\n`);
      return applied;
    } catch (error) {
      if (!isImmutable(error) || replaced === MOST_REPLACEMENTS) throw error;
      const uid = (await work.step(() => liveObject(work.client, path, work.signal)))?.metadata.uid;
      // Another session may be about to replace it; what is refused although nothing is there is refused for good.
      if (uid === undefined) {
        if (wasGone) throw error;
        wasGone = true;
        continue;
      }
      // What is refused twice is still the same object: no other session has replaced it meanwhile.
      if (known === uid) {
        if (replaced === 0) {
          work.note(`Updating "${name}" failed: ${shorten(withoutDump(error.message))}\n`);
          work.note('Attempting to delete and re-create\n');
        }
        replaced++;
        if ((await deleteObject(work, path, uid)) !== undefined) {
          await waitUntilGone(work, path, uid, `the old ${kind} "${name}"`);
        }
      }
      known = uid;
    }
  }
}

/** "Forbidden:" is how the validation of Pods and StatefulSets words it. */
function isImmutable(error: unknown): error is ApiError {
  return isApiError(error, 422) && /field is immutable|Forbidden:/.test(error.message);
}

function shorten(line: string): string {
  return line.length > 400 ? `${line.slice(0, 200)} … ${line.slice(-150)}` : line;
}

async function waitUntilEstablished(work: ObjectWork, path: string, name: string): Promise<void> {
  await work.until(`the kind of the CustomResourceDefinition "${name}" to be served`, async () => {
    const { client, signal } = work;
    const crd = await client.json<ApiObject & { status?: { conditions?: readonly Condition[] } }>(path, { signal });
    const conditions = crd.status?.conditions ?? [];
    const is = (type: string, status: string) =>
      conditions.some((condition) => condition.type === type && condition.status === status);
    const refused = conditions.find((condition) => condition.type === 'NamesAccepted' && condition.status === 'False');
    if (refused) throw new ApiError(422, refused.reason ?? '', refused.message ?? 'its names are taken');
    return is('Established', 'True');
  });
}
