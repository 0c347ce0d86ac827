import { createHash } from 'node:crypto';
import { parseImageReference, repositoryName } from '../../stdlib/model/image-reference.ts';
import type { Json, KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { replaceImages } from '../../stdlib/model/pod-spec.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import type { BuiltImage } from '../engine/ports.ts';
import { replaceAtPath } from './json-path.ts';
import { mapTemplate } from './pod-template.ts';
import { TEMPLATE_HASH } from './template-hash.ts';

type Body = KubernetesObject['body'];

const MANAGED_BY = 'app.kubernetes.io/managed-by';
const MANAGER = 'tilt';
const PULL_POLICY = 'IfNotPresent';

interface Injection {
  readonly built: BuiltImage;
  readonly command: readonly string[];
  readonly matchInEnvVars: boolean;
}

/**
 * The objects as they go to the cluster: with the built images, and with the labels that Tilt sets too, so that both
 * find each other's objects. `unused` are images that no object names.
 */
export function injectObjects(
  resource: KubernetesResource,
  images: readonly BuiltImage[],
): { readonly objects: readonly KubernetesObject[]; readonly unused: readonly string[] } {
  const injections = new Map<string, Injection>();
  for (const image of resource.images) {
    const built = images.find((candidate) => candidate.ref === image.ref);
    const repository = repositoryOf(image.ref);
    if (!built || repository === undefined) continue;
    injections.set(repository, { built, command: image.entrypoint, matchInEnvVars: image.matchInEnvVars });
  }
  const used = new Set<string>();
  const finder = (fits: (injection: Injection) => boolean) => (reference: string) => {
    const repository = repositoryOf(reference);
    const found = repository === undefined ? undefined : injections.get(repository);
    if (!found || !fits(found)) return undefined;
    used.add(found.built.ref);
    return found;
  };
  const find = finder(() => true);
  const findInEnv = finder((injection) => injection.matchInEnvVars);
  const objects = resource.objects.map((object) => {
    let result = withLabels(object);
    if (injections.size > 0) {
      result = injectLocators(resource, injectPodSpec(result, find, findInEnv), find);
      if (result.kind === 'StatefulSet') result = withSpec(result, { podManagementPolicy: 'Parallel' });
    }
    return withTemplateHash(result);
  });
  // An image that another image of the resource is built from need not stand in an object.
  const bases = new Set(resource.images.flatMap((image) => image.dependsOn));
  const unused = [...injections.values()]
    .map(({ built }) => built.ref)
    .filter((ref) => !used.has(ref) && !bases.has(ref));
  return { objects, unused };
}

type Find = (reference: string) => Injection | undefined;

function injectPodSpec(object: KubernetesObject, find: Find, findInEnv: Find): KubernetesObject {
  return replaceImages(object, (reference, place) => {
    if (place === 'env') return findInEnv(reference)?.built.clusterRef;
    const found = find(reference);
    // Pulling again at each start makes a loop of edits slow, for images that are not built here too.
    if (!found) return { reference, pullPolicy: PULL_POLICY };
    return {
      reference: found.built.clusterRef,
      pullPolicy: PULL_POLICY,
      ...(found.command.length > 0 && { command: found.command }),
    };
  });
}

function injectLocators(resource: KubernetesResource, object: KubernetesObject, find: Find): KubernetesObject {
  let body: Body = object.body;
  for (const locator of resource.imageLocators) {
    const fits =
      (locator.kind === '' || locator.kind === object.kind) &&
      (locator.apiVersion === '' || locator.apiVersion === object.apiVersion) &&
      (locator.name === '' || locator.name === object.name) &&
      (locator.namespace === '' || locator.namespace === object.namespace);
    if (!fits) continue;
    for (const path of locator.paths) {
      body = replaceAtPath(body, path, (value) =>
        typeof value === 'string' ? find(value)?.built.clusterRef : undefined,
      ) as Body;
    }
  }
  return body === object.body ? object : { ...object, body };
}

function repositoryOf(reference: string): string | undefined {
  const parsed = parseImageReference(reference);
  return parsed.ok ? repositoryName(parsed.value) : undefined;
}

function withLabels(object: KubernetesObject): KubernetesObject {
  // Claims may not change after they were made.
  if (object.kind === 'PersistentVolumeClaim') return object;
  const labelled = { ...object, body: labelBody(object.body) };
  return mapTemplate(labelled, (template) => labelBody(template));
}

/** Also in selectors that ask for the label already: else they would no longer find what they select. */
function labelBody(body: Body): Body {
  const metadata = fields(body.metadata);
  const result: Record<string, Json> = {
    ...body,
    metadata: { ...metadata, labels: { ...fields(metadata.labels), [MANAGED_BY]: MANAGER } },
  };
  const spec = fields(body.spec);
  const selector = fields(spec.selector);
  const matchLabels = fields(selector.matchLabels);
  if (MANAGED_BY in matchLabels) {
    result.spec = { ...spec, selector: { ...selector, matchLabels: { ...matchLabels, [MANAGED_BY]: MANAGER } } };
  } else if (MANAGED_BY in selector) {
    result.spec = { ...spec, selector: { ...selector, [MANAGED_BY]: MANAGER } };
  }
  return result;
}

function withTemplateHash(object: KubernetesObject): KubernetesObject {
  return mapTemplate(object, (template) => {
    const hash = createHash('sha1').update(JSON.stringify(template)).digest('hex').slice(0, 20);
    const metadata = fields(template.metadata);
    return { ...template, metadata: { ...metadata, labels: { ...fields(metadata.labels), [TEMPLATE_HASH]: hash } } };
  });
}

function withSpec(object: KubernetesObject, changes: Body): KubernetesObject {
  return { ...object, body: { ...object.body, spec: { ...fields(object.body.spec), ...changes } } };
}

function fields(value: Json | undefined): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}
