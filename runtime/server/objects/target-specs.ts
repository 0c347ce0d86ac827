import type { Resource } from '../../../stdlib/model/resource.ts';
import { objectName } from '../../state/api-state.ts';
import type { UIResourceStatus } from '../wire.ts';

/** What a resource is made of: its images, then how it is deployed. */
export function targetSpecs(resource: Resource): NonNullable<UIResourceStatus['specs']> {
  if (resource.kind === 'local') return [{ id: `local:${resource.name}`, type: 'local' }];
  const images = resource.images.map(({ ref, liveUpdate }) => ({
    id: `image:${objectName(ref)}`,
    type: 'image',
    ...(liveUpdate === undefined ? {} : { hasLiveUpdate: true }),
  }));
  const isCluster = resource.kind === 'kubernetes';
  const deploy = isCluster
    ? { id: `k8s:${resource.name}`, type: 'k8s' }
    : { id: `docker-compose:${resource.name}`, type: 'docker-compose' };
  return [...images, deploy];
}
