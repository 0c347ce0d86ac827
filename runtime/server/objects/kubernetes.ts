import type { KubernetesResource } from '../../../stdlib/model/resource.ts';
import { objectName } from '../../state/api-state.ts';
import type { ResourceState } from '../../state/state.ts';
import { microTime } from '../time.ts';
import { ownApplies, ownDiscoveries, ownForwards, ownPodLogStreams } from './cluster-objects.ts';
import { disableSource } from './disable.ts';
import { imagesOf } from './images.ts';
import { forwardStatus, IGNORED_CONTAINERS, identityYaml } from './kubernetes-parts.ts';
import { both } from './own.ts';
import { declaredAt, type Entry, type Projected, perEntry, resourceAnnotations } from './projected.ts';

/** Made for each Kubernetes resource. */
function perWorkload(
  make: (resource: KubernetesResource, row: ResourceState | undefined, at: number) => readonly Projected[],
) {
  return perEntry(({ resource, row }: Entry, world) =>
    resource.kind === 'kubernetes' ? make(resource, row, declaredAt(world)) : [],
  );
}

export const kubernetesApplys = both(
  perWorkload((resource, row, createdAt) => {
    const { name, customDeploy, objects, portForwards } = resource;
    const ran = row?.update.kind === 'none' ? undefined : row?.update;
    const deploys = ran?.steps.findLast(({ kind }) => kind === 'deploy');
    return [
      {
        name,
        createdAt,
        owned: true,
        annotations: resourceAnnotations(name, {
          'tilt.dev/log-span-id': `kubernetesapply:${name}`,
          'tilt.dev/managed-by': 'buildcontrol',
        }),
        body: {
          spec: {
            ...(customDeploy === undefined
              ? { yaml: objects.map(({ body }) => JSON.stringify(body)).join('\n---\n') }
              : { applyCmd: cmdOf(customDeploy.apply), deleteCmd: cmdOf(customDeploy.delete) }),
            imageMaps: imagesOf(resource).map(({ ref }) => objectName(ref)),
            cluster: 'default',
            timeout: '30s',
            disableSource: disableSource(name),
            ...(portForwards.length === 0
              ? {}
              : { portForwardTemplateSpec: { forwards: portForwards.map(forwardOf) } }),
            podLogStreamTemplateSpec: { ignoreContainers: IGNORED_CONTAINERS },
          },
          status: {
            lastApplyStartTime: deploys === undefined ? null : microTime(deploys.startedAt),
            lastApplyTime: row?.succeeded === undefined ? null : microTime(row.succeeded.endedAt),
            ...(ran?.kind === 'failed' ? { error: ran.failure.message } : {}),
            ...(row?.succeeded?.deployed === undefined
              ? {}
              : { resultYAML: row.succeeded.deployed.objects.map(identityYaml).join('\n---\n') }),
            disableStatus: { state: row === undefined ? 'Disabled' : 'Enabled', disabled: row === undefined },
          },
        },
      },
    ];
  }),
  ownApplies,
);

export const kubernetesDiscoveries = both(
  perWorkload((resource, row, createdAt) => {
    const deployed = row?.succeeded?.deployed;
    if (deployed === undefined) return [];
    const { name, extraPodSelectors, portForwards } = resource;
    const watches = deployed.objects.map(({ name: object, namespace, uid }) => ({
      name: object,
      namespace,
      ...(uid === '' ? {} : { uid }),
    }));
    return [
      {
        name,
        createdAt: row?.succeeded?.endedAt ?? createdAt,
        owned: true,
        annotations: resourceAnnotations(name),
        body: {
          spec: {
            watches,
            ...(extraPodSelectors.length === 0
              ? {}
              : { extraSelectors: extraPodSelectors.map((matchLabels) => ({ matchLabels })) }),
            ...(portForwards.length === 0
              ? {}
              : { portForwardTemplateSpec: { forwards: portForwards.map(forwardOf) } }),
            podLogStreamTemplateSpec: { ignoreContainers: IGNORED_CONTAINERS },
            cluster: 'default',
          },
          status: {
            monitorStartTime: microTime(row?.succeeded?.endedAt ?? createdAt),
            pods: row?.pods ?? [],
            running: { startTime: microTime(row?.succeeded?.endedAt ?? createdAt) },
          },
        },
      },
    ];
  }),
  ownDiscoveries,
);

export const podLogStreams = both(
  perWorkload((resource, row, createdAt) => {
    const { name } = resource;
    return (row?.pods ?? []).map((pod) => ({
      name: `${name}-${pod.namespace}-${pod.name}`,
      createdAt: row?.succeeded?.endedAt ?? createdAt,
      annotations: resourceAnnotations(name, { 'tilt.dev/log-span-id': `pod:${name}:${pod.name}` }),
      body: {
        spec: { pod: pod.name, namespace: pod.namespace, cluster: 'default', ignoreContainers: IGNORED_CONTAINERS },
        status: {},
      },
    }));
  }),
  ownPodLogStreams,
);

export const portForwards = both(
  perWorkload((resource, row, createdAt) => {
    const pod = row?.pods.find(({ deleting }) => !deleting);
    if (pod === undefined || row === undefined || resource.portForwards.length === 0) return [];
    const { name } = resource;
    const forwards = resource.portForwards.map(forwardOf);
    return [
      {
        name: `${name}-${pod.name}`,
        createdAt: row.succeeded?.endedAt ?? createdAt,
        annotations: resourceAnnotations(name, { 'tilt.dev/log-span-id': `pod:${name}:${pod.name}` }),
        body: {
          spec: { podName: pod.name, namespace: pod.namespace, cluster: 'default', forwards },
          status: { forwardStatuses: forwards.map((forward, index) => forwardStatus(forward, row.forwards[index])) },
        },
      },
    ];
  }),
  ownForwards,
);

function forwardOf({ localPort, containerPort, host, name, linkPath }: KubernetesResource['portForwards'][number]) {
  return {
    localPort,
    containerPort,
    host,
    ...(name === '' ? {} : { name }),
    ...(linkPath === '' ? {} : { path: linkPath }),
  };
}

function cmdOf(command: { readonly argv: readonly string[]; readonly dir: string; readonly env: readonly string[] }) {
  return { args: command.argv, dir: command.dir, env: command.env };
}
