import type { DeployedObject } from '../../state/deployed.ts';
import type { ForwardState } from '../../state/forward.ts';
import { microTime } from '../time.ts';

// Parts that objects for the cluster have, whoever made them.

/** Proxies that are put beside containers: their logs say nothing of what runs there. */
export const IGNORED_CONTAINERS = ['istio-init', 'istio-proxy', 'linkerd-proxy', 'linkerd-init'];

interface Forward {
  readonly localPort?: number;
  readonly containerPort?: number;
  readonly host?: string;
}

export function forwardStatus(
  { localPort = 0, containerPort = 0, host = '' }: Forward,
  state: ForwardState | undefined,
): object {
  const base = { localPort, containerPort, addresses: host === '' ? ['127.0.0.1', '::1'] : [host] };
  if (state === undefined) return { ...base, startedAt: null };
  if (state.kind === 'failed') return { ...base, error: state.message, startedAt: null };
  return { ...base, localPort: state.localPort, startedAt: microTime(state.since) };
}

/** What tells an object of the cluster from others. */
export function identityYaml({ apiVersion, kind, name, namespace, uid }: DeployedObject): string {
  const metadata = { name, ...(namespace === '' ? {} : { namespace }), ...(uid === '' ? {} : { uid }) };
  return JSON.stringify({ apiVersion, kind, metadata });
}
