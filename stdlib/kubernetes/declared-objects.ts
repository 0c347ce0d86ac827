import { Refusal } from '../../interpreter/builtin.ts';
import type { SourcePosition } from '../model/position.ts';
import type { Session } from '../session.ts';
import { typeProblem } from './canonical-object.ts';
import type { ObjectBody } from './object-bodies.ts';

/** Where each object of a session was declared, by what identifies it in a cluster. */
const declared = new WeakMap<Session, Map<string, SourcePosition>>();

/**
 * Declares objects. One with a field of a wrong type is refused, and one that is declared already, because only one of them could
 * be in the cluster.
 */
export function declareObjects(
  bodies: readonly ObjectBody[],
  allowDuplicates: boolean,
  position: SourcePosition,
  session: Session,
): void {
  const places = declared.get(session) ?? new Map<string, SourcePosition>();
  declared.set(session, places);
  for (const body of bodies) {
    const problem = typeProblem(body);
    if (problem !== undefined) throw new Refusal(problem);
    const { name, namespace } = (body.metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown };
    const key = JSON.stringify([name, namespace, body.kind, body.apiVersion]);
    const before = places.get(key);
    if (before && !allowDuplicates) {
      const where = namespace ? ` (Namespace: ${namespace})` : '';
      throw new Refusal(
        `Duplicate YAML: ${body.kind} ${name}${where}\n` +
          'Ignore this error with k8s_yaml(..., { allow_duplicates: true })\n' +
          `YAML originally registered at: ${before.file}:${before.line}:${before.column}`,
      );
    }
    places.set(key, position);
    session.declarations.kubernetesObjects.push({ body, position });
  }
}
