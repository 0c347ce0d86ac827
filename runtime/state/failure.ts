import type { SourcePosition } from '../../stdlib/model/position.ts';

/** An expected failure: what broke, in words that a person can act on. */
export interface Failure {
  readonly kind: FailureKind;
  /** One line that names the action and the thing, quotes values and says what to do. */
  readonly message: string;
  /** More, line by line, such as the last lines of a container. */
  readonly details: readonly string[];
  /** The declaration that it is about. */
  readonly position: SourcePosition | undefined;
  /** The builtin of the Tiltfile that refused, where the message does not name it. */
  readonly builtin?: string;
  /** It is that a time limit passed. */
  readonly timedOut?: true;
}

/** What failed; it decides the exit code. */
export type FailureKind =
  /** The Tiltfile could not be loaded. */
  | 'tiltfile'
  /** A command of the user's ended with an error: what it wrote is the end of the resource's log. */
  | 'command'
  /** A local server ended, or could not be started. */
  | 'server'
  /** An image could not be built. */
  | 'image-build'
  /** An image could not be brought to where the cluster finds it. */
  | 'image-push'
  /** A command of a live update failed in a container. */
  | 'live-update'
  /** The cluster refused objects, or a Compose service could not be started. */
  | 'apply'
  /** What was applied does not run: crashes, missing images, failed Jobs. */
  | 'workload'
  /** No Docker engine answers. */
  | 'docker-unreachable'
  /** No cluster answers, or none is configured. */
  | 'cluster-unreachable'
  /** The cluster may be someone's production and is not allowed. */
  | 'cluster-refused'
  /** Stopped on purpose: a newer change, a removed resource, the end of the session. */
  | 'cancelled';

/** Either a value or the failure that stands in its place. */
export type Result<T, F = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export function failure(
  kind: FailureKind,
  message: string,
  details: readonly string[] = [],
  position?: SourcePosition,
): Failure {
  return { kind, message, details, position };
}
