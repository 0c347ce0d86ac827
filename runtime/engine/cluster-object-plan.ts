import type { Command } from '../../stdlib/model/command.ts';
import type { CustomDeploy } from '../../stdlib/model/custom-deploy.ts';
import type { ImageLocator } from '../../stdlib/model/image-locator.ts';
import type { Json, LabelCondition, LabelSelector, PodSelector } from '../../stdlib/model/kubernetes.ts';
import type { PortForward } from '../../stdlib/model/port-forward.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import { apiKey, type OwnObject, objectName, ownObjects } from '../state/api-state.ts';
import type { BuiltImage } from '../state/built-image.ts';
import type { Deployed, DeployedObject } from '../state/deployed.ts';
import { isDisabled } from '../state/disable-source.ts';
import { type Fields, record, strings } from '../state/fields.ts';
import type { State } from '../state/state.ts';
import { lastTrigger } from './command-plan.ts';
import { readDuration } from './duration.ts';
import type { DeployRequest, FollowedResource, LogContainers, PodName } from './ports.ts';

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

/** What takes away what an apply by command brought; nothing where no command does. */
export function undeployOf(object: OwnObject): KubernetesResource | undefined {
  const { deleteCmd } = record(object.body.spec);
  return isThere(deleteCmd) ? resourceOf(object) : undefined;
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

/** Of no kind that this program labels: their pods may be anybody's. */
const UNKNOWN = { apiVersion: 'tilt.dev/watch', kind: '' };

/** Without a uid nothing is owned: only the namespace counts. */
function watched({ watches }: Fields, fallback: string): readonly DeployedObject[] {
  const refs = Array.isArray(watches) ? watches.map(record) : [];
  if (refs.length === 0) return [{ ...UNKNOWN, name: '', namespace: fallback, uid: '' }];
  return refs.map(({ name, namespace, uid }) => ({
    ...UNKNOWN,
    name: text(name),
    namespace: text(namespace),
    uid: text(uid),
  }));
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

function resourceOf({ name, body }: OwnObject, images: KubernetesResource['images'] = []): FollowedResource {
  const spec = record(body.spec);
  const { applyCmd, deleteCmd, discoveryStrategy, podLogStreamTemplateSpec } = spec;
  const selectors = record(spec.kubernetesDiscoveryTemplateSpec).extraSelectors ?? spec.extraSelectors;
  const customDeploy: CustomDeploy | undefined = !isThere(applyCmd)
    ? undefined
    : { apply: commandOf(record(applyCmd)), delete: commandOf(record(deleteCmd)), watchPaths: [], ignores: [] };
  return {
    kind: 'kubernetes',
    name,
    labels: [],
    links: [],
    resourceDeps: [],
    trigger: { onChange: false, atStart: true },
    position: { file: '', line: 0, column: 0 },
    objects: [],
    images,
    deployedImages: images.map(({ ref }) => ref),
    ...(customDeploy && { customDeploy }),
    imageLocators: locatorsOf(spec),
    portForwards: forwardsOf(record(spec.portForwardTemplateSpec)),
    // How it does is not judged: its pods are shown.
    podReadiness: 'ignore',
    extraPodSelectors: [],
    podSelectors: selectorsOf(selectors),
    ...(isThere(podLogStreamTemplateSpec) && { logContainers: logsOf(record(podLogStreamTemplateSpec)) }),
    ...(typeof discoveryStrategy === 'string' && { discoveryStrategy }),
    displayNames: [],
  };
}

function selectorsOf(selectors: Json | undefined): readonly PodSelector[] {
  if (!Array.isArray(selectors)) return [];
  return selectors.map(record).map(({ matchLabels, matchExpressions }) => ({
    labels: record(matchLabels) as LabelSelector,
    conditions: Array.isArray(matchExpressions)
      ? matchExpressions.map(record).map(({ key, operator, values }) => ({
          key: text(key),
          operator: text(operator) as LabelCondition['operator'],
          values: strings(values),
        }))
      : [],
  }));
}

function logsOf({ onlyContainers, ignoreContainers }: Fields): LogContainers {
  return { only: strings(onlyContainers), ignore: strings(ignoreContainers) };
}

function commandOf({ args, dir, env }: Fields): Command {
  return { argv: strings(args), dir: text(dir), env: strings(env) };
}

function locatorsOf({ imageLocators }: Fields): readonly ImageLocator[] {
  if (!Array.isArray(imageLocators)) return [];
  return imageLocators.map(record).map(({ objectSelector, path, object }) => {
    const { apiVersionRegexp, kindRegexp, nameRegexp, namespaceRegexp } = record(objectSelector);
    const { repoField, tagField } = record(object);
    return {
      selector: {
        apiVersion: text(apiVersionRegexp),
        kind: text(kindRegexp),
        name: text(nameRegexp),
        namespace: text(namespaceRegexp),
      },
      path: text(path),
      ...(isThere(object) && { object: { repoField: text(repoField), tagField: text(tagField) } }),
    };
  });
}

function forwardsOf({ forwards }: Fields): readonly PortForward[] {
  if (!Array.isArray(forwards)) return [];
  return forwards.map(record).map(({ localPort, containerPort, host, name, path }) => ({
    localPort: port(localPort),
    containerPort: port(containerPort),
    host: text(host),
    name: text(name),
    linkPath: text(path),
  }));
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function port(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
