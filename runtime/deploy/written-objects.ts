import { loadAll } from 'js-yaml';
import type { Json, KubernetesObject } from '../../stdlib/model/kubernetes.ts';

export type WrittenObjects =
  | { readonly ok: true; readonly objects: readonly KubernetesObject[] }
  | { readonly ok: false; readonly message: string };

/** Reads objects in YAML or JSON, such as a command prints them; lists of them are taken apart. */
export function writtenObjects(text: string): WrittenObjects {
  const objects: KubernetesObject[] = [];
  let documents: readonly unknown[];
  try {
    documents = loadAll(text);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error) };
  }
  for (const document of documents) {
    if (document === null || document === undefined) continue;
    const problem = addObjects(document, objects);
    if (problem !== undefined) return { ok: false, message: problem };
  }
  return { ok: true, objects };
}

function addObjects(document: unknown, objects: KubernetesObject[]): string | undefined {
  const body = fieldsOf(document);
  const { apiVersion, kind, metadata, items } = body;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return `expected a Kubernetes object, got ${JSON.stringify(document)?.slice(0, 100)}`;
  }
  if (kind === 'List' && Array.isArray(items)) {
    for (const item of items) {
      const problem = addObjects(item, objects);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  const { name, namespace } = fieldsOf(metadata);
  if (typeof name !== 'string' || name === '') return `a ${kind} without a name`;
  objects.push({ apiVersion, kind, name, namespace: typeof namespace === 'string' ? namespace : '', body });
  return undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, Json>>) : {};
}
