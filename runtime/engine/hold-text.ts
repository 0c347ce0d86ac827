import type { Hold } from './hold.ts';

/** Why something does not update now, in a few words. */
export function holdText(hold: Hold): string {
  const names =
    hold.on.length > 3 ? `${hold.on.slice(0, 3).join(', ')} and ${hold.on.length - 3} more` : hold.on.join(', ');
  switch (hold.reason) {
    case 'waiting-for-dep':
      return `waits for ${names}`;
    case 'building-component':
      return `waits for the build of ${names}`;
    case 'waiting-for-local':
    case 'is-unparallelizable-local':
      return names === '' ? 'waits for local commands' : `waits for the local command of ${names}`;
    case 'waiting-for-uncategorized':
      return 'waits for the objects without a workload';
    case 'waiting-for-cluster':
      return 'waits for the cluster';
    case 'waiting-for-deploy':
      return 'waits for its containers to run';
    case 'tiltfile-reload':
      return 'waits for the Tiltfile';
    case 'waiting-for-slot':
      return 'waits for other updates to end';
  }
}
