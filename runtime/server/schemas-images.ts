import { type Fields, list, record, strings } from './schema.ts';
import { disableSource, disableStatus, ignores } from './schemas-shared.ts';

const building = record({ reason: 'string', startedAt: 'time' });
const completed = record({ reason: 'string', error: 'string', startedAt: 'time', finishedAt: 'time' });
const project = record({
  configPaths: strings,
  projectPath: 'string',
  yaml: 'string',
  name: 'string',
  envFile: 'string',
  profiles: strings,
  wait: 'boolean',
});

/** Images, and services of Compose. */
export const dockerSchemas: Readonly<Record<string, Fields>> = {
  dockerimages: {
    spec: record({
      ref: 'string',
      dockerfileContents: 'string',
      context: 'string',
      contextIgnores: ignores,
      args: strings,
      target: 'string',
      sshAgentConfigs: strings,
      secrets: strings,
      network: 'string',
      pull: 'boolean',
      cacheFrom: strings,
      platform: 'string',
      extraTags: strings,
      imageMaps: strings,
      cluster: 'string',
      clusterNeeds: 'string',
      extraHosts: strings,
    }),
    status: record({
      ref: 'string',
      waiting: record({ reason: 'string' }),
      building,
      completed,
      stageStatuses: list(
        record({ name: 'string', cached: 'boolean', startedAt: 'time', finishedAt: 'time', error: 'string' }),
      ),
    }),
  },
  cmdimages: {
    spec: record({
      ref: 'string',
      args: strings,
      dir: 'string',
      env: strings,
      imageMaps: strings,
      outputMode: 'string',
      outputTag: 'string',
      outputsImageRefTo: 'string',
      cluster: 'string',
      clusterNeeds: 'string',
    }),
    status: record({ ref: 'string', waiting: record({ reason: 'string' }), building, completed }),
  },
  imagemaps: {
    spec: record({
      selector: 'string',
      matchExact: 'boolean',
      matchInEnvVars: 'boolean',
      overrideCommand: record({ command: strings }),
      overrideArgs: record({ args: strings }),
    }),
    status: record({
      image: 'string',
      imageFromLocal: 'string',
      imageFromCluster: 'string',
      buildStartTime: 'time',
    }),
  },
  dockercomposeservices: {
    spec: record({ service: 'string', project, imageMaps: strings, disableSource }),
    status: record({
      disableStatus,
      portBindings: list(record({ containerPort: 'integer', hostPort: 'integer', hostIP: 'string' })),
      containerState: record({
        status: 'string',
        running: 'boolean',
        error: 'string',
        exitCode: 'integer',
        startedAt: 'time',
        finishedAt: 'time',
        healthStatus: 'string',
      }),
      containerID: 'string',
      containerName: 'string',
      applyError: 'string',
      lastApplyStartTime: 'time',
      lastApplyFinishTime: 'time',
    }),
  },
  dockercomposelogstreams: {
    spec: record({ service: 'string', project, sinceTime: 'time' }),
    status: record({ startedAt: 'time', error: 'string' }),
  },
};
