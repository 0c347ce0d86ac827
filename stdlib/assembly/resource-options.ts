import type { KubernetesResourceDeclaration } from '../declarations.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { type AssemblyFailure, quotedList } from './failure.ts';
import { linkOf } from './link.ts';
import { type GroupSet, newGroup, type ObjectGroup } from './object-group.ts';
import { fullName, parseFragment, possibleNames } from './object-name.ts';

/** Applies the calls of k8s_resource, in order. Several calls for one resource add up. */
export function applyResourceOptions(
  options: readonly KubernetesResourceDeclaration[],
  groups: GroupSet,
  failures: AssemblyFailure[],
): void {
  const isNeeded = options.some((one) => one.objects.length > 0);
  const named = nameObjects(isNeeded ? [...groups.groups.flatMap((group) => group.objects), ...groups.rest] : []);
  for (const one of options) {
    const group = groupFor(one, groups, failures);
    if (!group) continue;
    addOptions(group, one);
    renameGroup(group, one, groups, failures);
    for (const fragment of one.objects) {
      const found = findObject(fragment, groups, named);
      if (found.ok) groups.take(found.object, group);
      else failures.push({ message: found.message, position: one.position });
    }
  }
}

function groupFor(
  one: KubernetesResourceDeclaration,
  groups: GroupSet,
  failures: AssemblyFailure[],
): ObjectGroup | undefined {
  if (one.workload !== '') {
    const found = groups.byName.get(one.workload);
    if (found) return found;
    const known = [...groups.byName.keys()].join(', ');
    const message = `k8s_resource specified unknown resource ${JSON.stringify(one.workload)}. known k8s resources: ${known}`;
    failures.push({ message, position: one.position });
    return undefined;
  }
  const conflict = groups.conflict(one.newName);
  if (conflict) {
    failures.push({ message: conflict, position: one.position });
    return undefined;
  }
  const group = newGroup(one.newName, one.position, { isManual: true });
  groups.add(group);
  return group;
}

function addOptions(group: ObjectGroup, one: KubernetesResourceDeclaration): void {
  group.extraPodSelectors.push(...one.extraPodSelectors);
  group.portForwards.push(...one.portForwards);
  group.resourceDeps.push(...one.resourceDeps);
  group.links.push(...one.links.map(linkOf));
  for (const label of one.labels) group.labels.add(label);
  group.podReadiness = one.podReadiness ?? group.podReadiness;
  group.discoveryStrategy = one.discoveryStrategy || group.discoveryStrategy;
  group.triggerMode = one.triggerMode ?? group.triggerMode;
  group.limits = { ...group.limits, ...one.limits };
  group.autoInit = one.autoInit ?? group.autoInit;
}

function renameGroup(
  group: ObjectGroup,
  one: KubernetesResourceDeclaration,
  groups: GroupSet,
  failures: AssemblyFailure[],
): void {
  if (one.newName === '' || one.newName === group.name) return;
  const conflict = groups.conflict(one.newName);
  if (conflict) {
    const message = `k8s_resource specified to rename "${group.name}" to "${one.newName}": ${conflict}`;
    failures.push({ message, position: one.position });
  } else {
    groups.rename(group, one.newName);
  }
}

type FoundObject =
  | { readonly ok: true; readonly object: KubernetesObject }
  | { readonly ok: false; readonly message: string };

function findObject(fragment: string, groups: GroupSet, named: NamedObjects): FoundObject {
  const refuse = (message: string): FoundObject => ({ ok: false, message });
  const quoted = JSON.stringify(fragment);
  const parsed = parseFragment(fragment);
  if (!parsed.ok) return refuse(`Error making selector from string ${quoted}: ${parsed.message}`);
  const matching = named.byFragment.get(fragment.toLowerCase()) ?? [];
  if (matching.length === 0) {
    const possible = quotedList(named.all.map(fullName));
    return refuse(`No object identified by the fragment ${quoted} could be found. Possible objects are: ${possible}`);
  }
  if (matching.length > 1) {
    const which = quotedList(matching.map(fullName));
    return refuse(`${quoted} is not a unique fragment. Objects that match ${quoted} are ${which}`);
  }
  const object = [...groups.rest].find(parsed.matches);
  if (object) return { ok: true, object };
  const left = quotedList([...groups.rest].map(fullName));
  const what = `No object identified by the fragment ${quoted} could be found in remaining YAML.`;
  return refuse(`${what} Valid remaining fragments are: ${left}`);
}

interface NamedObjects {
  readonly all: readonly KubernetesObject[];
  readonly byFragment: ReadonlyMap<string, readonly KubernetesObject[]>;
}

function nameObjects(all: readonly KubernetesObject[]): NamedObjects {
  const byFragment = new Map<string, KubernetesObject[]>();
  for (const object of all) {
    for (const name of possibleNames(object)) {
      const known = byFragment.get(name);
      if (known) known.push(object);
      else byFragment.set(name, [object]);
    }
  }
  return { all, byFragment };
}
