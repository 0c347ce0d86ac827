import { type Fields, list, map, record, strings } from './schema.ts';
import { disableSource, disableStatus, restartOn } from './schemas-shared.ts';

const forwards = list(
  record({ localPort: 'integer', containerPort: 'integer', host: 'string', name: 'string', path: 'string' }),
);
const portForwardTemplateSpec = record({ forwards });
const podLogStreamTemplateSpec = record({
  sinceTime: 'time',
  onlyContainers: strings,
  ignoreContainers: strings,
});
const extraSelectors = list(
  record({
    matchLabels: map('string'),
    matchExpressions: list(record({ key: 'string', operator: 'string', values: strings })),
  }),
);
const command = record({ args: strings, dir: 'string', env: strings });
const containers = list(
  record({
    name: 'string',
    id: 'string',
    ready: 'boolean',
    image: 'string',
    restarts: 'integer',
    ports: list('integer'),
    state: record({
      waiting: record({ reason: 'string' }),
      running: record({ startedAt: 'time' }),
      terminated: record({ startedAt: 'time', finishedAt: 'time', reason: 'string', exitCode: 'integer' }),
    }),
  }),
);
const pods = list(
  record({
    uid: 'string',
    name: 'string',
    namespace: 'string',
    createdAt: 'time',
    phase: 'string',
    deleting: 'boolean',
    conditions: list(
      record({ type: 'string', status: 'string', lastTransitionTime: 'time', reason: 'string', message: 'string' }),
    ),
    initContainers: containers,
    containers,
    ancestorUID: 'string',
    podTemplateSpecHash: 'string',
    status: 'string',
    errors: strings,
    owner: record({ name: 'string', apiVersion: 'string', kind: 'string', creationTimestamp: 'time' }),
  }),
);
const registry = record({
  host: 'string',
  hostFromClusterNetwork: 'string',
  hostFromContainerRuntime: 'string',
  help: 'string',
  singleName: 'string',
});

/** What has to do with a cluster. */
export const kubernetesSchemas: Readonly<Record<string, Fields>> = {
  clusters: {
    spec: record({
      connection: record({
        kubernetes: record({ context: 'string', namespace: 'string' }),
        docker: record({ host: 'string' }),
      }),
      defaultRegistry: registry,
    }),
    status: record({
      arch: 'string',
      version: 'string',
      error: 'string',
      connectedAt: 'time',
      registry,
      connection: record({
        kubernetes: record({
          context: 'string',
          namespace: 'string',
          cluster: 'string',
          product: 'string',
          configPath: 'string',
        }),
      }),
    }),
  },
  kubernetesapplys: {
    spec: record({
      yaml: 'string',
      imageMaps: strings,
      imageLocators: list(
        record({
          objectSelector: record({
            apiVersionRegexp: 'string',
            kindRegexp: 'string',
            nameRegexp: 'string',
            namespaceRegexp: 'string',
          }),
          path: 'string',
          object: record({ repoField: 'string', tagField: 'string' }),
        }),
      ),
      timeout: 'duration',
      kubernetesDiscoveryTemplateSpec: record({ extraSelectors }),
      portForwardTemplateSpec,
      podLogStreamTemplateSpec,
      discoveryStrategy: 'string',
      disableSource,
      applyCmd: command,
      deleteCmd: command,
      restartOn,
      cluster: 'string',
      serverSideApply: 'boolean',
    }),
    status: record({
      resultYAML: 'string',
      error: 'string',
      lastApplyTime: 'time',
      lastApplyStartTime: 'time',
      appliedInputHash: 'string',
      disableStatus,
    }),
  },
  kubernetesdiscoveries: {
    spec: record({
      watches: list(record({ uid: 'string', namespace: 'string', name: 'string' })),
      extraSelectors,
      portForwardTemplateSpec,
      podLogStreamTemplateSpec,
      cluster: 'string',
    }),
    status: record({
      monitorStartTime: 'time',
      pods,
      waiting: record({ reason: 'string' }),
      running: record({ startTime: 'time' }),
    }),
  },
  liveupdates: {
    spec: record({
      basePath: 'string',
      selector: record({
        kubernetes: record({
          discoveryName: 'string',
          applyName: 'string',
          image: 'string',
          containerName: 'string',
          imageMapName: 'string',
        }),
        dockerCompose: record({ service: 'string' }),
      }),
      sources: list(record({ fileWatch: 'string', imageMap: 'string' })),
      stopPaths: strings,
      syncs: list(record({ localPath: 'string', containerPath: 'string' })),
      execs: list(record({ args: strings, triggerPaths: strings, echoOff: 'boolean' })),
      restart: 'string',
    }),
    status: record({
      containers: list(
        record({
          containerName: 'string',
          containerID: 'string',
          podName: 'string',
          namespace: 'string',
          lastFileTimeSynced: 'time',
          lastExecError: 'string',
          waiting: record({ reason: 'string', message: 'string' }),
        }),
      ),
      failed: record({ reason: 'string', message: 'string', lastTransitionTime: 'time' }),
    }),
  },
  podlogstreams: {
    spec: record({
      pod: 'string',
      namespace: 'string',
      sinceTime: 'time',
      onlyContainers: strings,
      ignoreContainers: strings,
      cluster: 'string',
    }),
    status: record({
      containerStatuses: list(record({ name: 'string', active: 'boolean', terminated: 'boolean', error: 'string' })),
      error: 'string',
    }),
  },
  portforwards: {
    spec: record({ podName: 'string', namespace: 'string', forwards, cluster: 'string' }),
    status: record({
      forwardStatuses: list(
        record({
          localPort: 'integer',
          containerPort: 'integer',
          addresses: strings,
          startedAt: 'time',
          error: 'string',
        }),
      ),
    }),
  },
};
