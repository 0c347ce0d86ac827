import { isJavaScript } from '../../interpreter/starlark-files.ts';
import type { CustomDeployDeclaration, Declarations, ImageDeclaration, TriggerMode } from '../declarations.ts';
import { inApplyOrder } from '../model/apply-order.ts';
import type { CustomDeploy } from '../model/custom-deploy.ts';
import type { IgnoreRule } from '../model/ignore.ts';
import type { Image, ImageBuild } from '../model/image.ts';
import { familiarReference, fullReference, type ImageReference } from '../model/image-reference.ts';
import type { KubernetesObject, PodReadiness } from '../model/kubernetes.ts';
import type { KubernetesResource } from '../model/resource.ts';
import { UNCATEGORIZED } from './enabled.ts';
import type { AssemblyFailure } from './failure.ts';
import { gitIgnores, imageFiles } from './image-files.ts';
import { type ImageIndex, type IndexedImage, isOnlyLiveUpdate, withBases } from './image-index.ts';
import { type KindRule, readinessByKind } from './kind-rule.ts';
import type { ObjectGroup } from './object-group.ts';
import { uniqueNames } from './object-name.ts';
import type { ProjectFiles } from './project-files.ts';
import { runToEnd } from './runs-to-end.ts';
import { triggerOf } from './trigger.ts';

/** What turning groups into resources needs to know. */
export interface ResourceContext {
  readonly index: ImageIndex;
  readonly kinds: readonly KindRule[];
  readonly files: ProjectFiles;
  readonly triggerForAll: TriggerMode | undefined;
  /** Ignore files that were looked for. */
  readonly lookedAt: Set<string>;
  /** Images that some resource needs. */
  readonly used: Set<IndexedImage>;
  /** Images that were made already: resources share them. */
  readonly made: Map<IndexedImage, Image>;
  readonly failures: AssemblyFailure[];
  readonly objectFiles: Declarations['objectFiles'];
}

export function kubernetesResource(group: ObjectGroup, context: ResourceContext): KubernetesResource {
  const deployed = deployedImages(group, context.index);
  const { customDeploy } = group;
  const objects = customDeploy ? [] : inApplyOrder(group.objects);
  const readiness = podReadiness(group, deployed, context.kinds);
  refuseRetries(group, readiness, context.failures);
  return {
    kind: 'kubernetes',
    name: group.name,
    labels: [...group.labels],
    links: group.links,
    resourceDeps: group.resourceDeps,
    trigger: triggerOf(group.triggerMode, context.triggerForAll, group.autoInit),
    position: group.position,
    objects,
    ...filesOf(objects, context.objectFiles),
    images: imagesOf(group, deployed, context),
    deployedImages: deployed.filter((image) => !isOnlyLiveUpdate(image)).map(({ ref }) => ref),
    ...(customDeploy && { customDeploy: customDeployOf(customDeploy, context.files) }),
    imageLocators: context.kinds
      .filter((kind) => kind.locators.length > 0 && objects.some(kind.matches))
      .flatMap((kind) => kind.locators),
    podMakers: context.kinds.flatMap(({ selector, matches }) => (selector && objects.some(matches) ? [selector] : [])),
    portForwards: group.portForwards,
    podReadiness: readiness,
    ...(group.podReadiness === undefined &&
      group.portForwards.length === 0 &&
      runToEnd(objects) && { runsToEnd: true }),
    extraPodSelectors: group.extraPodSelectors,
    discoveryStrategy: group.discoveryStrategy,
    displayNames: uniqueNames(objects, 2),
    ...group.limits,
  };
}

function customDeployOf(declared: CustomDeployDeclaration, files: ProjectFiles): CustomDeploy {
  const { apply, delete: remove, watchPaths, ignores } = declared;
  return { apply, delete: remove, watchPaths, ignores: [...ignores, ...gitIgnores(watchPaths, files)] };
}

/** The objects that belong to no other resource. */
export function uncategorized(
  objects: readonly KubernetesObject[],
  position: ObjectGroup['position'],
  files: Declarations['objectFiles'],
): KubernetesResource {
  const ordered = inApplyOrder(objects);
  return {
    kind: 'kubernetes',
    name: UNCATEGORIZED,
    labels: [],
    links: [],
    resourceDeps: [],
    trigger: { onChange: true, atStart: true },
    position,
    objects: ordered,
    ...filesOf(ordered, files),
    images: [],
    deployedImages: [],
    imageLocators: [],
    portForwards: [],
    podReadiness: 'ignore',
    extraPodSelectors: [],
    discoveryStrategy: '',
    displayNames: uniqueNames(ordered, 2),
  };
}

function refuseRetries(
  { name, limits, position }: ObjectGroup,
  readiness: PodReadiness,
  failures: AssemblyFailure[],
): void {
  if ((limits.retries ?? 0) === 0 || readiness === 'succeeded') return;
  const message =
    `k8s_resource "${name}": retries are for what runs to its end (a Job, or pod_readiness='succeeded'); ` +
    'the cluster itself starts servers again';
  failures.push({ message, position });
}

function filesOf(
  objects: readonly KubernetesObject[],
  files: Declarations['objectFiles'],
): Pick<KubernetesResource, 'objectFiles'> {
  const found = new Set(objects.flatMap(({ body }) => files.get(body) ?? []));
  return found.size === 0 ? {} : { objectFiles: [...found] };
}

