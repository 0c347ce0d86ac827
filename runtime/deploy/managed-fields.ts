import type { ManagedFields } from '../clients/kubernetes/objects.ts';

type Fields = { readonly [name: string]: Fields };

const ANNOTATION = 'f:kubectl.kubernetes.io/last-applied-configuration';
const TILT = 'tilt';

/**
 * Takes over the fields that `kubectl apply` or Tilt set, so that those of them that are declared no more go with the next
 * apply, as they would go there. Answers the new list, or `undefined` when there is nothing to take over.
 */
export function takeOverFields(
  entries: readonly ManagedFields[],
  manager: string,
): readonly ManagedFields[] | undefined {
  const taken = entries.filter((entry) => isTaken(entry));
  const own = entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource);
  if (taken.length === 0 || own === undefined) return undefined;
  const fieldsV1 = taken.reduce<Fields>((all, entry) => union(all, fieldsOf(entry)), fieldsOf(own));
  return entries
    .filter((entry) => !taken.includes(entry))
    .map((entry) => (entry === own ? { ...own, fieldsV1 } : entry));
}

/** Who applied as clients do it holds the annotation with what was applied last; Tilt may have applied server-side, too. */
function isTaken(entry: ManagedFields): boolean {
  if (entry.subresource) return false;
  if (entry.operation === 'Apply') return entry.manager === TILT;
  return fieldsOf(entry)['f:metadata']?.['f:annotations']?.[ANNOTATION] !== undefined;
}

function fieldsOf({ fieldsV1 }: ManagedFields): Fields {
  return (fieldsV1 ?? {}) as Fields;
}

function union(one: Fields, other: Fields): Fields {
  const result: Record<string, Fields> = { ...one };
  for (const [name, fields] of Object.entries(other)) {
    const known = result[name];
    result[name] = known === undefined ? fields : union(known, fields);
  }
  return result;
}
