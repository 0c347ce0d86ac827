import type { ComposeResource, KubernetesResource, Resource } from '../../stdlib/model/resource.ts';
import type { DeployedObject } from '../state/deployed.ts';
import type { ResourceState, State } from '../state/state.ts';

/**
 * The objects in the cluster that nothing declares any more after a change from one state to the next: of resources that
 * left, and those that an update did not apply again. What another resource declares now stays.
 */
export function leftovers(before: State, after: State, changed: readonly ResourceState[]): readonly DeployedObject[] {
  const candidates: DeployedObject[] = [];
  if (!after.resources.related(before.resources)) {
    for (const row of before.resources) {
      const kept = after.resources.get(row.resource.name);
      if (isByCommand(row.resource)) continue;
      if (kept === undefined || kept.resource.kind !== row.resource.kind) {
        candidates.push(...(row.succeeded?.deployed?.objects ?? []));
      }
    }
  }
  for (const row of changed) {
    const now = row.succeeded?.deployed;
    const old = before.resources.get(row.resource.name)?.succeeded?.deployed;
    if (now === undefined || old === undefined || now === old || isByCommand(row.resource)) continue;
    const applied = new Set(now.objects.map(identity));
    candidates.push(...old.objects.filter((object) => !applied.has(identity(object))));
  }
  return candidates.filter((object) => !isDeclared(object, after) && !isLivedIn(object, after));
}

/** Whether it is a namespace that holds something declared, which would go with it. */
function isLivedIn({ kind, name, apiVersion }: DeployedObject, state: State): boolean {
  if (kind !== 'Namespace' || apiVersion !== 'v1') return false;
  for (const { resource, succeeded } of state.resources) {
    if (resource.kind !== 'kubernetes') continue;
    const objects = [...resource.objects, ...(succeeded?.deployed?.objects ?? [])];
    if (objects.some(({ namespace }) => namespace === name)) return true;
  }
  return false;
}

/** The services of Compose that were brought up and that nothing declares any more. */
export function leftServices(before: State, after: State): readonly ComposeResource[] {
  const left: ComposeResource[] = [];
  for (const { resource, succeeded } of before.resources) {
    if (resource.kind === 'compose' && succeeded !== undefined && !declaresService(resource, after))
      left.push(resource);
  }
  return left;
}

function declaresService({ project, service }: ComposeResource, state: State): boolean {
  for (const { resource } of state.resources) {
    if (resource.kind === 'compose' && resource.service === service && resource.project.name === project.name)
      return true;
  }
  return false;
}

/** Custom deploys that left: their own commands take away what they brought. */
export function leftCustomDeploys(before: State, after: State): readonly KubernetesResource[] {
  if (after.resources.related(before.resources)) return [];
  return [...before.resources].flatMap(({ resource, succeeded }) => {
    const isLeft = isByCommand(resource) && succeeded?.deployed !== undefined && !after.resources.has(resource.name);
    return isLeft ? [resource] : [];
  });
}

function isByCommand(resource: Resource): resource is KubernetesResource {
  return resource.kind === 'kubernetes' && resource.customDeploy !== undefined;
}

/** Whether an enabled resource declares the object; an object without a namespace may be the one in any. */
export function isDeclared(object: DeployedObject, state: State): boolean {
  for (const { resource } of state.resources) if (declares(resource, object)) return true;
  return false;
}

function declares(resource: Resource, object: DeployedObject): boolean {
  if (resource.kind !== 'kubernetes') return false;
  return resource.objects.some(
    (declared) =>
      declared.name === object.name &&
      declared.kind === object.kind &&
      group(declared.apiVersion) === group(object.apiVersion) &&
      (declared.namespace === '' || declared.namespace === object.namespace),
  );
}

function identity(object: DeployedObject): string {
  return [group(object.apiVersion), object.kind, object.namespace, object.name].join('/');
}

function group(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
