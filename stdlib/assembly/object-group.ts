import type { CustomDeployDeclaration, ResourceLimits, TriggerMode } from '../declarations.ts';
import { fullReference, type ImageReference } from '../model/image-reference.ts';
import type { KubernetesObject, LabelSelector, PodReadiness } from '../model/kubernetes.ts';
import type { Link } from '../model/link.ts';
import type { PortForward } from '../model/port-forward.ts';
import type { SourcePosition } from '../model/position.ts';

/** A Kubernetes resource while it is put together. */
export interface ObjectGroup {
  name: string;
  readonly objects: KubernetesObject[];
  /** By full form, in order of first use. */
  readonly images: Map<string, ImageReference>;
  /** It was made by k8s_resource out of objects that are no workloads. */
  readonly isManual: boolean;
  /** Commands that deploy it; its objects are not applied then. */
  readonly customDeploy: CustomDeployDeclaration | undefined;
  readonly position: SourcePosition;
  readonly portForwards: PortForward[];
  readonly extraPodSelectors: LabelSelector[];
  readonly resourceDeps: string[];
  readonly links: Link[];
  readonly labels: Set<string>;
  triggerMode: TriggerMode | undefined;
  autoInit: boolean;
  podReadiness: PodReadiness | undefined;
  discoveryStrategy: string;
  limits: ResourceLimits;
}

export interface GroupOrigin {
  readonly isManual?: boolean;
  readonly customDeploy?: CustomDeployDeclaration;
}

export function newGroup(name: string, position: SourcePosition, origin: GroupOrigin = {}): ObjectGroup {
  return {
    name,
    objects: [],
    images: new Map(),
    isManual: origin.isManual ?? false,
    customDeploy: origin.customDeploy,
    position,
    portForwards: [],
    extraPodSelectors: [],
    resourceDeps: [],
    links: [],
    labels: new Set(),
    triggerMode: undefined,
    autoInit: true,
    podReadiness: undefined,
    discoveryStrategy: '',
    limits: {},
  };
}

export function addImages(group: ObjectGroup, references: readonly ImageReference[]): void {
  for (const reference of references) {
    const key = fullReference(reference);
    if (!group.images.has(key)) group.images.set(key, reference);
  }
}

/** The groups of a Tiltfile and what is in none of them yet. Names are unique among all resources. */
export class GroupSet {
  /** In order of creation. */
  readonly groups: ObjectGroup[] = [];
  readonly byName = new Map<string, ObjectGroup>();
  /** Objects that belong to no group, in order. */
  readonly rest = new Set<KubernetesObject>();
  readonly #localNames: ReadonlySet<string>;
  readonly #composeNames: ReadonlySet<string>;

  constructor(localNames: ReadonlySet<string>, composeNames: ReadonlySet<string>) {
    this.#localNames = localNames;
    this.#composeNames = composeNames;
  }

  /** Says who has a name already. */
  conflict(name: string): string | undefined {
    if (this.byName.has(name)) return `k8s_resource named ${JSON.stringify(name)} already exists`;
    if (this.#localNames.has(name)) return `local_resource named ${JSON.stringify(name)} already exists`;
    if (this.#composeNames.has(name)) return `dc_resource named ${JSON.stringify(name)} already exists`;
    return undefined;
  }

  add(group: ObjectGroup): void {
    this.groups.push(group);
    this.byName.set(group.name, group);
  }

  rename(group: ObjectGroup, name: string): void {
    this.byName.delete(group.name);
    group.name = name;
    this.byName.set(name, group);
  }

  /** Moves an object out of the rest. */
  take(object: KubernetesObject, group: ObjectGroup): void {
    this.rest.delete(object);
    group.objects.push(object);
  }
}
