import type { Resource, Trigger } from '../model/resource.ts';
import type { Settings } from '../model/settings.ts';
import { imageTarget } from './image-target.ts';
import { kubernetesTarget } from './kubernetes-target.ts';
import { localTarget } from './local-target.ts';
import type { ResultObject } from './result-value.ts';

/** One resource. */
export function manifest(resource: Resource, settings: Settings): ResultObject {
  return {
    Name: resource.name,
    ImageTargets:
      resource.kind === 'kubernetes' && resource.images.length > 0
        ? resource.images.map((image) => imageTarget(image, resource.name))
        : undefined,
    DeployTarget: resource.kind === 'local' ? localTarget(resource) : kubernetesTarget(resource, settings),
    TriggerMode: triggerNumber(resource.trigger),
    ResourceDependencies: resource.resourceDeps.length > 0 ? resource.resourceDeps : undefined,
    Labels: Object.fromEntries(resource.labels.map((label) => [label, label])),
  };
}

/** Tilt's own numbers for the two switches together. */
function triggerNumber({ onChange, atStart }: Trigger): number {
  if (onChange) return atStart ? 0 : 3;
  return atStart ? 1 : 2;
}
