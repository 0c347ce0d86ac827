import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { ApiError, UnreachableError } from '../clients/kubernetes/errors.ts';
import { type Failure, failure } from '../state/failure.ts';
import type { ObjectWork } from './object-work.ts';

/** Why an object could not be applied. `overMs` is the limit, when that has passed. */
export function applyFailure(
  error: unknown,
  object: KubernetesObject,
  work: ObjectWork,
  position: Failure['position'],
  overMs: number | undefined,
): Failure {
  const what = `${object.kind} "${object.name}"`;
  const unreachable = (words: string) =>
    failure('cluster-unreachable', `Cannot apply ${what}: the cluster does not answer (${words})`, [], position);
  if (error instanceof UnreachableError) return unreachable(error.message);
  const refuse = (words: string, details: readonly string[]) =>
    failure('apply', `Cannot apply ${what}: ${words}`, details, position);
  if (overMs !== undefined && !(error instanceof ApiError)) {
    if (work.isCutOff) return unreachable(work.why);
    const why = work.why === '' ? [] : [capital(work.why)];
    const waited = work.waitsFor === '' ? '' : ` waiting for ${work.waitsFor}`;
    return refuse(`it took longer than ${overMs / 1000} s${waited}`, [...why, LONGER]);
  }
  const message = error instanceof Error ? error.message : String(error);
  const missing = /^namespaces "(.+)" not found$/.exec(message)?.[1];
  if (missing !== undefined) {
    const advice = `Create it with "kubectl create namespace ${missing}", or declare it with k8s_yaml.`;
    return refuse(`the namespace "${missing}" does not exist`, [advice]);
  }
  const [, ...more] = message.split('\n');
  return refuse(withoutDump(message), [...more, ...(error instanceof ApiError ? adviceFor(error, object) : [])]);
}

export const LONGER = 'A longer limit can be set with update_settings({ k8s_upsert_timeout_secs: … }).';

/** What may help against a refusal. */
function adviceFor({ status, message }: ApiError, { namespace }: KubernetesObject): readonly string[] {
  if (/admission webhook "[^"]+" denied the request/.test(message)) return [];
  if (status === 413 || /request is too large|Request entity too large/i.test(message)) {
    return [
      'Objects of more than about 1.5 MB have no place in a cluster: split it, or mount what it holds from an image.',
    ];
  }
  if (status !== 403) return [];
  if (/exceeded quota/.test(message)) {
    const where = namespace === '' ? '' : ` -n ${namespace}`;
    return [`"kubectl describe quota${where}" says what is used up.`];
  }
  if (/ cannot \w+ resource /.test(message)) {
    const [, verb = '', kind = ''] = /cannot (\w+) resource "([^"]+)"/.exec(message) ?? [];
    return [
      `The user of the kubeconfig lacks that right: grant it, or choose a context whose user has it ("kubectl auth can-i ${verb} ${kind}" tells).`,
    ];
  }
  return [];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The first line of a message, without the whole template that the cluster may dump into it. */
export function withoutDump(message: string): string {
  const [line = ''] = message.split('\n', 1);
  return line.replace(/Invalid value: (core\.PodTemplateSpec|\{).*?\}: (?=field is immutable)/, '');
}
