import { goText, goType } from './go-value.ts';
import { familiarName, type ImageReference, parseImageReference } from './image-reference.ts';
import { type AbsentField, findValues, type Located, withValueAt } from './json-path.ts';
import { parseJsonPath } from './json-path-parse.ts';
import type { Json, KubernetesObject } from './kubernetes.ts';
import type { ObjectSelector } from './object-selector.ts';

/** Where objects hold image references outside of pod specs, as declared by k8s_kind and k8s_image_json_path. */
export interface ImageLocator {
  readonly selector: ObjectSelector;
  /** In kubectl's notation: `{.spec.image}`. */
  readonly path: string;
  /** When the path leads to an object whose fields make up the reference. */
  readonly object?: { readonly repoField: string; readonly tagField: string };
}

export type LocatedImages =
  | { readonly ok: true; readonly images: readonly LocatedImage[] }
  | { readonly ok: false; readonly message: string };

export interface LocatedImage {
  readonly reference: ImageReference;
  readonly at: Located;
}

/** What to put in the place of an image that a locator leads to. */
export interface LocatedReplacement {
  /** With its tag. */
  readonly reference: string;
  /** For a field of that name beside the image, where there is one. */
  readonly pullPolicy: string;
}

/** The images that a locator leads to in an object that it is meant for. What is no image reference is a failure. */
export function locatedImages(object: KubernetesObject, locator: ImageLocator, absent?: AbsentField): LocatedImages {
  const path = parseJsonPath(locator.path);
  const found = path.ok ? findValues(object.body, path.nodes, absent) : path;
  const quoted = JSON.stringify(locator.path);
  if (!found.ok) return { ok: false, message: `Matching (json_path=${quoted}): ${found.message}` };
  const images: LocatedImage[] = [];
  for (const at of found.values) {
    const written = locator.object === undefined ? stringOf(at.value) : referenceOf(at.value, locator.object);
    if (written === undefined) {
      const wanted = locator.object === undefined ? 'strings' : 'maps';
      const got = `Got Type: ${goType(at.value)}\nGot Value: ${goText(at.value)}`;
      return { ok: false, message: `May only match ${wanted} (json_path=${quoted})\n${got}` };
    }
    const parsed = parseImageReference(written);
    if (!parsed.ok) {
      if (locator.object !== undefined) return parsed;
      const message = `error parsing image '${written}' at json path '${locator.path}': ${parsed.message}`;
      return { ok: false, message };
    }
    images.push({ reference: parsed.value, at });
  }
  return { ok: true, images };
}

/** The object with other images where a locator leads; `replace` answers `undefined` to leave one as it is. */
export function replaceLocatedImages(
  object: KubernetesObject,
  locator: ImageLocator,
  replace: (reference: ImageReference) => LocatedReplacement | undefined,
): KubernetesObject {
  const found = locatedImages(object, locator);
  let body: Json = object.body;
  for (const { reference, at } of found.ok ? found.images : []) {
    const other = at.place && replace(reference);
    if (!other || !at.place) continue;
    if (locator.object === undefined) {
      body = withValueAt(body, at.place, other.reference);
      const sibling = [...at.place.slice(0, -1), 'imagePullPolicy'];
      if (typeof at.place.at(-1) === 'string' && hasValueAt(body, sibling)) {
        body = withValueAt(body, sibling, other.pullPolicy);
      }
    } else {
      body = withValueAt(body, at.place, imageObject(at.value, locator.object, other.reference));
    }
  }
  return body === object.body ? object : { ...object, body: body as KubernetesObject['body'] };
}

type ImageFields = NonNullable<ImageLocator['object']>;

function stringOf(value: Json): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function referenceOf(value: Json, { repoField, tagField }: ImageFields): string | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const repository = stringOf(fields[repoField] ?? null) ?? '';
  const tag = stringOf(fields[tagField] ?? null) ?? '';
  return tag === '' ? repository : `${repository}:${tag}`;
}

function imageObject(value: Json, { repoField, tagField }: ImageFields, reference: string): Json {
  const parsed = parseImageReference(reference);
  if (!parsed.ok) return value;
  const tag = parsed.value.tag === '' ? {} : { [tagField]: parsed.value.tag };
  return { ...fieldsOf(value), [repoField]: familiarName(parsed.value), ...tag };
}

function hasValueAt(root: Json, place: readonly (string | number)[]): boolean {
  let here: Json | undefined = root;
  for (const key of place) {
    const parent: Json = here ?? null;
    here = Array.isArray(parent) ? (parent as readonly Json[])[Number(key)] : fieldsOf(parent)?.[key];
  }
  return here !== undefined;
}

function fieldsOf(value: Json): { readonly [key: string]: Json } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : undefined;
}