function deployedImages(group: ObjectGroup, index: ImageIndex): readonly IndexedImage[] {
  const found = new Set<IndexedImage>();
  for (const reference of group.images.values()) {
    const image = index.find(reference);
    if (image) found.add(image);
  }
  return [...found];
}

/** The images that a resource runs, with their bases. */
export function imagesOf(
  group: Pick<ObjectGroup, 'name' | 'position'>,
  deployed: readonly IndexedImage[],
  context: ResourceContext,
): readonly Image[] {
  const chain = withBases(deployed);
  if (!chain.ok) {
    const [first] = chain.cycle;
    const what = first ? fullReference(first.reference) : '';
    const circle = chain.cycle.map(({ ref }) => ref).join(' -> ');
    const message = `getting image build info for ${group.name}: Image dependency cycle: ${what} (${circle})`;
    context.failures.push({ message, position: first?.declaration.position });
    return [];
  }
  return chain.images.map((image) => {
    context.used.add(image);
    const known = context.made.get(image);
    if (known) return known;
    const made = imageOf(image, context);
    context.made.set(image, made);
    return made;
  });
}

function imageOf(image: IndexedImage, { files, lookedAt, failures }: ResourceContext): Image {
  const { declaration } = image;
  const { contextIgnores, watchIgnores } = imageFiles(image, files, lookedAt, failures);
  return {
    ref: image.ref,
    matchExact: image.matchExact,
    build: buildOf(declaration, contextIgnores),
    dependsOn: image.dependsOn.map(({ ref }) => ref),
    entrypoint: declaration.entrypoint,
    ...(declaration.containerArgs && { containerArgs: declaration.containerArgs }),
    matchInEnvVars: declaration.matchInEnvVars,
    watchPaths: declaration.kind === 'docker' ? [declaration.context] : declaration.deps,
    ignores: watchIgnores,
    position: declaration.position,
    ...(declaration.timeoutMs !== undefined && { timeoutMs: declaration.timeoutMs }),
    ...(declaration.liveUpdate && { liveUpdate: declaration.liveUpdate }),
    ...(isOnlyLiveUpdate(image) && { onlyLiveUpdate: true }),
  };
}

function buildOf(declaration: ImageDeclaration, contextIgnores: readonly IgnoreRule[]): ImageBuild {
  if (declaration.kind === 'command') {
    const { kind, command, tag, output, outputsImageRefTo } = declaration;
    return { kind, command, tag, output, outputsImageRefTo };
  }
  return {
    kind: 'docker',
    context: declaration.context,
    dockerfile: declaration.dockerfile,
    dockerfilePath: declaration.dockerfilePath,
    buildArgs: declaration.buildArgs,
    target: declaration.target,
    platform: declaration.platform,
    extraTags: declaration.extraTags,
    contextIgnores,
    secrets: declaration.secrets,
    sshAgents: declaration.sshAgents,
    cacheFrom: declaration.cacheFrom,
    extraHosts: declaration.extraHosts,
    network: declaration.network,
    pull: declaration.pull,
  };
}

function podReadiness(group: ObjectGroup, deployed: readonly IndexedImage[], kinds: readonly KindRule[]): PodReadiness {
  const declared = group.podReadiness ?? readinessByKind(group.objects, kinds);
  if (declared) return declared;
  // Objects that were put together by hand, without images or selectors, will most likely never make pods.
  const makesNoPods = group.isManual && group.extraPodSelectors.length === 0 && deployed.length === 0;
  return makesNoPods ? 'ignore' : 'wait';
}

/** Images that no resource needs, in a warning that says how to keep it quiet; only the first one is named in full. */
export function unusedImageWarning(
  context: ResourceContext,
  suppressed: readonly string[],
  deploys: 'nothing' | 'no images' | 'images' | 'services',
  mentioned: readonly string[],
): string | undefined {
  if (suppressed.includes('*')) return undefined;
  const { images } = context.index;
  // What another image is built on is missed as soon as that one is.
  const bases = new Set(images.flatMap(({ dependsOn }) => dependsOn));
  const isUnused = (image: IndexedImage) => !context.used.has(image) && !bases.has(image);
  const unused = images.filter((image) => isUnused(image) && !suppressed.includes(image.ref));
  const [first] = unused;
  if (!first) return undefined;
  if (deploys === 'nothing') {
    return (
      'No deployment instructions were found, such as `k8s_yaml` or `docker_compose`.\n' +
      'No image is built until there is something that runs it.'
    );
  }
  if (deploys === 'no images') {
    return 'None of the Kubernetes objects has an image. If they are of a custom kind, say where it holds them with k8s_kind().';
  }
  const names = unused.map(({ ref }) => ref);
  const list = `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
  const setting = isJavaScript(first.declaration.position.file)
    ? `{ suppress_unused_image_warnings: ${list} }`
    : `suppress_unused_image_warnings=${list}`;
  const config = deploys === 'services' ? 'Docker Compose' : 'Kubernetes';
  const near = mentioned.length === 0 ? [] : [`Images in the ${config} config: ${mentioned.slice(0, 10).join(', ')}`];
  return [
    `Image not used in any ${config} config:\n    ✕ ${names.join('\n    ✕ ')}`,
    ...near,
    `Skipping ${names.length === 1 ? 'this image build' : 'these image builds'}. If this is on purpose, say so with ` +
      `update_settings(${setting})`,
  ].join('\n');
}

/** References as people write them, for warnings. */
export function mentionedImages(references: Iterable<ImageReference>): readonly string[] {
  return [...new Set([...references].map(familiarReference))];
}
