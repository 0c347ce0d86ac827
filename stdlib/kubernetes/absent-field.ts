import type { AbsentField } from '../model/json-path.ts';
import type { Json, KubernetesObject } from '../model/kubernetes.ts';
import { type FieldType, fieldsOf, typeOfKind } from './object-type.ts';

/**
 * Fields that an object of a built-in kind does not have count as empty for JSON paths, as in Go, where the types always hold
 * them. Kinds that Kubernetes itself does not know have only the fields that are written.
 */
export function absentFieldOf({ apiVersion, kind }: KubernetesObject): AbsentField {
  const name = typeOfKind(apiVersion, kind);
  if (name === undefined) return () => undefined;
  return (place, field) => {
    let type: FieldType | undefined = { kind: 'object', name };
    for (const key of place) type = typeBelow(type, key, true);
    type = typeBelow(type, field, false);
    return type && emptyOf(type);
  };
}

/** `isThere` for a step that has been made already: then it may lead through a map. */
function typeBelow(type: FieldType | undefined, key: string | number, isThere: boolean): FieldType | undefined {
  if (type?.kind === 'list' && typeof key === 'number') return type.of;
  if (type?.kind === 'object' && typeof key === 'string') return fieldsOf(type.name).get(key);
  if (type?.kind === 'map' && isThere) return type.of;
  return undefined;
}

function emptyOf(type: FieldType): Json | undefined {
  switch (type.kind) {
    case 'list':
      return [];
    case 'map':
    case 'object':
      return {};
    case 'string':
    case 'base64':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'any':
    case 'integer-or-string':
    case 'quantity':
      return undefined;
  }
}
