import { createHash } from 'node:crypto';
import type { Image } from '../../stdlib/model/image.ts';
import { replaceLocatedImages } from '../../stdlib/model/image-locator.ts';
import { imageMatcher } from '../../stdlib/model/image-match.ts';
import { fullReference } from '../../stdlib/model/image-reference.ts';
import type { Json, KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { selectorMatcher } from '../../stdlib/model/object-selector.ts';
import { replaceImages } from '../../stdlib/model/pod-spec.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import { MANAGED_BY, MANAGER } from '../clients/kubernetes/pod-roots.ts';
import type { BuiltImage } from '../engine/ports.ts';
import { mapTemplate } from './pod-template.ts';
import { TEMPLATE_HASH } from './template-hash.ts';

type Body = KubernetesObject['body'];

const PULL_POLICY = 'IfNotPresent';

interface Injection extends Pick<Image, 'ref' | 'matchExact' | 'matchInEnvVars' | 'entrypoint' | 'containerArgs'> {
  /** As the cluster knows what was built. */
  readonly clusterRef: string;
}

/**
 * The objects as they go to the cluster: with the built images, and with the labels that Tilt sets too, so that both
 * find each other's objects. `unused` are images that no object names.
 */
export function injectObjects(
  resource: KubernetesResource,
  images: readonly BuiltImage[],
): { readonly objects: readonly KubernetesObject[]; readonly unused: readonly string[] } {
  const injections = resource.images.flatMap((image): readonly Injection[] => {
    const built = images.find((candidate) => candidate.ref === image.ref);
    return built && !image.onlyLiveUpdate ? [{ ...image, clusterRef: built.clusterRef }] : [];
  });
  const used = new Set<string>();
  const finder = (among: readonly Injection[]): Find => {
    const match = imageMatcher(among);
    return (reference) => {
      const found = match(reference);
      if (found) used.add(found.ref);
      return found;
    };
  };
  const find = finder(injections);
  const findInEnv = finder(injections.filter((image) => image.matchInEnvVars));
  const objects = resource.objects.map((object) => {
    let result = withLabels(object);
    if (injections.length > 0) {
      result = injectLocators(resource, injectPodSpec(result, find, findInEnv), find);
      if (result.kind === 'StatefulSet') result = withSpec(result, { podManagementPolicy: 'Parallel' });
    }
    return withTemplateHash(result);
  });
  // An image that another image of the resource is built from need not stand in an object.
  const bases = new Set(resource.images.flatMap((image) => image.dependsOn));
  const unused = injections.map(({ ref }) => ref).filter((ref) => !used.has(ref) && !bases.has(ref));
  return { objects, unused };
}

type Find = (reference: string) => Injection | undefined;

function injectPodSpec(object: KubernetesObject, find: Find, findInEnv: Find): KubernetesObject {
  return replaceImages(object, (reference, place) => {
    if (place === 'env') return findInEnv(reference)?.clusterRef;
    const found = find(reference);
    // Pulling again at each start makes a loop of edits slow, for images that are not built here too.
    if (!found) return { reference, pullPolicy: PULL_POLICY };
    return {
      reference: found.clusterRef,
      pullPolicy: PULL_POLICY,
      ...(found.entrypoint.length > 0 && { command: found.entrypoint }),
      ...(found.containerArgs && { args: found.containerArgs }),
    };
  });
}

function injectLocators(resource: KubernetesResource, object: KubernetesObject, find: Find): KubernetesObject {
  let result = object;
  for (const locator of resource.imageLocators) {
    if (!selectorMatcher(locator.selector)(object)) continue;
    result = replaceLocatedImages(result, locator, (reference) => {
      const found = find(fullReference(reference));
      return found && { reference: found.clusterRef, pullPolicy: PULL_POLICY };
    });
  }
  return result;
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
