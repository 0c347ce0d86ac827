import path from 'node:path';
import type { Declarations } from '../declarations.ts';
import type { Graph } from '../model/graph.ts';
import type { IgnoreRule } from '../model/ignore.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { SourcePosition } from '../model/position.ts';
import type { KubernetesResource, Resource } from '../model/resource.ts';
import { nameProblem } from '../schema/resource-types.ts';
import { composeNames, composeReferences, composeResources } from './compose-resources.ts';
import { groupCustomDeploys } from './custom-deploys.ts';
import { checkDependencies } from './dependencies.ts';
import { enabledResources } from './enabled.ts';
import type { AssemblyFailure } from './failure.ts';
import { groupWorkloads } from './group-workloads.ts';
import { ignorePatterns } from './ignore-file.ts';
import { indexImages } from './image-index.ts';
import { kindRules } from './kind-rule.ts';
import {
  kubernetesResource,
  mentionedImages,
  type ResourceContext,
  uncategorized,
  unusedImageWarning,
} from './kubernetes-resources.ts';
import { checkLiveUpdates, checkUnusedSteps } from './live-updates.ts';
import { localResource } from './local-resources.ts';
import { GroupSet, type ObjectGroup } from './object-group.ts';
import { imageFinder } from './object-images.ts';
import { type PlacedObject, placedObject } from './placed-object.ts';
import type { ProjectFiles } from './project-files.ts';
import { applyResourceOptions } from './resource-options.ts';
import { settingsOf } from './settings.ts';

export interface AssemblyInput {
  readonly declarations: Declarations;
  /** Absolute path of the main Tiltfile. */
  readonly mainFile: string;
  /** Names of the resources to run; an empty list means all. */
  readonly enabledNames: readonly string[] | 'none';
  readonly files: ProjectFiles;
  /** Says why nothing may be deployed to the cluster at hand. Asked only when there is something to deploy. */
  readonly whyNotDeploy: () => string | undefined;
  /** The script's own way to name workloads, if it gave one; it throws what the script throws. */
  readonly nameWorkloads: ((workloads: readonly KubernetesObject[]) => readonly string[]) | undefined;
}

export type Assembled =
  | { readonly ok: true; readonly graph: Graph; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly failures: readonly AssemblyFailure[] };

/** Puts together what a Tiltfile declared: all of the graph, or all reasons why there is none. */
export function assemble(input: AssemblyInput): Assembled {
  const { declarations, files, mainFile } = input;
  const failures: AssemblyFailure[] = [];
  const warnings: string[] = [];
  const settings = settingsOf(declarations);
  const tiltignore = readTiltignore(mainFile, files, failures);
  const context: ResourceContext = {
    index: indexImages(declarations.images, failures),
    kinds: kindRules(declarations.kinds),
    files,
    triggerForAll: declarations.triggerMode?.mode,
    lookedAt: new Set(),
    used: new Set(),
    made: new Map(),
    failures,
    objectFiles: declarations.objectFiles,
  };
  const kubernetes = kubernetesResources(input, context);
  const services = composeResources(declarations, context);
  checkUnusedSteps(declarations, failures);
  checkLiveUpdates([...kubernetes.workloads, ...services], failures);
  warnAboutUnusedImages(
    declarations,
    context,
    settings.update.suppressUnusedImageWarnings,
    kubernetes.groups,
    warnings,
  );
  const locals = declarations.localResources.map((local) => localResource(local, context.triggerForAll, files));
  const all: readonly Resource[] = [...kubernetes.workloads, ...services, ...locals, ...kubernetes.rest];
  const resources = checkDependencies(all, failures, warnings);
  const enabled = failures.length === 0 ? enabledResources(resources, input.enabledNames, failures) : [];
  if (failures.length > 0) return { ok: false, failures };
  const graph: Graph = {
    resources,
    enabled,
    settings,
    cluster: { allowedContexts: declarations.allowedContexts, defaultRegistry: declarations.defaultRegistry },
    configFiles: [...new Set([mainFile, tiltignorePath(mainFile), ...context.lookedAt])].sort(),
    globalIgnores: [...tiltignore, ...declarations.program.watchIgnores],
    apiObjects: [...declarations.apiObjects.values()],
  };
  return { ok: true, graph, warnings };
}

