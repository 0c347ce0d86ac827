import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ApiObject, ApiResource } from '../model/api-object.ts';
import { quote } from '../schema/show.ts';

/** By kind and name, in the order of their registration. */
export type ApiObjects = Map<string, ApiObject>;

/** On extensions that a Tiltfile imports: they do not run by themselves. */
export const MANAGED_BY = 'tilt.dev/managed-by';

export function findObject(objects: ApiObjects, resource: ApiResource, name: string): ApiObject | undefined {
  return objects.get(key(resource, name));
}

/** Sets an object, also in place of another. */
export function putObject(objects: ApiObjects, object: ApiObject): void {
  objects.set(key(object.resource, object.name), object);
}

/** Adds an object. Throws `Refusal` where another one has its name; the same one may be registered again. */
export function register(objects: ApiObjects, object: ApiObject): void {
  const existing = findObject(objects, object.resource, object.name);
  if (existing && !isDeepStrictEqual(compared(object), compared(existing))) {
    const { file, line, column } = existing.position;
    throw new Refusal(
      `${object.resource} ${quote(object.name)} already registered (with other values, at ${file}:${line}:${column})`,
    );
  }
  putObject(objects, object);
}

function compared({ labels, annotations, body }: ApiObject): unknown {
  // Whether an extension was imported meanwhile says nothing about its registration.
  const { [MANAGED_BY]: _, ...rest } = annotations;
  return { labels, annotations: rest, body };
}

function key(resource: ApiResource, name: string): string {
  return `${resource}/${name}`;
}
