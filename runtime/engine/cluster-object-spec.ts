import type { Command } from '../../stdlib/model/command.ts';
import type { CustomDeploy } from '../../stdlib/model/custom-deploy.ts';
import type { ImageLocator } from '../../stdlib/model/image-locator.ts';
import type { Json, LabelCondition, LabelSelector, PodSelector } from '../../stdlib/model/kubernetes.ts';
import type { PortForward } from '../../stdlib/model/port-forward.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import type { OwnObject } from '../state/api-state.ts';
import type { DeployedObject } from '../state/deployed.ts';
import { type Fields, record, strings, text } from '../state/fields.ts';
import type { FollowedResource, LogContainers } from './ports.ts';

// What stands in the objects of the API that are for the cluster, in the words of the model.

/** What takes away what an apply by command brought; nothing where no command does. */
export function undeployOf(object: OwnObject): KubernetesResource | undefined {
  const { deleteCmd } = record(object.body.spec);
  return isThere(deleteCmd) ? resourceOf(object) : undefined;
}

/** Of no kind that this program labels: their pods may be anybody's. */
const UNKNOWN = { apiVersion: 'tilt.dev/watch', kind: '' };

/** What a discovery looks below. Without a uid nothing is owned: only the namespace counts. */
export function watched({ watches }: Fields, fallback: string): readonly DeployedObject[] {
  const refs = Array.isArray(watches) ? watches.map(record) : [];
  if (refs.length === 0) return [{ ...UNKNOWN, name: '', namespace: fallback, uid: '' }];
  return refs.map(({ name, namespace, uid }) => ({
    ...UNKNOWN,
    name: text(name),
    namespace: text(namespace),
    uid: text(uid),
  }));
}

/** An object as a resource, for those who apply, follow and delete resources. */
export function resourceOf({ name, body }: OwnObject, images: KubernetesResource['images'] = []): FollowedResource {
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

export function forwardsOf({ forwards }: Fields): readonly PortForward[] {
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

function port(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
