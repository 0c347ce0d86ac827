/** Why an update runs, or waits to run. */
export type Cause =
  /** The resource appeared. */
  | { readonly kind: 'initial' }
  /** Absolute paths, each once. */
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'trigger'; readonly from: TriggerOrigin }
  /** Containers lack files that live updates brought to others. */
  | { readonly kind: 'containers'; readonly names: readonly string[] }
  /** The Tiltfile declares it differently. */
  | { readonly kind: 'config' }
  /** It failed, and is tried again: for the `attempt`th of `attempts` times, the first try counted. */
  | { readonly kind: 'retry'; readonly attempt: number; readonly attempts: number }
  /** The Tiltfile was given other arguments. */
  | { readonly kind: 'args' }
  /** Extensions were added to the session, or taken out of it. */
  | { readonly kind: 'extensions' };

export type TriggerOrigin = 'cli' | 'web';

/** An update that is due, or that waits for someone to trigger it. */
export interface Pending {
  /** When the first of the causes came up. */
  readonly since: number;
  /** At most one of each kind. */
  readonly causes: readonly Cause[];
}

/** Adds a cause; files are merged, each path once. */
export function withCause(pending: Pending | undefined, cause: Cause, at: number): Pending {
  if (pending === undefined) return { since: at, causes: [cause] };
  const same = pending.causes.find((known) => known.kind === cause.kind);
  if (same === undefined) return { since: pending.since, causes: [...pending.causes, cause] };
  if (same.kind !== 'files' || cause.kind !== 'files') return pending;
  const merged: Cause = { kind: 'files', paths: [...new Set([...same.paths, ...cause.paths])] };
  return { since: pending.since, causes: pending.causes.map((known) => (known === same ? merged : known)) };
}
