import type { Json } from '../../stdlib/model/kubernetes.ts';
import { podSpec } from '../../stdlib/model/pod-spec.ts';
import type { PortForward } from '../../stdlib/model/port-forward.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import type { Pod } from '../clients/kubernetes/objects.ts';

/** The port to listen on; 0 when only a running pod can tell. */
export function localPortOf(forward: PortForward, resource: KubernetesResource): number {
  if (forward.localPort !== 0) return forward.localPort;
  if (forward.containerPort !== 0) return forward.containerPort;
  for (const object of resource.objects) {
    const [first] = portsOfSpec(podSpec(object) ?? {});
    if (first !== undefined) return first;
  }
  return 0;
}

/** The pod's port to connect to: as given, else the one with the local port's number, else the pod's first, else the local port. */
export function containerPortOf(forward: PortForward, localPort: number, pod: Pod): number {
  if (forward.containerPort !== 0) return forward.containerPort;
  const ports = podPorts(pod);
  return ports.includes(localPort) ? localPort : (ports[0] ?? localPort);
}

/** All ports that a pod's containers declare. */
export function podPorts(pod: Pod): readonly number[] {
  return portsOfSpec((pod.spec ?? {}) as { readonly [key: string]: Json });
}

function portsOfSpec(spec: { readonly [key: string]: Json }): readonly number[] {
  const containers = Array.isArray(spec.containers) ? (spec.containers as readonly Json[]) : [];
  return containers.flatMap((container) => {
    const ports = (container as { readonly ports?: Json } | null)?.ports;
    if (!Array.isArray(ports)) return [];
    return ports.flatMap((port: { readonly containerPort?: Json; readonly protocol?: Json } | null) =>
      typeof port?.containerPort === 'number' && (port.protocol ?? 'TCP') === 'TCP' ? [port.containerPort] : [],
    );
  });
}
