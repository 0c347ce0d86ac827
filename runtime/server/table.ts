import type { ApiObject } from './catalogue.ts';

// Lists as kubectl prints them.

const COLUMNS = [
  { name: 'Name', type: 'string', format: 'name', description: 'Name of the object', priority: 0 },
  { name: 'Created At', type: 'date', format: '', description: 'When it was made', priority: 0 },
];

/** Whether the client asks for a table. */
export function wantsTable(accept: string | undefined): boolean {
  return /application\/json;[^,]*as=Table/.test(accept ?? '');
}

/** `include` as in the query `includeObject`. With `withColumns: false` as it stands in the later events of a watch. */
export function tableOf(
  objects: readonly ApiObject[],
  version: string,
  include: string | null,
  withColumns = true,
): object {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: version },
    columnDefinitions: withColumns ? COLUMNS : null,
    rows: objects.map((object) => ({
      cells: [object.metadata.name, object.metadata.creationTimestamp],
      ...(include === 'None' ? {} : { object: include === 'Object' ? object : partial(object) }),
    })),
  };
}

function partial({ metadata }: ApiObject): object {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
