import { applyBatches } from '../../stdlib/model/apply-order.ts';
import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError, UnreachableError } from '../clients/kubernetes/errors.ts';
import type { ApiObject } from '../clients/kubernetes/objects.ts';
import type { Deployed, DeployedObject, DeployRequest, Output } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { applyObject } from './apply-object.ts';
import { inParallel } from './in-parallel.ts';
import { injectObjects } from './inject.ts';
import { displayNames } from './object-names.ts';

const PARALLEL = 10;
const INDENT = '     ';

export interface AppliedObject {
  readonly ref: DeployedObject;
  readonly answer: ApiObject;
}

/** Applies all objects of a resource, those that others need first. Answers what the cluster has then. */
export async function applyResource(
  client: KubernetesClient,
  request: DeployRequest,
  output: Output,
  signal: AbortSignal,
): Promise<Result<{ readonly deployed: Deployed; readonly objects: readonly AppliedObject[] }>> {
  const { resource } = request;
  const { objects, unused } = injectObjects(resource, request.images);
  if (unused.length > 0) {
    const names = unused.map((ref) => `"${ref}"`).join(', ');
    return refuse(failure('apply', `No object of "${resource.name}" runs the image ${names}`, [], resource.position));
  }
  const say = (text: string) => output.write(INDENT + text, 'info');
  say('Applying YAML to cluster\n');
  const limit = AbortSignal.timeout(request.timeoutMs);
  const both = AbortSignal.any([signal, limit]);
  const applied: AppliedObject[] = [];
  for (const batch of applyBatches(objects)) {
    const results = await inParallel(batch, PARALLEL, async (object) => {
      try {
        const answer = await applyObject(client, object, say, both);
        applied.push({ ref: reference(object, answer), answer });
        return undefined;
      } catch (error) {
        if (signal.aborted) return failure('cancelled', `Applying "${resource.name}" was stopped`);
        return describe(error, object, resource.position, limit.aborted ? request.timeoutMs : undefined);
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
  return { apiVersion: object.apiVersion, kind: object.kind, name, namespace, uid };
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

function describe(
  error: unknown,
  object: KubernetesObject,
  position: Failure['position'],
  timeoutMs: number | undefined,
): Failure {
  const what = `${object.kind} "${object.name}"`;
  if (error instanceof UnreachableError) {
    return failure(
      'cluster-unreachable',
      `Cannot apply ${what}: the cluster does not answer (${error.message})`,
      [],
      position,
    );
  }
  if (timeoutMs !== undefined && !(error instanceof ApiError)) {
    const advice = 'A longer limit can be set with update_settings({ k8s_upsert_timeout_secs: … }).';
    return failure('apply', `Cannot apply ${what}: it took longer than ${timeoutMs / 1000} s`, [advice], position);
  }
  const missing =
    error instanceof ApiError && error.status === 404 && /^namespaces "(.+)" not found$/.exec(error.message);
  if (missing) {
    const advice = `Create it with "kubectl create namespace ${missing[1]}", or declare it with k8s_yaml.`;
    return failure('apply', `Cannot apply ${what}: the namespace "${missing[1]}" does not exist`, [advice], position);
  }
  const [first = '', ...more] = (error instanceof Error ? error.message : String(error)).split('\n');
  return failure('apply', `Cannot apply ${what}: ${first}`, more, position);
}

function refuse(reason: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: reason };
}
