import type { KubernetesObject } from '../model/kubernetes.ts';
import { podTemplateLabels } from '../model/pod-spec.ts';
import type { SourcePosition } from '../model/position.ts';
import type { AssemblyFailure } from './failure.ts';
import type { KindRule } from './kind-rule.ts';
import { addImages, type GroupSet, newGroup, type ObjectGroup } from './object-group.ts';
import type { FoundImages, ImageFinder } from './object-images.ts';
import { uniqueNames, workloadId } from './object-name.ts';
import type { PlacedObject } from './placed-object.ts';
import { ServiceIndex } from './service-index.ts';

export interface WorkloadRules {
  readonly kinds: readonly KindRule[];
  readonly findImages: ImageFinder;
  /** Names the workloads. Throws where the script's own function does. */
  readonly nameWorkloads: ((workloads: readonly KubernetesObject[]) => readonly string[]) | undefined;
}

interface Workload extends PlacedObject {
  readonly images: FoundImages;
}

/**
 * Makes a group of every workload: whatever runs images, is of a declared kind, or makes pods from a template.
 * The Services that select its pods join it; what is left is the rest of `groups`.
 */
export function groupWorkloads(
  objects: readonly PlacedObject[],
  rules: WorkloadRules,
  groups: GroupSet,
  failures: AssemblyFailure[],
): void {
  const workloads: Workload[] = [];
  const services = new ServiceIndex();
  const templates: PlacedObject[] = [];
  for (const placed of objects) {
    const { object, position } = placed;
    const images = rules.findImages(object);
    if (rules.kinds.some((kind) => kind.matches(object))) {
      workloads.push({ ...placed, images });
      continue;
    }
    if (!images.ok) {
      failures.push({ message: `finding images in ${object.name}: ${images.message}`, position });
    } else if (images.references.length > 0) {
      workloads.push({ ...placed, images });
    } else {
      groups.rest.add(object);
      services.add(object);
      if (podTemplateLabels(object)) templates.push(placed);
    }
  }
  const all = workloads.map(({ object }) => object);
  const names = rules.nameWorkloads ? rules.nameWorkloads(all) : uniqueNames(all);
  workloads.forEach((workload, place) => {
    const group = makeGroup(names[place] ?? workload.object.name, workload, groups, failures);
    if (!group) return;
    join(workload.object, group, groups, services);
  });
  for (const { object, position } of templates) {
    const group = groups.byName.get(object.name) ?? makeNamed(object, position, groups, failures);
    if (group) join(object, group, groups, services);
  }
}

function makeGroup(
  name: string,
  { object, images, position }: Workload,
  groups: GroupSet,
  failures: AssemblyFailure[],
): ObjectGroup | undefined {
  if (object.name === '') {
    failures.push({ message: namelessMessage(object), position });
    return undefined;
  }
  const conflict = groups.conflict(name);
  if (conflict) {
    failures.push({ message: `error making resource for workload ${workloadId(object)}: ${conflict}`, position });
    return undefined;
  }
  const group = newGroup(name, position);
  groups.add(group);
  if (images.ok) addImages(group, images.references);
  else failures.push({ message: `finding image in ${object.kind}/${object.name}: ${images.message}`, position });
  return group;
}

function makeNamed(
  object: KubernetesObject,
  position: SourcePosition,
  groups: GroupSet,
  failures: AssemblyFailure[],
): ObjectGroup | undefined {
  const conflict = object.name === '' ? namelessMessage(object) : groups.conflict(object.name);
  if (conflict) {
    failures.push({ message: conflict, position });
    return undefined;
  }
  const group = newGroup(object.name, position);
  groups.add(group);
  return group;
}

function join(workload: KubernetesObject, group: ObjectGroup, groups: GroupSet, services: ServiceIndex): void {
  groups.take(workload, group);
  const labels = podTemplateLabels(workload);
  if (!labels) return;
  for (const service of services.takeFor(workload, labels)) groups.take(service, group);
}

function namelessMessage({ kind }: KubernetesObject): string {
  return `A ${kind} has no metadata.name, after which its resource could be named. Give it one, also where generateName would do.`;
}
