import type { Cluster, Metadata, UiButton, UiResource, UiSession, ViewMessage } from './wire.ts';

/** What is known of the session, but for its log. */
export interface ViewState {
  readonly session: UiSession | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  /** In the order of the Tiltfile. */
  readonly resources: ReadonlyMap<string, UiResource>;
  readonly buttons: ReadonlyMap<string, UiButton>;
  readonly clusters: ReadonlyMap<string, Cluster>;
}

export const EMPTY_VIEW: ViewState = {
  session: undefined,
  startedAt: undefined,
  resources: new Map(),
  buttons: new Map(),
  clusters: new Map(),
};

/** The state after a message. What the message does not touch stays the same object. */
export function withMessage(state: ViewState, message: ViewMessage): ViewState {
  const base = message.isComplete === true ? EMPTY_VIEW : state;
  const started = message.tiltStartTime ?? message.uiSession?.status?.tiltStartTime;
  const resources = merged(base.resources, message.uiResources);
  return {
    session: message.uiSession ?? base.session,
    startedAt: started === undefined ? base.startedAt : Date.parse(started),
    resources: resources === base.resources ? resources : inOrder(resources),
    buttons: merged(base.buttons, message.uiButtons),
    clusters: merged(base.clusters, message.clusters),
  };
}

function merged<T extends { readonly metadata: Metadata }>(
  known: ReadonlyMap<string, T>,
  changed: readonly T[] | undefined,
): ReadonlyMap<string, T> {
  if (changed === undefined || changed.length === 0) return known;
  const next = new Map(known);
  for (const object of changed) {
    const { name, deletionTimestamp } = object.metadata;
    if (deletionTimestamp) next.delete(name);
    else next.set(name, object);
  }
  return next;
}

function inOrder(resources: ReadonlyMap<string, UiResource>): ReadonlyMap<string, UiResource> {
  const order = (resource: UiResource) => resource.status?.order ?? 0;
  return new Map([...resources].sort(([, one], [, other]) => order(one) - order(other)));
}
