import { loadAll } from 'js-yaml';

/** What a command says that it applied. */
export interface PrintedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export type PrintedObjects =
  | { readonly ok: true; readonly objects: readonly PrintedObject[] }
  | { readonly ok: false; readonly message: string };

/** Reads the objects in YAML or JSON that a command printed; lists of them are taken apart. */
export function printedObjects(text: string): PrintedObjects {
  const objects: PrintedObject[] = [];
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

function addObjects(document: unknown, objects: PrintedObject[]): string | undefined {
  const { apiVersion, kind, metadata, items } = fieldsOf(document);
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
  objects.push({ apiVersion, kind, name, namespace: typeof namespace === 'string' ? namespace : '' });
  return undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
