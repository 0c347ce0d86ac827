import { load } from 'js-yaml';
import type { Json } from '../model/kubernetes.ts';
import { type FoundBodies, type ObjectBody, objectBodies } from './object-bodies.ts';

/** Reads the Kubernetes objects in a text of YAML documents, or of JSON. */
export function parseObjects(text: string): FoundBodies {
  const bodies: ObjectBody[] = [];
  for (const document of splitDocuments(text)) {
    const parsed = parseDocument(document);
    if (!parsed.ok) return parsed;
    const found = objectBodies(parsed.value);
    if (!found.ok) return found;
    bodies.push(...found.bodies);
  }
  return { ok: true, bodies };
}

type ParsedDocument = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string };

function parseDocument(text: string): ParsedDocument {
  try {
    return { ok: true, value: (load(text) ?? null) as Json };
  } catch (error) {
    return { ok: false, message: `error converting YAML to JSON: ${error instanceof Error ? error.message : error}` };
  }
}

/** Documents end at a line of three dashes; only blanks and a comment may follow on it. */
function splitDocuments(text: string): readonly string[] {
  return text.split(/^---[ \t]*(?:#.*)?\r?$/m).filter((document) => document.trim() !== '');
}
