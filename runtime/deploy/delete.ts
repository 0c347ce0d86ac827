import { deleteOrder } from '../../stdlib/model/apply-order.ts';
import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { isApiError, UnreachableError } from '../clients/kubernetes/errors.ts';
import type { DeployedObject, Output } from '../engine/ports.ts';
import { failure, type Result } from '../state/failure.ts';
import { deleteObject, pathOf, UnknownKindError, waitUntilGone } from './apply-object.ts';
import { inParallel } from './in-parallel.ts';

const PARALLEL = 10;
const WAIT_MS = 60_000;

/** Deletes objects and waits until they are gone; those that do not exist are no failure. */
export async function deleteObjects(
  client: KubernetesClient,
  objects: readonly (KubernetesObject | DeployedObject)[],
  output: Output,
  signal: AbortSignal,
  waitMs: number = WAIT_MS,
): Promise<Result<void>> {
  if (objects.length === 0) return { ok: true, value: undefined };
  const ordered = deleteOrder(objects);
  output.write('Deleting kubernetes objects:\n', 'info');
  for (const { kind, name } of ordered) output.write(`→ ${kind}/${name}\n`, 'info');
  const limit = AbortSignal.timeout(waitMs);
  const both = AbortSignal.any([signal, limit]);
  // All are asked to go before any is waited for: they may hold each other.
  const leaving: {
    readonly path: string;
    readonly uid: string | undefined;
    readonly object: KubernetesObject | DeployedObject;
  }[] = [];
  const attempt = async (object: KubernetesObject | DeployedObject, task: () => Promise<void>) => {
    try {
      await task();
      return undefined;
    } catch (error) {
      if (isApiError(error, 404) || error instanceof UnknownKindError) return undefined;
      if (signal.aborted) return failure('cancelled', 'Deleting objects was stopped');
      const what = `${object.kind} "${object.name}"`;
      if (error instanceof UnreachableError) {
        return failure('cluster-unreachable', `Cannot delete ${what}: the cluster does not answer (${error.message})`);
      }
      if (limit.aborted) return failure('apply', `Cannot delete ${what}: it is still there after ${waitMs / 1000} s`);
      return failure('apply', `Cannot delete ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const asked = await inParallel(ordered, PARALLEL, (object) =>
    attempt(object, async () => {
      const path = await pathOf(client, object, both);
      leaving.push({ path, object, uid: await deleteObject(client, path, both) });
    }),
  );
  const waited = await inParallel(leaving, PARALLEL, ({ path, uid, object }) =>
    attempt(object, () => waitUntilGone(client, path, uid, both)),
  );
  const [first, ...others] = [...asked, ...waited].filter((result) => result !== undefined);
  if (!first) return { ok: true, value: undefined };
  return { ok: false, failure: { ...first, details: [...first.details, ...others.map(({ message }) => message)] } };
}
