import type { PodReadiness } from './kubernetes.ts';
import type { Resource } from './resource.ts';

/** What is awaited of what runs for a resource: that it is ready, that it ends well, or nothing. */
export function readinessOf(resource: Resource): PodReadiness {
  switch (resource.kind) {
    case 'local':
      return 'wait';
    case 'compose':
      return resource.runsToEnd ? 'succeeded' : 'wait';
    case 'kubernetes':
      return resource.runsToEnd ? 'succeeded' : resource.podReadiness;
  }
}
