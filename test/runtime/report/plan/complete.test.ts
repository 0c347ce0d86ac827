import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandBuild, DockerBuild, Image } from '../../../../stdlib/model/image.ts';
import type { ComposeResource, KubernetesResource, LocalResource } from '../../../../stdlib/model/resource.ts';
import { image, kubernetes, local } from '../../../support/graph.ts';

// The compiler tells when something gets a new field: give it a place in the plan and name it here, or say here why it has none.

const BASE = [
  'kind',
  'name',
  'labels',
  'links',
  'resourceDeps',
  'trigger',
  'position',
  'timeoutMs',
  'readinessTimeoutMs',
  'retries',
] as const;
const LOCAL = [
  ...BASE,
  'update',
  'serve',
  'watchPaths',
  'ignores',
  'allowParallel',
  'readinessProbe',
  'cache',
] as const;
const KUBERNETES = [
  ...BASE,
  'objects',
  'customDeploy',
  'images',
  'portForwards',
  'podReadiness',
  'extraPodSelectors',
  'discoveryStrategy',
  // Where the objects come from, which are in the plan.
  'objectFiles',
  // Follow from the objects and the images.
  'deployedImages',
  'displayNames',
  // Counts in the readiness.
  'runsToEnd',
  // Tells where images are looked for; those that were found are in the plan.
  'imageLocators',
  'podMakers',
] as const;
const COMPOSE = [
  ...BASE,
  'project',
  'service',
  'yaml',
  'runs',
  'images',
  'build',
  'watchPaths',
  'ignores',
  'publishedPorts',
  'replicas',
  'runsToEnd',
  // Follow from the images and the project.
  'deployedImages',
  'inferLinks',
] as const;
const IMAGE = [
  'ref',
  'build',
  'dependsOn',
  'matchExact',
  'liveUpdate',
  'onlyLiveUpdate',
  'entrypoint',
  'containerArgs',
  'matchInEnvVars',
  'watchPaths',
  'ignores',
  'position',
  'timeoutMs',
] as const;
const COMMAND_BUILD = ['kind', 'command', 'tag', 'output', 'outputsImageRefTo'] as const;
const DOCKER_BUILD = [
  'kind',
  'context',
  'dockerfile',
  'dockerfilePath',
  'buildArgs',
  'target',
  'platform',
  'extraTags',
  'contextIgnores',
  'secrets',
  'sshAgents',
  'cacheFrom',
  'extraHosts',
  'network',
  'pull',
] as const;

/** The fields of a type that a list does not name. */
type Missing<T, Names extends readonly string[]> = Exclude<keyof T, Names[number]>;
const missing: readonly (
  | Missing<LocalResource, typeof LOCAL>
  | Missing<KubernetesResource, typeof KUBERNETES>
  | Missing<ComposeResource, typeof COMPOSE>
  | Missing<Image, typeof IMAGE>
  | Missing<CommandBuild, typeof COMMAND_BUILD>
  | Missing<DockerBuild, typeof DOCKER_BUILD>
)[] = [] satisfies readonly never[];
// Fails to compile as soon as the list could hold something.
const none: readonly never[] = missing;

test('every field has its place in the plan, or a reason to have none', () => {
  assert.deepEqual(none, []);
  const known = (one: object, names: readonly string[]) =>
    assert.deepEqual(
      Object.keys(one).filter((name) => !names.includes(name)),
      [],
    );
  known(local('a'), LOCAL);
  known(kubernetes('a'), KUBERNETES);
  known(image('a'), IMAGE);
  known(image('a').build, DOCKER_BUILD);
});
