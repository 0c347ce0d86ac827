import type { ComposeProjectDeclaration, ComposeServiceDeclaration, Declarations } from '../declarations.ts';
import type { ComposeBuild } from '../model/compose.ts';
import type { ImageReference } from '../model/image-reference.ts';
import type { ComposeResource } from '../model/resource.ts';
import { isRestartingEntrypoint } from '../model/restart-process.ts';
import { composeBuildFiles } from './compose-build-files.ts';
import { ComposeBuilds } from './compose-builds.ts';
import { type IndexedImage, isOnlyLiveUpdate } from './image-index.ts';
import { imagesOf, type ResourceContext } from './kubernetes-resources.ts';
import { linkOf } from './link.ts';
import { triggerOf } from './trigger.ts';

/** The services of all projects as resources, each with the image that it runs. */
export function composeResources(declarations: Declarations, context: ResourceContext): readonly ComposeResource[] {
  const builds = new ComposeBuilds(context.index);
  const resources: ComposeResource[] = [];
  for (const project of declarations.composeProjects.values()) {
    for (const service of project.services) resources.push(composeResource(service, project, builds, context));
  }
  const [first] = resources;
  if (first && declarations.defaultRegistry) {
    const message = 'default_registry is not supported with docker compose';
    context.failures.push({ message, position: first.position });
  }
  return resources;
}

/** The names of the resources of services. */
export function composeNames(declarations: Declarations): readonly string[] {
  return [...declarations.composeProjects.values()].flatMap(({ services }) => services.map(({ name }) => name));
}

/** The images that services name. */
export function composeReferences(declarations: Declarations): readonly ImageReference[] {
  return [...declarations.composeProjects.values()].flatMap(({ services }) => services.map(referenceOf));
}

function composeResource(
  service: ComposeServiceDeclaration,
  { project, position }: ComposeProjectDeclaration,
  builds: ComposeBuilds,
  context: ResourceContext,
): ComposeResource {
  const { name, options } = service;
  const own = context.index.find(referenceOf(service));
  const images = own ? imagesOf({ name, position }, [own], context) : [];
  refuseEntrypoint(images.length === 0 ? undefined : own, context, position);
  const build = own ? undefined : builds.buildFor(service, referenceOf(service));
  return {
    kind: 'compose',
    name,
    labels: [...options.labels],
    links: options.links.map(linkOf),
    resourceDeps: options.resourceDeps,
    trigger: triggerOf(options.triggerMode, context.triggerForAll, options.autoInit ?? true),
    position,
    project,
    service: service.service,
    yaml: service.yaml,
    runs: service.runs,
    images,
    deployedImages: own && !isOnlyLiveUpdate(own) ? [own.ref] : [],
    build,
    ...watched(build, position, context),
    publishedPorts: service.publishedPorts,
    replicas: service.replicas,
    runsToEnd: service.runsToEnd,
    inferLinks: options.inferLinks ?? true,
    ...options.limits,
  };
}

/** The image that the script names for the service, else the one in its Compose file. */
function referenceOf({ image, options }: ComposeServiceDeclaration): ImageReference {
  return options.image ?? image;
}

function watched(
  build: ComposeBuild | undefined,
  position: ComposeResource['position'],
  context: ResourceContext,
): Pick<ComposeResource, 'watchPaths' | 'ignores'> {
  if (build === undefined) return { watchPaths: [], ignores: [] };
  const ignores = composeBuildFiles(build, position, context);
  return { watchPaths: build.context === '' ? [] : [build.context], ignores };
}

function refuseEntrypoint(
  image: IndexedImage | undefined,
  { failures }: ResourceContext,
  position: ComposeResource['position'],
): void {
  const replaces = ({ declaration, dependsOn }: IndexedImage): boolean =>
    (declaration.entrypoint.length > 0 && !isInImage(declaration)) || dependsOn.some(replaces);
  if (image === undefined || !replaces(image)) return;
  const message = isRestartingEntrypoint(image.declaration.entrypoint)
    ? 'custom_build.restart_process is not supported for Docker Compose resources: end the live update with restart_container() instead'
    : 'docker_build/custom_build.entrypoint not supported for Docker Compose resources';
  failures.push({ message, position });
}

/** Whether the image itself says it, so that Compose need not. */
function isInImage({ kind, entrypoint }: IndexedImage['declaration']): boolean {
  return kind === 'docker' && isRestartingEntrypoint(entrypoint);
}
