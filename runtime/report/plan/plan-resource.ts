import path from 'node:path';
import type { CustomDeploy } from '../../../stdlib/model/custom-deploy.ts';
import type { Json } from '../../../stdlib/model/kubernetes.ts';
import type { Probe } from '../../../stdlib/model/probe.ts';
import { readinessOf } from '../../../stdlib/model/readiness.ts';
import type { Resource, ResultCacheRule } from '../../../stdlib/model/resource.ts';
import { type Place, placed, placedIgnores, placedPosition, placedText } from './place.ts';
import type { PlannedBase, PlannedCustomDeploy, PlannedLimits, PlannedLocal, PlannedResource } from './plan.ts';
import { plannedCommand } from './plan-command.ts';
import { withoutSecretData, withoutSecrets } from './secrets.ts';

/** What the rest of the graph says about a resource. */
export interface Surroundings {
  readonly enabled: boolean;
  readonly start: number | null;
  readonly neededBy: readonly string[];
}

export function plannedResource(resource: Resource, around: Surroundings, place: Place): PlannedResource {
  const base: PlannedBase = {
    name: resource.name,
    enabled: around.enabled,
    start: around.start,
    triggerMode: resource.trigger.onChange ? 'auto' : 'manual',
    autoInit: resource.trigger.atStart,
    dependsOn: resource.resourceDeps,
    neededBy: around.neededBy,
    labels: resource.labels,
    links: resource.links.map(({ url, name }) => ({ url, name })),
    limits: limitsOf(resource),
    declaredAt: placedPosition(resource.position, place),
  };
  switch (resource.kind) {
    case 'local':
      return {
        kind: 'local',
        ...base,
        update: plannedCommand(resource.update, place),
        serve: plannedCommand(resource.serve, place),
        watches: resource.watchPaths.map((file) => placed(file, place)),
        ignores: placedIgnores(resource.ignores, place),
        allowParallel: resource.allowParallel,
        readinessProbe: plannedProbe(resource.readinessProbe),
        cache: plannedCache(resource.cache, place),
      };
    case 'kubernetes':
      return {
        kind: 'kubernetes',
        ...base,
        objects: resource.objects.map(({ kind, name, namespace, body }) => ({
          kind,
          name,
          namespace,
          body: withoutSecretData(kind, body),
        })),
        customDeploy: plannedDeploy(resource.customDeploy, place),
        images: resource.images.map(({ ref }) => ref),
        portForwards: resource.portForwards.map(({ name, host, localPort, containerPort, linkPath }) => ({
          name,
          host,
          localPort,
          containerPort,
          linkPath,
        })),
        podReadiness: readinessOf(resource),
        extraPodSelectors: resource.extraPodSelectors,
        discoveryStrategy: resource.discoveryStrategy || 'default',
      };
    case 'compose': {
      const { project, build } = resource;
      return {
        kind: 'compose',
        ...base,
        project: {
          name: project.name,
          dir: placed(project.folder, place),
          files: project.files.map((file) => (file.kind === 'path' ? placed(file.path, place) : '(text)')),
          envFile: project.envFile === '' ? '' : placed(project.envFile, place),
          profiles: project.profiles,
          wait: project.wait,
        },
        service: resource.service,
        definition: definitionLines(placedText(resource.yaml, place)),
        runs: resource.runs,
        images: resource.images.map(({ ref }) => ref),
        build:
          build === undefined
            ? null
            : { context: placedPath(build.context, place), dockerfile: placedPath(build.dockerfile, place) },
        watches: resource.watchPaths.map((file) => placed(file, place)),
        ignores: placedIgnores(resource.ignores, place),
        publishedPorts: resource.publishedPorts,
        replicas: resource.replicas,
        runsToEnd: resource.runsToEnd,
      };
    }
  }
}

function limitsOf({ timeoutMs, readinessTimeoutMs, retries }: Resource): PlannedLimits {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(readinessTimeoutMs !== undefined && { readinessTimeoutMs }),
    ...(retries !== undefined && { retries }),
  };
}

function plannedCache(cache: ResultCacheRule | undefined, place: Place): PlannedLocal['cache'] {
  if (cache === undefined) return null;
  const { inputs, outputs, env } = cache;
  const all = (files: readonly string[]) => files.map((file) => placed(file, place));
  return { inputs: all(inputs), outputs: all(outputs), env };
}

function plannedDeploy(deploy: CustomDeploy | undefined, place: Place): PlannedCustomDeploy | null {
  if (deploy === undefined) return null;
  return {
    apply: plannedCommand(deploy.apply, place),
    delete: plannedCommand(deploy.delete, place),
    watches: deploy.watchPaths.map((file) => placed(file, place)),
    ignores: placedIgnores(deploy.ignores, place),
  };
}

/** A context may be an address, and a Dockerfile relative to it. */
function placedPath(file: string, place: Place): string {
  return path.isAbsolute(file) ? placed(file, place) : file;
}

/** Values whose names tell of a secret are hidden, as elsewhere. */
function definitionLines(yaml: string): readonly string[] {
  return yaml
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, front = '', name = '', value = ''] = /^(\s+)([A-Za-z0-9_-]+): (.+)$/.exec(line) ?? [];
      return name === '' ? line : `${front}${name}: ${withoutSecrets({ [name]: value })[name]}`;
    });
}

function plannedProbe(probe: Probe | undefined): Json {
  if (probe === undefined) return null;
  const { action, ...times } = probe;
  return { action: { ...action }, ...times };
}
