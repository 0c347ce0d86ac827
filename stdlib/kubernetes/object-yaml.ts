import type { PlainData } from '../encoding/plain-data.ts';
import { parseYamlStream } from '../encoding/yaml-stream.ts';
import type { Json } from '../model/kubernetes.ts';
import { type FoundBodies, type ObjectBody, objectBodies } from './object-bodies.ts';

/** Reads the Kubernetes objects in a text of YAML documents, or of JSON. */
export function parseObjects(text: string): FoundBodies {
  const stream = parseYamlStream(text, '');
  if (!stream.ok) return stream;
  const bodies: ObjectBody[] = [];
  for (const document of stream.documents) {
    const found = objectBodies(asJson(document));
    if (!found.ok) return found;
    bodies.push(...found.bodies);
  }
  return { ok: true, bodies };
}

/** Kubernetes' own numbers never need more digits than JavaScript's hold. Changes the data in place: nobody else has it. */
function asJson(data: PlainData): Json {
  if (typeof data === 'bigint') return Number(data);
  if (typeof data === 'object' && data !== null) {
    const members = data as { [key: string]: PlainData };
    for (const key in members) {
      const member = members[key];
      if (typeof member === 'bigint') members[key] = Number(member);
      else if (typeof member === 'object' && member !== null) asJson(member);
    }
  }
  return data as Json;
}
