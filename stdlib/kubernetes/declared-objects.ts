import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { SourcePosition } from '../model/position.ts';
import type { Session } from '../session.ts';
import type { ObjectBody } from './object-bodies.ts';

/** Where each object of a session was declared, by what identifies it in a cluster. */
const declared = new WeakMap<Session, Map<string, Origin>>();

interface Origin {
  readonly position: SourcePosition;
  /** How the call came about, for one from Starlark. */
  readonly traceback: string | undefined;
}

/** Declares objects. One that is declared already is refused, because only one of them could be in the cluster. */
export function declareObjects(
  bodies: readonly ObjectBody[],
  allowDuplicates: boolean,
  call: Call,
  session: Session,
): void {
  const places = declared.get(session) ?? new Map<string, Origin>();
  const { position } = call;
  const origin = { position, traceback: call.traceback?.() };
  declared.set(session, places);
  for (const body of bodies) {
    const { name, namespace } = (body.metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown };
    const key = JSON.stringify([name, namespace, body.kind, body.apiVersion]);
    const before = places.get(key);
    if (before && !allowDuplicates) {
      const where = namespace ? ` (Namespace: ${namespace})` : '';
      throw new Refusal(`Duplicate YAML: ${body.kind} ${name}${where}\n${duplicateHint(before)}`);
    }
    places.set(key, origin);
    session.declarations.kubernetesObjects.push({ body, position });
  }
}

/** In the words of the language that the objects were declared in first. */
function duplicateHint({ position: { file, line, column }, traceback }: Origin): string {
  const keyword = traceback === undefined ? '{ allow_duplicates: true }' : 'allow_duplicates=True';
  const place = traceback ?? `${file}:${line}:${column}`;
  return `Ignore this error with k8s_yaml(..., ${keyword})\nYAML originally registered at: ${place}`;
}