interface KubernetesResources {
  readonly workloads: readonly KubernetesResource[];
  /** The objects of no other resource, which are listed after everything else. */
  readonly rest: readonly KubernetesResource[];
  readonly groups: readonly ObjectGroup[];
}

function kubernetesResources(
  { declarations, whyNotDeploy, nameWorkloads }: AssemblyInput,
  context: ResourceContext,
): KubernetesResources {
  const { failures, kinds } = context;
  const objects = declarations.kubernetesObjects.map(placedObject);
  const groups = new GroupSet(
    new Set(declarations.localResources.map(({ name }) => name)),
    new Set(composeNames(declarations)),
  );
  groupCustomDeploys(declarations.customDeploys, context.index, groups, failures);
  groupWorkloads(objects, { kinds, findImages: imageFinder(context.index, kinds), nameWorkloads }, groups, failures);
  // Options for what could not be grouped would only fail because of that.
  if (failures.length === 0) applyResourceOptions(declarations.kubernetesResources, groups, failures);
  const workloads = groups.groups.map((group) => kubernetesResource(group, context));
  checkNames(workloads, failures);
  const deploysAnything = objects.length > 0 || groups.groups.length > 0;
  if (deploysAnything && failures.length === 0) {
    const refusal = whyNotDeploy();
    if (refusal !== undefined) failures.push({ message: refusal, position: undefined });
  }
  if (groups.rest.size === 0) return { workloads, rest: [], groups: groups.groups };
  const rest = uncategorized([...groups.rest], positionOfFirst(objects, groups.rest), declarations.objectFiles);
  return { workloads, rest: [rest], groups: groups.groups };
}

function warnAboutUnusedImages(
  declarations: Declarations,
  context: ResourceContext,
  suppressed: readonly string[],
  groups: readonly ObjectGroup[],
  warnings: string[],
): void {
  const references = [...groups.flatMap(({ images }) => [...images.values()]), ...composeReferences(declarations)];
  const warning = unusedImageWarning(
    context,
    suppressed,
    deploymentsOf(declarations, groups),
    mentionedImages(references),
  );
  if (warning !== undefined) warnings.push(warning);
}

function deploymentsOf(
  declarations: Declarations,
  groups: readonly ObjectGroup[],
): 'nothing' | 'no images' | 'images' | 'services' {
  if (declarations.kubernetesObjects.length > 0 && groups.length === 0) return 'no images';
  if (composeNames(declarations).length > 0) return 'services';
  return groups.length === 0 ? 'nothing' : 'images';
}

/** Names that the Tiltfile's own function gave, and those of objects, become parts of paths as all others do. */
function checkNames(resources: readonly KubernetesResource[], failures: AssemblyFailure[]): void {
  for (const { name, position } of resources) {
    const problem = name === '' ? 'A resource has an empty name.' : nameProblem(name);
    if (problem !== undefined) failures.push({ message: problem, position });
  }
}

function positionOfFirst(objects: readonly PlacedObject[], rest: ReadonlySet<KubernetesObject>): SourcePosition {
  const placed = objects.find(({ object }) => rest.has(object));
  if (!placed) throw new Error('the rest of the objects holds one that was not declared');
  return placed.position;
}

function tiltignorePath(mainFile: string): string {
  return path.join(path.dirname(mainFile), '.tiltignore');
}

function readTiltignore(mainFile: string, files: ProjectFiles, failures: AssemblyFailure[]): readonly IgnoreRule[] {
  const file = tiltignorePath(mainFile);
  const read = files.readOwn(file);
  if (!read.ok) {
    failures.push({ message: `Cannot read "${file}": ${read.message}`, position: undefined });
    return [];
  }
  if (read.text === undefined) return [];
  return [{ basePath: path.dirname(file), patterns: ignorePatterns(read.text), source: file }];
}
