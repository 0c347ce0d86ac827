import type { CustomDeploy } from '../../stdlib/model/custom-deploy.ts';
import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { isApiError, UnreachableError } from '../clients/kubernetes/errors.ts';
import type { ApiObject } from '../clients/kubernetes/objects.ts';
import { imageVariables } from '../clients/process/environment.ts';
import type { Deployed, DeployRequest, Output } from '../engine/ports.ts';
import { failure, type Result } from '../state/failure.ts';
import type { AppliedObject } from './apply.ts';
import { howItEnded, runDeployCommand } from './deploy-command.ts';
import { inParallel } from './in-parallel.ts';
import { displayNames } from './object-names.ts';
import { pathOf, UnknownKindError } from './object-path.ts';
import { writtenObjects } from './written-objects.ts';

const PARALLEL = 10;
const SHOWN_LETTERS = 500;

type CustomResource = KubernetesResource & { readonly customDeploy: CustomDeploy };

export function isCustomDeploy(resource: KubernetesResource): resource is CustomResource {
  return resource.customDeploy !== undefined;
}

/** Deploys by the user's command, and finds in the cluster what it says that it applied. */
export async function applyByCommand(
  client: KubernetesClient,
  request: DeployRequest,
  resource: CustomResource,
  output: Output,
  signal: AbortSignal,
): Promise<Result<{ readonly deployed: Deployed; readonly objects: readonly AppliedObject[] }>> {
  const refuse = (message: string, details: readonly string[] = []): Result<never> => ({
    ok: false,
    failure: failure('command', `Cannot deploy "${resource.name}": ${message}`, details, resource.position),
  });
  const limit = AbortSignal.timeout(request.timeoutMs);
  const both = AbortSignal.any([signal, limit]);
  const variables = imageVariables(imagesFor(request, resource));
  const apply = { command: resource.customDeploy.apply, prints: 'objects' } as const;
  const { end, stdout } = await runDeployCommand(client, apply, variables, output, both);
  if (signal.aborted) return cancelled(resource.name);
  const objects = writtenObjects(stdout);
  const isGood = end.kind === 'exited' && end.code === 0 && objects.ok;
  // What it printed may say why.
  if (!isGood && stdout !== '') output.write(`stdout:\n${shortened(stdout).replace(/\n?$/, '\n')}`);
  if (limit.aborted) {
    const advice = 'A longer limit can be set with update_settings({ k8s_upsert_timeout_secs: … }).';
    return refuse(`the apply command timed out after ${request.timeoutMs / 1000} s`, [advice]);
  }
  if (end.kind !== 'exited' || end.code !== 0) return refuse(`the apply command ${howItEnded(end)}`);
  if (!objects.ok) return refuse(`the apply command returned malformed YAML: ${objects.message}`);
  if (objects.objects.length === 0) {
    output.write('The apply command printed no objects, so there is nothing to follow.\n', 'warn');
  }
  try {
    const applied = await findAll(client, objects.objects, output, both);
    output.write('     Objects applied to cluster:\n', 'info');
    for (const name of displayNames(applied.map(({ ref }) => ref))) output.write(`       → ${name}\n`, 'info');
    const deployed = { resource: resource.name, objects: applied.map(({ ref }) => ref) };
    return { ok: true, value: { deployed, objects: applied } };
  } catch (error) {
    if (signal.aborted) return cancelled(resource.name);
    const words = error instanceof Error ? error.message : String(error);
    if (!(error instanceof UnreachableError)) return refuse(`what it applied cannot be read: ${words}`);
    const message = `Cannot deploy "${resource.name}": the cluster does not answer (${words})`;
    return { ok: false, failure: failure('cluster-unreachable', message, [], resource.position) };
  }
}

/** Runs the command that takes everything away again. */
export async function deleteByCommand(
  client: KubernetesClient,
  resource: CustomResource,
  output: Output,
  signal: AbortSignal,
): Promise<Result<void>> {
  const remove = { command: resource.customDeploy.delete, prints: 'words' } as const;
  const { end } = await runDeployCommand(client, remove, [], output, signal);
  if (signal.aborted) return cancelled(resource.name);
  if (end.kind === 'exited' && end.code === 0) return { ok: true, value: undefined };
  const message = `Cannot delete "${resource.name}": the delete command ${howItEnded(end)}`;
  return { ok: false, failure: failure('command', message, [], resource.position) };
}

function cancelled(name: string): Result<never> {
  return { ok: false, failure: failure('cancelled', `Deploying "${name}" was stopped`) };
}

/** The images that the command is told of, as the cluster knows them. */
function imagesFor(request: DeployRequest, resource: CustomResource) {
  return (resource.deployedImages ?? []).map((ref) => {
    const built = request.images.find((image) => image.ref === ref);
    return { ref, name: built?.clusterRef ?? ref };
  });
}

async function findAll(
  client: KubernetesClient,
  objects: readonly KubernetesObject[],
  output: Output,
  signal: AbortSignal,
): Promise<readonly AppliedObject[]> {
  const found = await inParallel(objects, PARALLEL, async (object): Promise<AppliedObject | undefined> => {
    try {
      const answer = await client.json<ApiObject>(await pathOf(client, object, signal), { signal });
      const { name, namespace = '', uid } = answer.metadata;
      return { ref: { apiVersion: object.apiVersion, kind: object.kind, name, namespace, uid }, answer };
    } catch (error) {
      if (!isApiError(error, 404) && !(error instanceof UnknownKindError)) throw error;
      const what = `${object.kind} "${object.name}"`;
      output.write(`The apply command printed the ${what}, which is not in the cluster.\n`, 'warn');
      return undefined;
    }
  });
  return found.filter((object) => object !== undefined);
}

/** The beginning and the end: definitions can be long. */
function shortened(text: string): string {
  const half = SHOWN_LETTERS / 2;
  return text.length > SHOWN_LETTERS ? `${text.slice(0, half)}\n…\n${text.slice(-half)}` : text;
}
