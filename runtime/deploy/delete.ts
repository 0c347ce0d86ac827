import { setTimeout as delay } from 'node:timers/promises';
import { deleteOrder } from '../../stdlib/model/apply-order.ts';
import { isKept } from '../../stdlib/model/down-policy.ts';
import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError, UnreachableError } from '../clients/kubernetes/errors.ts';
import type { DeployedObject, Output } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import type { ConnectionNotes } from './connection-notes.ts';
import { deleteObject, waitUntilGone } from './delete-object.ts';
import { inParallel } from './in-parallel.ts';
import { pathOf, UnknownKindError } from './object-path.ts';
import { ObjectWork } from './object-work.ts';

const PARALLEL = 10;
const WAIT_MS = 60_000;
/** After this it is told what is waited for. */
const PATIENCE_MS = 5_000;

const OWN_GROUPS: ReadonlySet<string> = new Set(
  [
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
  ].map((name) => `${name}.k8s.io`),
);

type Deletable = KubernetesObject | DeployedObject;

interface Leaving {
  readonly object: Deletable;
  readonly path: string;
  readonly uid: string | undefined;
}

/**
 * Deletes objects and waits until they are gone; those that do not exist are no failure, and those that say so stay. Of what
 * was deployed here only the very objects go, not others that somebody has put in their places.
 */
export async function deleteObjects(
  client: KubernetesClient,
  connection: ConnectionNotes,
  objects: readonly Deletable[],
  output: Output,
  signal: AbortSignal,
  waitMs: number = WAIT_MS,
): Promise<Result<void>> {
  const kept = objects.filter(stays);
  for (const { kind, name } of kept) {
    output.write(`Not deleting ${kind}/${name}: its annotation tilt.dev/down-policy says "keep"\n`, 'info');
  }
  const ordered = deleteOrder(objects.filter((object) => !stays(object)));
  if (ordered.length === 0) return { ok: true, value: undefined };
  output.write('Deleting kubernetes objects:\n', 'info');
  for (const { kind, name } of ordered) output.write(`→ ${kind}/${name}\n`, 'info');
  const limit = AbortSignal.timeout(waitMs);
  const both = AbortSignal.any([signal, limit]);
  const attempt = async <T>(object: Deletable, task: (work: ObjectWork) => Promise<T>): Promise<T | Failure> => {
    const work = new ObjectWork(client, both, (text, level = 'info') => output.write(text, level), connection);
    const slow = setTimeout(() => tellWait(work), PATIENCE_MS);
    try {
      return await task(work);
    } catch (error) {
      if (signal.aborted) return failure('cancelled', 'Deleting objects was stopped');
      return deleteFailure(error, object, work, limit.aborted ? waitMs : undefined);
    } finally {
      clearTimeout(slow);
    }
  };
  const ask = (some: readonly Deletable[]) =>
    inParallel(some, PARALLEL, (object) =>
      attempt(object, async (work): Promise<Leaving | undefined> => {
        const path = await findPath(work, object);
        if (path === undefined) return undefined;
        const uid = await deleteObject(work, path, 'uid' in object ? object.uid : undefined);
        return uid === undefined ? undefined : { object, path, uid };
      }),
    );
  const wait = (some: readonly Leaving[]) =>
    inParallel(some, PARALLEL, ({ path, uid, object }) =>
      attempt(object, (work) => waitUntilGone(work, path, uid, titleOf(object))),
    );
  // Who takes care of custom objects must be there until they are gone: only it takes off the finalizers that hold them.
  const custom = await ask(ordered.filter(isCustom));
  const customGone = wait(custom.filter(isLeaving));
  const half = delay(waitMs / 2, undefined, { ref: false });
  await Promise.race([customGone, half]);
  // All of them are asked to go before any is waited for: they may hold each other.
  const asked = await ask(ordered.filter((object) => !isCustom(object)));
  const waited = [...(await wait(asked.filter(isLeaving))), ...(await customGone)];
  const [first, ...others] = [...custom, ...asked, ...waited].filter(
    (result): result is Failure => result !== undefined && 'message' in result,
  );
  if (!first) return { ok: true, value: undefined };
  return { ok: false, failure: { ...first, details: [...first.details, ...others.map(({ message }) => message)] } };
}

/** `undefined` when the cluster does not even know the kind. */
async function findPath(work: ObjectWork, object: Deletable): Promise<string | undefined> {
  try {
    return await work.step(() => pathOf(work.client, object, work.signal));
  } catch (error) {
    if (error instanceof UnknownKindError) return undefined;
    throw error;
  }
}

function isLeaving(result: Leaving | Failure | undefined): result is Leaving {
  return result !== undefined && 'path' in result;
}

/** Whether the kind is not one of Kubernetes' own. */
function isCustom({ apiVersion }: Deletable): boolean {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return group.includes('.') && !OWN_GROUPS.has(group);
}

function stays(object: Deletable): boolean {
  return 'body' in object ? isKept(object) : object.isKept === true;
}

function tellWait(work: ObjectWork): void {
  const { waitsFor, why, isCutOff } = work;
  if (waitsFor !== '' && !isCutOff) work.note(`Waiting for ${waitsFor}${why === '' ? '' : `: ${why}`}\n`);
}

function titleOf({ kind, name }: Deletable): string {
  return `${kind} "${name}"`;
}

function deleteFailure(error: unknown, object: Deletable, work: ObjectWork, overMs: number | undefined): Failure {
  const what = `Cannot delete ${titleOf(object)}`;
  const cutOff = error instanceof UnreachableError ? error.message : work.isCutOff ? work.why : undefined;
  if (cutOff !== undefined) return failure('cluster-unreachable', `${what}: the cluster does not answer (${cutOff})`);
  if (overMs !== undefined && !(error instanceof ApiError)) {
    const why = work.why === '' ? '' : `: ${work.why}`;
    return failure('apply', `${what}: it is still there after ${overMs / 1000} s${why}`);
  }
  return failure('apply', `${what}: ${error instanceof Error ? error.message : String(error)}`);
}
