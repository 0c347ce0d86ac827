import type { ApiObject } from '../model/api-object.ts';
import type { ResultObject } from './result-value.ts';

/** The objects of the API by kind and name, both sorted, as Tilt prints its maps. */
export function objectSet(objects: readonly ApiObject[]): ResultObject {
  const kinds: Record<string, Record<string, ResultObject>> = {};
  for (const object of [...objects].sort(byKindAndName)) {
    const kind = `tilt.dev/v1alpha1, Resource=${object.resource}`;
    const members = kinds[kind] ?? {};
    members[object.name] = objectOf(object);
    kinds[kind] = members;
  }
  return kinds;
}

function byKindAndName(a: ApiObject, b: ApiObject): number {
  if (a.resource !== b.resource) return a.resource < b.resource ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

function objectOf({ name, labels, annotations, body }: ApiObject): ResultObject {
  return { metadata: { name, labels: unlessEmpty(labels), annotations: unlessEmpty(annotations) }, ...body };
}

function unlessEmpty(map: Readonly<Record<string, string>>): ResultObject | undefined {
  return Object.keys(map).length === 0 ? undefined : map;
}
