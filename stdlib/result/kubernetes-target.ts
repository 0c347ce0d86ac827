import { canonicalObject } from '../kubernetes/canonical-object.ts';
import type { Command } from '../model/command.ts';
import type { ImageLocator } from '../model/image-locator.ts';
import { ignoringCase } from '../model/object-selector.ts';
import type { PortForward } from '../model/port-forward.ts';
import type { KubernetesResource } from '../model/resource.ts';
import type { Settings } from '../model/settings.ts';
import { goDuration } from './go-duration.ts';
import { ignoreDefinition } from './ignore-definition.ts';
import { linkResult } from './link-result.ts';
import { objectIdentifier } from './object-identifier.ts';
import type { ResultObject } from './result-value.ts';

/** Containers that service meshes add, whose logs nobody asked for. */
const QUIET_CONTAINERS = ['istio-init', 'istio-proxy', 'linkerd-proxy', 'linkerd-init'];

export function kubernetesTarget(resource: KubernetesResource, settings: Settings): ResultObject {
  const { objects, portForwards, deployedImages = [], discoveryStrategy, extraPodSelectors } = resource;
  const { customDeploy, imageLocators } = resource;
  return {
    yaml: objects.map(({ body }) => JSON.stringify(canonicalObject(body))).join('\n---\n') || undefined,
    applyCmd: customDeploy && applyCommand(customDeploy.apply),
    deleteCmd: customDeploy && applyCommand(customDeploy.delete),
    restartOn: customDeploy && { fileWatches: [objectIdentifier(`${resource.name}:apply`)] },
    imageLocators: imageLocators.length > 0 ? imageLocators.map(imageLocator) : undefined,
    imageMaps: deployedImages.length > 0 ? deployedImages.map(objectIdentifier) : undefined,
    timeout: goDuration(Math.max(settings.update.k8sUpsertTimeoutMs, 1000)),
    portForwardTemplateSpec: portForwards.length > 0 ? { forwards: portForwards.map(forward) } : undefined,
    podLogStreamTemplateSpec: { ignoreContainers: QUIET_CONTAINERS },
    kubernetesDiscoveryTemplateSpec:
      extraPodSelectors.length > 0
        ? { extraSelectors: extraPodSelectors.map((matchLabels) => ({ matchLabels })) }
        : undefined,
    discoveryStrategy: discoveryStrategy || undefined,
    serverSideApply: settings.update.k8sServerSideApply === 'true' || undefined,
    cluster: 'default',
    Name: resource.name,
    PodReadinessMode: resource.podReadiness,
    Links: resource.links.length > 0 ? resource.links.map(linkResult) : null,
    FileWatchIgnores: customDeploy?.ignores.length ? customDeploy.ignores.map(ignoreDefinition) : null,
  };
}

function applyCommand({ argv, dir, env }: Command): ResultObject {
  return { args: argv, dir, env: env.length > 0 ? env : undefined };
}

function imageLocator({ selector, path, object }: ImageLocator): ResultObject {
  const { apiVersion, kind, name, namespace } = selector;
  return {
    objectSelector: {
      apiVersionRegexp: ignoringCase(apiVersion) || undefined,
      kindRegexp: ignoringCase(kind) || undefined,
      nameRegexp: ignoringCase(name) || undefined,
      namespaceRegexp: ignoringCase(namespace) || undefined,
    },
    path,
    object,
  };
}

function forward({ localPort, containerPort, host, name, linkPath }: PortForward): ResultObject {
  return {
    localPort,
    containerPort: containerPort || undefined,
    host: host || 'localhost',
    name: name || undefined,
    path: linkPath || undefined,
  };
}
