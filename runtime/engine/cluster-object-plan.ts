import type { PortForward } from '../../stdlib/model/port-forward.ts';
import { apiKey, type OwnObject, objectName, ownObjects } from '../state/api-state.ts';
import type { BuiltImage } from '../state/built-image.ts';
import type { Deployed } from '../state/deployed.ts';
import { isDisabled } from '../state/disable-source.ts';
import { type Fields, record, strings, text } from '../state/fields.ts';
import type { State } from '../state/state.ts';
import { forwardsOf, resourceOf, watched } from './cluster-object-spec.ts';
import { lastTrigger } from './command-plan.ts';
import { readDuration } from './duration.ts';
import type { DeployRequest, FollowedResource, PodName } from './ports.ts';

// What the objects of the API that somebody made ask for in the cluster.

const APPLY_MS = 30_000;

export type PlannedApply =
  | {
      readonly kind: 'apply';
      readonly name: string;
      /** Another one means: apply it again. */
      readonly run: string;
      readonly request: DeployRequest;
    }
  /** Not yet: an image that it names is not built. */
  | { readonly kind: 'wait'; readonly name: string }
  | { readonly kind: 'off'; readonly name: string };

/** Pods to find and to follow. */
export interface PlannedDiscovery {
  readonly name: string;
  /** Another one means: look for them anew. */
  readonly key: string;
  readonly resource: FollowedResource;
  readonly deployed: Deployed;
}

export interface PlannedForward {
  /** `apiKey` of the object that declares it. */
  readonly owner: string;
  readonly index: number;
  readonly forward: PortForward;
  readonly to: { readonly pod: PodName } | { readonly discovery: PlannedDiscovery };
}

/** Whether one of the objects of the API that somebody made is for the cluster. */
export function usesCluster({ api }: State): boolean {
  let uses = known.get(api.objects);
  if (uses === undefined) {
    uses = [...api.objects.values()].some(({ resource }) => FOR_CLUSTER.has(resource));
    known.set(api.objects, uses);
  }
  return uses;
}

const known = new WeakMap<State['api']['objects'], boolean>();

const FOR_CLUSTER = new Set(['kubernetesapplys', 'kubernetesdiscoveries', 'portforwards']);

export function plannedApplies(state: State): readonly PlannedApply[] {
  return [...ownObjects(state.api, 'kubernetesapplys')]
    .filter(({ name }) => !isOfResource(name, state))
    .map((object) => applyOf(object, state));
}

function applyOf(object: OwnObject, state: State): PlannedApply {
  const { name } = object;
  const spec = record(object.body.spec);
  if (isDisabled(record(spec.disableSource), state)) return { kind: 'off', name };
  const wanted = imagesOf(spec, state);
  if (wanted === undefined) return { kind: 'wait', name };
  const trigger = lastTrigger({ restartOn: spec.restartOn }, object, state);
  const timeoutMs = (typeof spec.timeout === 'string' ? readDuration(spec.timeout) : undefined) || APPLY_MS;
  const { yaml, applyCmd, deleteCmd, imageLocators, serverSideApply } = spec;
  const inputs = [yaml, applyCmd, deleteCmd, imageLocators, serverSideApply, spec.timeout];
  return {
    kind: 'apply',
    name,
    run: JSON.stringify([inputs, wanted.built.map(({ clusterRef }) => clusterRef), trigger?.at, trigger?.stamp]),
    request: {
      resource: resourceOf(object, wanted.images),
      images: wanted.built,
      timeoutMs,
      ...(typeof yaml === 'string' && { yaml }),
      ...(typeof serverSideApply === 'boolean' && { serverSideApply: String(serverSideApply) }),
    },
  };
}

/** The images of the graph that stand behind its image maps; `undefined` while one of them is not built. */
function imagesOf({ imageMaps }: Fields, state: State) {
  const names = strings(imageMaps);
  const declared = new Map(
    (names.length === 0 ? [] : (state.graph?.resources ?? [])).flatMap((resource) =>
      resource.kind === 'local' ? [] : resource.images.map((image) => [objectName(image.ref), image] as const),
    ),
  );
  const images = names.flatMap((name) => declared.get(name) ?? []);
  const built: readonly BuiltImage[] = images.flatMap(({ ref }) => state.images.get(ref)?.built ?? []);
  return built.length === names.length ? { images, built } : undefined;
}

/** What is followed in the cluster: what was applied, and what is only looked for. One of each name. */
export function plannedDiscoveries(state: State): readonly PlannedDiscovery[] {
  const planned = new Map<string, PlannedDiscovery>();
  for (const object of ownObjects(state.api, 'kubernetesapplys')) {
    const deployed = state.api.applies.get(object.name)?.deployed;
    const isOff = isDisabled(record(record(object.body.spec).disableSource), state);
    if (deployed !== undefined && !isOff) add(object, resourceOf(object), deployed);
  }
  for (const object of ownObjects(state.api, 'kubernetesdiscoveries')) {
    const spec = record(object.body.spec);
    if (state.cluster.kind !== 'connected') continue;
    add(object, resourceOf(object), { resource: object.name, objects: watched(spec, state.cluster.info.namespace) });
  }
  return [...planned.values()];

  function add({ name }: OwnObject, resource: FollowedResource, deployed: Deployed): void {
    if (planned.has(name) || isOfResource(name, state)) return;
    const { podSelectors, logContainers, discoveryStrategy } = resource;
    const key = JSON.stringify([deployed.objects, podSelectors, logContainers, discoveryStrategy]);
    planned.set(name, { name, key, resource, deployed });
  }
}

export function plannedForwards(state: State, discoveries: readonly PlannedDiscovery[]): readonly PlannedForward[] {
  const planned: PlannedForward[] = [];
  for (const discovery of discoveries) {
    const owner = apiKey('kubernetesdiscoveries', discovery.name);
    for (const [index, forward] of discovery.resource.portForwards.entries()) {
      planned.push({ owner, index, forward, to: { discovery } });
    }
  }
  if (state.cluster.kind !== 'connected') return planned;
  for (const { name, body } of ownObjects(state.api, 'portforwards')) {
    const spec = record(body.spec);
    const pod = { name: text(spec.podName), namespace: text(spec.namespace) || state.cluster.info.namespace };
    for (const [index, forward] of forwardsOf(spec).entries()) {
      planned.push({ owner: apiKey('portforwards', name), index, forward, to: { pod } });
    }
  }
  return planned;
}

/** An object that a resource has by itself wins over one of the same name. */
function isOfResource(name: string, { graph }: State): boolean {
  return graph?.resources.some((resource) => resource.kind === 'kubernetes' && resource.name === name) ?? false;
}
