import { applyBatches } from '../../stdlib/model/apply-order.ts';
import { isKept } from '../../stdlib/model/down-policy.ts';
import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { ApiObject } from '../clients/kubernetes/objects.ts';
import type { Deployed, DeployedObject, DeployRequest, Output } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { applyFailure } from './apply-failure.ts';
import { type ApplyManner, applyObject } from './apply-object.ts';
import type { ConnectionNotes } from './connection-notes.ts';
import { inParallel } from './in-parallel.ts';
import { injectObjects } from './inject.ts';
import { displayNames } from './object-names.ts';
import { ObjectWork } from './object-work.ts';
import { writtenObjects } from './written-objects.ts';

const PARALLEL = 10;
const INDENT = '     ';

export interface AppliedObject {
  readonly ref: DeployedObject;
  readonly answer: ApiObject;
}

/** What the resources of a session share. */
export interface ApplyShared {
  readonly manner: ApplyManner;
  readonly connection: ConnectionNotes;
}

/** Applies all objects of a resource, those that others need first. Answers what the cluster has then. */
export async function applyResource(
  client: KubernetesClient,
  { manner, connection }: ApplyShared,
  request: DeployRequest,
  output: Output,
  signal: AbortSignal,
): Promise<Result<{ readonly deployed: Deployed; readonly objects: readonly AppliedObject[] }>> {
  const { resource, yaml } = request;
  const given = yaml === undefined ? undefined : writtenObjects(yaml);
  if (given?.ok === false) return refuse(failure('apply', `Cannot apply "${resource.name}": ${given.message}`));
  const declared = given === undefined ? resource : { ...resource, objects: given.objects };
  const { objects, unused } = injectObjects(declared, request.images);
  if (unused.length > 0) {
    const names = unused.map((ref) => `"${ref}"`).join(', ');
    return refuse(failure('apply', `No object of "${resource.name}" runs the image ${names}`, [], resource.position));
  }
  const say = (text: string, level: 'info' | 'warn' = 'info') => output.write(INDENT + text, level);
  say('Applying YAML to cluster\n');
  const applied: AppliedObject[] = [];
  for (const batch of applyBatches(objects)) {
    const results = await inParallel(batch, PARALLEL, async (object) => {
      // Each object has its own time, so that many of them may take longer than one.
      const limit = AbortSignal.timeout(request.timeoutMs);
      const work = new ObjectWork(client, AbortSignal.any([signal, limit]), say, connection);
      try {
        const answer = await applyObject(work, manner, object);
        applied.push({ ref: reference(object, answer), answer });
        return undefined;
      } catch (error) {
        if (signal.aborted) return failure('cancelled', `Applying "${resource.name}" was stopped`);
        const overMs = limit.aborted ? request.timeoutMs : undefined;
        return applyFailure(error, object, work, resource.position, overMs);
      }
    });
    const failures = results.filter((result) => result !== undefined);
    const [first] = failures;
    if (!first) continue;
    if (first.kind !== 'cancelled') listObjects(say, 'Tried to apply objects to cluster:\n', objects);
    const others = failures.slice(1).map(({ message }) => message);
    return refuse({ ...first, details: [...first.details, ...others] });
  }
  const order = new Map(objects.map((object, index) => [identity(object), index]));
  applied.sort((a, b) => (order.get(identity(a.ref)) ?? 0) - (order.get(identity(b.ref)) ?? 0));
  const refs = applied.map(({ ref }) => ref);
  listObjects(say, 'Objects applied to cluster:\n', refs);
  return { ok: true, value: { deployed: { resource: resource.name, objects: refs }, objects: applied } };
}

function reference(object: KubernetesObject, answer: ApiObject): DeployedObject {
  const { name, namespace = '', uid } = answer.metadata;
  const ref = { apiVersion: object.apiVersion, kind: object.kind, name, namespace, uid };
  return isKept(object) ? { ...ref, isKept: true } : ref;
}

function identity({ apiVersion, kind, name }: Pick<DeployedObject, 'apiVersion' | 'kind' | 'name'>): string {
  return `${apiVersion} ${kind} ${name}`;
}

function listObjects(
  say: (text: string) => void,
  title: string,
  objects: readonly Pick<DeployedObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>[],
): void {
  say(title);
  for (const name of displayNames(objects)) say(`  → ${name}\n`);
}

function refuse(reason: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: reason };
}
