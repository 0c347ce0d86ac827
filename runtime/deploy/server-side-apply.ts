import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { isApiError } from '../clients/kubernetes/errors.ts';
import type { ApiObject } from '../clients/kubernetes/objects.ts';
import { takeOverFields } from './managed-fields.ts';
import type { ObjectWork } from './object-work.ts';
import { withProtocols } from './port-protocols.ts';
import { type Complaint, schemaComplaints, withoutComplaint } from './schema-complaint.ts';

export const FIELD_MANAGER = 'tilt-ts';
/** Some servers tell of one at a time. */
const MOST_COMPLAINTS = 200;

type Body = KubernetesObject['body'];

/** The server does not apply objects of this kind. */
export class NoServerSideApplyError extends Error {
  override readonly name = 'NoServerSideApplyError';
}

/**
 * Lets the server merge the object into what it has. What the kind's schema does not know is warned of and left out, as
 * `kubectl apply` leaves it out. Throws `NoServerSideApplyError` when the server cannot do it.
 */
export async function applyServerSide(work: ObjectWork, path: string, object: KubernetesObject): Promise<ApiObject> {
  let { body } = withProtocols(object);
  const title = `${object.kind} "${object.name}"`;
  for (let count = 0; ; count++) {
    try {
      const applied = await patch(work, path, body);
      return await withoutOldManagers(work, path, body, applied);
    } catch (error) {
      if (isApiError(error, 415)) throw new NoServerSideApplyError(error.message);
      const complaints = error instanceof Error && count < MOST_COMPLAINTS ? schemaComplaints(error.message) : [];
      const repaired = repair(body, complaints);
      if (repaired === undefined) throw error;
      body = repaired;
      for (const complaint of complaints) work.warn(complaintWords(title, complaint));
    }
  }
}

function patch(work: ObjectWork, path: string, body: Body): Promise<ApiObject> {
  const { client, signal, warn } = work;
  return work.step(() =>
    client.json<ApiObject>(`${path}?fieldManager=${FIELD_MANAGER}&force=true`, {
      method: 'PATCH',
      contentType: 'application/apply-patch+yaml',
      // JSON is YAML too.
      body: JSON.stringify(body),
      signal,
      onWarning: warn,
    }),
  );
}

/** Once for an object that others applied before: their fields become ours, and those that are declared no more go. */
async function withoutOldManagers(work: ObjectWork, path: string, body: Body, applied: ApiObject): Promise<ApiObject> {
  const { client, signal } = work;
  let managedFields = takeOverFields(applied.metadata.managedFields ?? [], FIELD_MANAGER);
  if (managedFields === undefined) return applied;
  let { resourceVersion } = applied.metadata;
  await work.step(async () => {
    try {
      await client.json(path, {
        method: 'PATCH',
        contentType: 'application/merge-patch+json',
        body: JSON.stringify({ metadata: { managedFields, resourceVersion } }),
        signal,
      });
    } catch (error) {
      if (isApiError(error, 409)) {
        const { metadata } = await client.json<ApiObject>(path, { signal });
        managedFields = takeOverFields(metadata.managedFields ?? [], FIELD_MANAGER);
        if (managedFields === undefined) return;
        resourceVersion = metadata.resourceVersion;
      }
      throw error;
    }
  });
  return patch(work, path, body);
}

function repair(body: Body, complaints: readonly Complaint[]): Body | undefined {
  let repaired: Body | undefined = complaints.length === 0 ? undefined : body;
  for (const complaint of complaints) repaired = repaired && withoutComplaint(repaired, complaint);
  return repaired;
}

function complaintWords(title: string, { path, kind, key }: Complaint): string {
  if (kind === 'duplicate') return `${title} has more than one ${key} in ${path.slice(1)}: the last one counts`;
  return `${title} has a field that its kind does not know, "${path.slice(1)}": it is left out; is it misspelt?`;
}
