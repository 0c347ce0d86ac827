import type { Command } from '../../stdlib/model/command.ts';
import type { Graph } from '../../stdlib/model/graph.ts';
import type { Image } from '../../stdlib/model/image.ts';
import type { ComposeResource, KubernetesResource, LocalResource, Resource } from '../../stdlib/model/resource.ts';
import type { CiSettings, DockerPruneSettings, UpdateSettings } from '../../stdlib/model/settings.ts';

// Builders for graphs: what a test does not say has the defaults of a Tiltfile.

const POSITION = { file: '/project/Tiltfile', line: 1, column: 1 };

export function shell(script: string, dir = '/'): Command {
  return { argv: ['sh', '-c', script], dir, env: [] };
}

export function local(name: string, more: Partial<LocalResource> = {}): LocalResource {
  return {
    kind: 'local',
    name,
    labels: [],
    links: [],
    resourceDeps: [],
    trigger: { onChange: true, atStart: true },
    position: POSITION,
    update: shell(`echo ${name}`),
    serve: undefined,
    watchPaths: [],
    ignores: [],
    allowParallel: false,
    readinessProbe: undefined,
    ...more,
  };
}

export function kubernetes(name: string, more: Partial<KubernetesResource> = {}): KubernetesResource {
  return {
    kind: 'kubernetes',
    name,
    labels: [],
    links: [],
    resourceDeps: [],
    trigger: { onChange: true, atStart: true },
    position: POSITION,
    objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: '', body: {} }],
    images: [],
    imageLocators: [],
    portForwards: [],
    podReadiness: 'wait',
    extraPodSelectors: [],
    displayNames: [`${name}:deployment`],
    ...more,
  };
}

export function compose(name: string, more: Partial<ComposeResource> = {}): ComposeResource {
  return {
    kind: 'compose',
    name,
    labels: [],
    links: [],
    resourceDeps: [],
    trigger: { onChange: true, atStart: true },
    position: POSITION,
    project: {
      name: 'shop',
      folder: '/project',
      files: [{ kind: 'path', path: '/project/compose.yml' }],
      envFile: '',
      profiles: [],
      wait: false,
      command: ['docker', 'compose'],
      variables: {},
    },
    service: name,
    yaml: `image: ${name}\n`,
    runs: name,
    images: [],
    deployedImages: [],
    build: undefined,
    watchPaths: [],
    ignores: [],
    publishedPorts: [],
    replicas: 1,
    runsToEnd: false,
    inferLinks: true,
    ...more,
  };
}

export function image(ref: string, more: Partial<Image> = {}): Image {
  return {
    ref,
    build: {
      kind: 'docker',
      context: `/project/${ref}`,
      dockerfile: 'FROM scratch',
      dockerfilePath: undefined,
      buildArgs: {},
      target: '',
      platform: '',
      extraTags: [],
      contextIgnores: [],
      secrets: [],
      sshAgents: [],
      cacheFrom: [],
      extraHosts: [],
      network: '',
      pull: false,
    },
    dependsOn: [],
    entrypoint: [],
    matchInEnvVars: false,
    watchPaths: [`/project/${ref}`],
    ignores: [],
    position: POSITION,
    ...more,
  };
}

export function graph(
  resources: readonly Resource[],
  settings: {
    readonly update?: Partial<UpdateSettings>;
    readonly ci?: Partial<CiSettings>;
    readonly dockerPrune?: Partial<DockerPruneSettings>;
  } = {},
): Graph {
  return {
    resources,
    enabled: resources.map((resource) => resource.name),
    settings: {
      update: {
        maxParallelUpdates: 3,
        k8sUpsertTimeoutMs: 30_000,
        suppressUnusedImageWarnings: [],
        k8sServerSideApply: 'auto',
        regateDeps: false,
        ...settings.update,
      },
      ci: { timeoutMs: 1_800_000, readinessTimeoutMs: 300_000, k8sGracePeriodMs: 0, ...settings.ci },
      dockerPrune: {
        enabled: true,
        maxAgeMs: 21_600_000,
        numBuilds: 0,
        intervalMs: 3_600_000,
        keepRecent: 2,
        ...settings.dockerPrune,
      },
      scrubSecrets: true,
      tilt: { checkUpdates: true, team: '', features: {}, analytics: 'default' },
    },
    cluster: { allowedContexts: [], defaultRegistry: undefined },
    configFiles: ['/project/Tiltfile'],
    globalIgnores: [],
    apiObjects: [],
  };
}
