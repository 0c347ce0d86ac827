import type { Json, KubernetesObject } from './kubernetes.ts';

/** Where an image reference stands: a container of any sort, an image volume, or the value of an environment variable. */
export type ImagePlace = 'container' | 'volume' | 'env';

export interface ImageUse {
  /** As it is written. */
  readonly reference: string;
  readonly place: ImagePlace;
}

/** What to put in place of a reference. */
export interface ImageReplacement {
  readonly reference: string;
  /** Replaces the container's command, where the reference is a container's. */
  readonly command?: readonly string[];
  /** Replaces the container's arguments, where the reference is a container's. */
  readonly args?: readonly string[];
  /** Replaces the pull policy of the container or the volume. */
  readonly pullPolicy?: string;
}

type Body = { readonly [key: string]: Json };
type Path = readonly string[];

const TEMPLATE: Path = ['spec', 'template'];
const POD_TEMPLATES: Readonly<Record<string, Path>> = {
  'v1 PodTemplate': ['template'],
  'v1 ReplicationController': TEMPLATE,
  'batch/v1 Job': TEMPLATE,
  'batch/v1 CronJob': ['spec', 'jobTemplate', ...TEMPLATE],
  'batch/v1beta1 CronJob': ['spec', 'jobTemplate', ...TEMPLATE],
  ...Object.fromEntries(
    [
      ['apps/v1', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
      ['apps/v1beta1', 'Deployment', 'StatefulSet'],
      ['apps/v1beta2', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
      ['extensions/v1beta1', 'Deployment', 'DaemonSet', 'ReplicaSet'],
    ].flatMap(([version, ...kinds]) => kinds.map((kind) => [`${version} ${kind}`, TEMPLATE])),
  ),
};
const CONTAINER_FIELDS = ['initContainers', 'containers', 'ephemeralContainers'];

/** The pod template of an object that makes pods from one; a bare Pod has none. */
export function podTemplate(object: KubernetesObject): Body | undefined {
  const path = POD_TEMPLATES[`${object.apiVersion} ${object.kind}`];
  if (!path) return undefined;
  // Go's types always hold a template, even where the text has none.
  return at(object.body, path) ?? {};
}

/** Labels of the pods that an object makes, or `undefined` when it makes none from a template. */
export function podTemplateLabels(object: KubernetesObject): Readonly<Record<string, Json>> | undefined {
  const template = podTemplate(object);
  return template && (at(template, ['metadata', 'labels']) ?? {});
}

/** The pod spec of a Pod, or of an object that makes pods from a template. Custom kinds have none, whatever they look like. */
export function podSpec(object: KubernetesObject): Body | undefined {
  const path = podSpecPath(object);
  return path && at(object.body, path);
}

/** All image references in the pod spec of an object, in order: init containers, containers, volumes, environment variables. */
export function imageReferences(object: KubernetesObject): readonly ImageUse[] {
  const spec = podSpec(object);
  if (!spec) return [];
  const uses: ImageUse[] = [];
  const containers = CONTAINER_FIELDS.flatMap((field) => bodies(spec[field]));
  for (const container of containers) add(uses, container.image ?? '', 'container');
  for (const volume of bodies(spec.volumes)) {
    const image = body(volume.image);
    if (image?.reference) add(uses, image.reference, 'volume');
  }
  for (const container of containers) {
    for (const variable of bodies(container.env)) {
      if (variable.value) add(uses, variable.value, 'env');
    }
  }
  return uses;
}

function add(uses: ImageUse[], value: Json, place: ImagePlace): void {
  if (typeof value === 'string') uses.push({ reference: value, place });
}

/**
 * The same object with other image references. `replace` is asked for every reference in the pod spec and answers what to
 * put there; `undefined` leaves it. Values of environment variables are asked for with the place `env`: most of them are no images.
 * What does not change is shared with the argument.
 */
export function replaceImages(
  object: KubernetesObject,
  replace: (reference: string, place: ImagePlace) => string | ImageReplacement | undefined,
): KubernetesObject {
  const path = podSpecPath(object);
  const spec = path && at(object.body, path);
  if (!path || !spec) return object;
  const changes: { [key: string]: Json } = {};
  for (const field of CONTAINER_FIELDS) {
    const list = mapList(spec[field], (container) => replaceInContainer(container, replace));
    if (list) changes[field] = list;
  }
  const volumes = mapList(spec.volumes, (volume) => replaceInVolume(volume, replace));
  if (volumes) changes.volumes = volumes;
  if (Object.keys(changes).length === 0) return object;
  return { ...object, body: set(object.body, path, { ...spec, ...changes }) };
}

type Replace = Parameters<typeof replaceImages>[1];

function replaceInContainer(container: Body, replace: Replace): Body {
  const env = mapList(container.env, (variable) => {
    const found = typeof variable.value === 'string' ? ask(replace, variable.value, 'env') : undefined;
    return found ? { ...variable, value: found.reference } : variable;
  });
  const image = container.image;
  const found = typeof image === 'string' ? ask(replace, image, 'container') : undefined;
  if (!env && !found) return container;
  return {
    ...container,
    ...(env && { env }),
    ...(found && { image: found.reference }),
    ...(found?.command && { command: found.command }),
    ...(found?.args && { args: found.args }),
    ...(found?.pullPolicy !== undefined && { imagePullPolicy: found.pullPolicy }),
  };
}

function replaceInVolume(volume: Body, replace: Replace): Body {
  const image = body(volume.image);
  const reference = image?.reference;
  const found = typeof reference === 'string' && reference !== '' ? ask(replace, reference, 'volume') : undefined;
  if (!found) return volume;
  const policy = found.pullPolicy === undefined ? {} : { pullPolicy: found.pullPolicy };
  return { ...volume, image: { ...image, reference: found.reference, ...policy } };
}

function ask(replace: Replace, reference: string, place: ImagePlace): ImageReplacement | undefined {
  const answer = replace(reference, place);
  return typeof answer === 'string' ? { reference: answer } : answer;
}

function podSpecPath(object: KubernetesObject): Path | undefined {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') return ['spec'];
  const path = POD_TEMPLATES[`${object.apiVersion} ${object.kind}`];
  return path && [...path, 'spec'];
}

function at(root: Body, path: Path): Body | undefined {
  let here: Body | undefined = root;
  for (const key of path) here = body(here?.[key]);
  return here;
}

function set(root: Body, path: Path, value: Body): Body {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  return { ...root, [key]: set(body(root[key]) ?? {}, rest, value) };
}

function body(value: Json | undefined): Body | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
}

function bodies(value: Json | undefined): readonly Body[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: Json) => body(item)).filter((item) => item !== undefined);
}

/** `undefined` when nothing in the list changed. */
function mapList(value: Json | undefined, change: (item: Body) => Body): readonly Json[] | undefined {
  if (!Array.isArray(value)) return undefined;
  let changed = false;
  const list = value.map((item: Json) => {
    const before = body(item);
    const after = before && change(before);
    if (after !== before) changed = true;
    return after ?? item;
  });
  return changed ? list : undefined;
}
