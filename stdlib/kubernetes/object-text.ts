import type { PlainData } from '../encoding/plain-data.ts';
import { writeYaml } from '../encoding/yaml-write.ts';
import { canonicalObject } from './canonical-object.ts';
import type { ObjectBody } from './object-bodies.ts';

/** Objects as YAML documents, in the form in which Kubernetes' own programs write them. */
export function writeObjects(objects: readonly ObjectBody[]): string {
  return objects.map((object) => writeYaml(canonicalObject(object) as PlainData)).join('\n---\n');
}

/** The object in a namespace; one that says its own stays there. */
export function withNamespace(object: ObjectBody, namespace: string): ObjectBody {
  const { metadata } = object;
  const own =
    typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? (metadata as ObjectBody) : {};
  if (typeof own.namespace === 'string' && own.namespace !== '') return object;
  return { ...object, metadata: { ...own, namespace } };
}
