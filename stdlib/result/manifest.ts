import type { Resource, Trigger } from '../model/resource.ts';
import type { Settings } from '../model/settings.ts';
import { composeImageTarget, composeTarget } from './compose-target.ts';
import { imageTarget } from './image-target.ts';
import { kubernetesTarget } from './kubernetes-target.ts';
import { localTarget } from './local-target.ts';
import type { ResultObject } from './result-value.ts';

/** One resource. */
export function manifest(resource: Resource, settings: Settings): ResultObject {
  return {
    Name: resource.name,
    ImageTargets: imageTargets(resource),
    DeployTarget: deployTarget(resource, settings),
    TriggerMode: triggerNumber(resource.trigger),
    ResourceDependencies: resource.resourceDeps.length > 0 ? resource.resourceDeps : undefined,
    Labels: Object.fromEntries(resource.labels.map((label) => [label, label])),
  };
}

function imageTargets(resource: Resource): readonly ResultObject[] | undefined {
  if (resource.kind === 'local') return undefined;
  const targets = resource.images.map((image) => imageTarget(image, resource.name));
  if (resource.kind === 'compose' && resource.build) targets.push(composeImageTarget(resource.build, resource));
  return targets.length > 0 ? targets : undefined;
}

function deployTarget(resource: Resource, settings: Settings): ResultObject {
  switch (resource.kind) {
    case 'local':
      return localTarget(resource);
    case 'kubernetes':
      return kubernetesTarget(resource, settings);
    case 'compose':
      return composeTarget(resource);
  }
}

/** Tilt's own numbers for the two switches together. */
function triggerNumber({ onChange, atStart }: Trigger): number {
  if (onChange) return atStart ? 0 : 3;
  return atStart ? 1 : 2;
}
