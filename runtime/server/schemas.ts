import { type Fields, list, map, record, type Schema, strings } from './schema.ts';
import { dockerSchemas } from './schemas-images.ts';
import { kubernetesSchemas } from './schemas-kubernetes.ts';
import { disableSource, disableStatus, ignores, restartOn, stopOn } from './schemas-shared.ts';

const exec = record({ command: strings });
const httpGet = record({
  path: 'string',
  port: 'integer',
  host: 'string',
  scheme: 'string',
  httpHeaders: list(record({ name: 'string', value: 'string' })),
});
const probe = record({
  initialDelaySeconds: 'integer',
  timeoutSeconds: 'integer',
  periodSeconds: 'integer',
  successThreshold: 'integer',
  failureThreshold: 'integer',
  exec,
  httpGet,
  tcpSocket: record({ port: 'integer', host: 'string' }),
});
const location = record({ componentID: 'string', componentType: 'string' });
const buttonLook = { text: 'string', iconName: 'string', iconSVG: 'string', requiresConfirmation: 'boolean' } as const;
const conditions = list(
  record({ type: 'string', status: 'string', lastTransitionTime: 'time', reason: 'string', message: 'string' }),
);
const target = record({
  name: 'string',
  type: 'string',
  resources: strings,
  state: record({
    waiting: record({ waitReason: 'string' }),
    active: record({ startTime: 'time', ready: 'boolean', lastReadyTime: 'time' }),
    terminated: record({ startTime: 'time', finishTime: 'time', error: 'string', graceStatus: 'string' }),
    disabled: record({}),
  }),
});

const uiResourceStatus = record({
  lastDeployTime: 'time',
  triggerMode: 'integer',
  buildHistory: list(
    record({
      error: 'string',
      warnings: strings,
      startTime: 'time',
      finishTime: 'time',
      spanID: 'string',
      isCrashRebuild: 'boolean',
      causes: strings,
    }),
  ),
  currentBuild: record({ startTime: 'time', spanID: 'string', causes: strings }),
  pendingBuildSince: 'time',
  hasPendingChanges: 'boolean',
  endpointLinks: list(record({ url: 'string', name: 'string' })),
  k8sResourceInfo: record({
    podName: 'string',
    podCreationTime: 'time',
    podUpdateStartTime: 'time',
    podStatus: 'string',
    podStatusMessage: 'string',
    allContainersReady: 'boolean',
    podRestarts: 'integer',
    spanID: 'string',
    displayNames: strings,
  }),
  composeResourceInfo: record({ healthStatus: 'string' }),
  localResourceInfo: record({ pid: 'integer', isTest: 'boolean' }),
  runtimeStatus: 'string',
  updateStatus: 'string',
  specs: list(record({ id: 'string', type: 'string', hasLiveUpdate: 'boolean' })),
  queued: 'boolean',
  order: 'integer',
  disableStatus: record({
    enabledCount: 'integer',
    disabledCount: 'integer',
    state: 'string',
    sources: list(disableSource),
  }),
  dependencies: strings,
  waiting: record({
    reason: 'string',
    message: 'string',
    on: list(record({ group: 'string', apiVersion: 'string', kind: 'string', name: 'string' })),
  }),
  conditions,
});

const sessionSchemas: Readonly<Record<string, Fields>> = {
  uiresources: { spec: record({}), status: uiResourceStatus },
  uisessions: {
    spec: record({}),
    status: record({
      featureFlags: list(record({ name: 'string', value: 'boolean' })),
      needsAnalyticsNudge: 'boolean',
      runningTiltBuild: record({ version: 'string', commitSHA: 'string', date: 'string', dev: 'boolean' }),
      suggestedTiltVersion: 'string',
      versionSettings: record({ checkUpdates: 'boolean' }),
      fatalError: 'string',
      tiltStartTime: 'time',
      tiltfileKey: 'string',
    }),
  },
  sessions: {
    spec: record({
      tiltfilePath: 'string',
      exitCondition: 'string',
      ci: record({ k8sGracePeriod: 'duration', timeout: 'duration', readinessTimeout: 'duration' }),
    }),
    status: record({ pid: 'integer', startTime: 'time', targets: list(target), done: 'boolean', error: 'string' }),
  },
  tiltfiles: {
    spec: record({ path: 'string', labels: map('string'), restartOn, args: strings, stopOn }),
    status: record({
      waiting: record({ reason: 'string' }),
      running: record({ reasons: strings, startedAt: 'time' }),
      terminated: record({
        reasons: strings,
        error: 'string',
        startedAt: 'time',
        finishedAt: 'time',
        warningCount: 'integer',
      }),
    }),
  },
  extensions: {
    spec: record({ repoName: 'string', repoPath: 'string', args: strings }),
    status: record({ error: 'string', path: 'string' }),
  },
  extensionrepos: {
    spec: record({ url: 'string', ref: 'string', loadHost: 'string', gitSubpath: 'string' }),
    status: record({
      error: 'string',
      lastFetchedAt: 'time',
      path: 'string',
      checkoutRef: 'string',
      staleReason: 'string',
    }),
  },
};

const uiSchemas: Readonly<Record<string, Fields>> = {
  configmaps: { data: map('string') },
  cmds: {
    spec: record({
      args: strings,
      dir: 'string',
      env: strings,
      readinessProbe: probe,
      restartOn,
      startOn: record({ startAfter: 'time', uiButtons: strings }),
      disableSource,
    }),
    status: record({
      waiting: record({ reason: 'string' }),
      running: record({ pid: 'integer', startedAt: 'time' }),
      terminated: record({
        pid: 'integer',
        exitCode: 'integer',
        startedAt: 'time',
        finishedAt: 'time',
        reason: 'string',
      }),
      ready: 'boolean',
      disableStatus,
    }),
  },
  filewatches: {
    spec: record({ watchedPaths: strings, ignores, disableSource }),
    status: record({
      monitorStartTime: 'time',
      lastEventTime: 'time',
      fileEvents: list(record({ time: 'time', seenFiles: strings })),
      error: 'string',
      disableStatus,
    }),
  },
  uibuttons: {
    spec: record({
      location,
      ...buttonLook,
      disabled: 'boolean',
      inputs: list(
        record({
          name: 'string',
          label: 'string',
          text: record({ defaultValue: 'string', placeholder: 'string' }),
          bool: record({ defaultValue: 'boolean', trueString: 'string', falseString: 'string' }),
          hidden: record({ value: 'string' }),
          choice: record({ choices: strings }),
        }),
      ),
    }),
    status: record({
      lastClickedAt: 'time',
      inputs: list(
        record({
          name: 'string',
          text: record({ value: 'string' }),
          bool: record({ value: 'boolean' }),
          hidden: record({ value: 'string' }),
          choice: record({ value: 'string' }),
        }),
      ),
    }),
  },
  togglebuttons: {
    spec: record({
      location,
      on: record(buttonLook),
      off: record(buttonLook),
      defaultOn: 'boolean',
      stateSource: record({
        configMap: record({ name: 'string', key: 'string', onValue: 'string', offValue: 'string' }),
      }),
    }),
    status: record({ error: 'string' }),
  },
};

const ALL: Readonly<Record<string, Fields>> = {
  ...sessionSchemas,
  ...uiSchemas,
  ...dockerSchemas,
  ...kubernetesSchemas,
};

/** What stands beside the metadata of the objects of a kind. */
export function bodySchema(plural: string): Fields {
  return ALL[plural] ?? {};
}

/** A whole object as clients send it; the metadata is not looked into. */
export function objectSchema(plural: string): Schema {
  return record(bodySchema(plural));
}
