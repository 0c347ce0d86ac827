/** Why a resource that is due does not update now. The names are Tilt's, but for the last. */
export type HoldReason =
  | 'tiltfile-reload'
  | 'waiting-for-dep'
  | 'waiting-for-local'
  | 'is-unparallelizable-local'
  | 'waiting-for-uncategorized'
  | 'building-component'
  | 'waiting-for-cluster'
  /** Its containers are to be updated when they run. */
  | 'waiting-for-deploy'
  /** As many updates run as may run at the same time. */
  | 'waiting-for-slot';

export interface Hold {
  readonly reason: HoldReason;
  /** Names of the resources, images or clusters that it waits for; empty when there is nothing to name. */
  readonly on: readonly string[];
}
