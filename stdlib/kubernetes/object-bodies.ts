import type { Json } from '../model/kubernetes.ts';

/** A whole Kubernetes object. */
export type ObjectBody = { readonly [key: string]: Json };

export type FoundBodies =
  | { readonly ok: true; readonly bodies: readonly ObjectBody[] }
  | { readonly ok: false; readonly message: string };

/** The objects in a document: none in an empty one, the members of a `List`, else the document itself. */
export function objectBodies(document: Json): FoundBodies {
  if (document === null) return { ok: true, bodies: [] };
  if (typeof document !== 'object' || Array.isArray(document)) {
    const what = Array.isArray(document) ? 'a list' : `the ${typeof document} ${JSON.stringify(document)}`;
    return { ok: false, message: `expected a Kubernetes object, got ${what}` };
  }
  const body = document as ObjectBody;
  const problem = missingField(body);
  if (problem !== undefined) return { ok: false, message: problem };
  if (body.kind !== 'List' || body.apiVersion !== 'v1') return { ok: true, bodies: [body] };
  const bodies: ObjectBody[] = [];
  for (const item of Array.isArray(body.items) ? body.items : []) {
    const found = objectBodies(item);
    if (!found.ok) return found;
    bodies.push(...found.bodies);
  }
  return { ok: true, bodies };
}

function missingField(body: ObjectBody): string | undefined {
  const isMissing = (value: Json | undefined) => typeof value !== 'string' || value === '';
  if (isMissing(body.kind)) return `Object 'Kind' is missing in '${JSON.stringify(body)}'`;
  if (!isMissing(body.apiVersion)) return undefined;
  return `decoding ${objectTitle(body)}: Object 'apiVersion' is missing in '${JSON.stringify(body)}'`;
}

/** `Service "web"`, for messages. */
export function objectTitle({ kind, metadata }: ObjectBody): string {
  const hasName = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  const name = hasName ? (metadata as ObjectBody).name : undefined;
  return `${typeof kind === 'string' && kind !== '' ? kind : 'Kubernetes object'} ${JSON.stringify(name ?? '')}`;
}
