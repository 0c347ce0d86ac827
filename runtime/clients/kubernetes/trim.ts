import type { ApiObject, ClusterEvent, Container, Pod } from './objects.ts';

/** Field ownership is half of an object's size, and nobody reads it here. */
export function withoutManagedFields<T extends ApiObject>(object: T): T {
  const { managedFields, ...metadata } = object.metadata as ApiObject['metadata'] & { managedFields?: unknown };
  return managedFields === undefined ? object : { ...object, metadata };
}

/** A pod with what `Pod` names of its spec: in a namespace of thousands of pods the rest would be most of the memory. */
export function trimPod(pod: Pod): Pod {
  const { annotations: _, ...metadata } = withoutManagedFields(pod).metadata;
  const { containers = [], initContainers = [], restartPolicy, nodeName, readinessGates } = pod.spec ?? {};
  return {
    metadata,
    spec: {
      containers: containers.map(trimContainer),
      initContainers: initContainers.map(trimContainer),
      ...(restartPolicy !== undefined && { restartPolicy }),
      ...(nodeName !== undefined && { nodeName }),
      ...(readinessGates !== undefined && { readinessGates }),
    },
    ...(pod.status && { status: pod.status }),
  };
}

function trimContainer({ name, image, restartPolicy, readinessProbe, startupProbe, ports }: Container): Container {
  return {
    name,
    ...(image !== undefined && { image }),
    ...(restartPolicy !== undefined && { restartPolicy }),
    ...(readinessProbe && { readinessProbe: {} }),
    ...(startupProbe && { startupProbe: {} }),
    ...(ports && { ports }),
  };
}

/** An event with what `ClusterEvent` names. */
export function trimEvent(event: ClusterEvent): ClusterEvent {
  const { involvedObject, type, reason, message, count, lastTimestamp, eventTime, series } = event;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = event.metadata;
  return {
    metadata: {
      name,
      uid,
      resourceVersion,
      ...(namespace !== undefined && { namespace }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
    },
    involvedObject,
    ...(type !== undefined && { type }),
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
    ...(count !== undefined && { count }),
    ...(lastTimestamp !== undefined && { lastTimestamp }),
    ...(eventTime !== undefined && { eventTime }),
    ...(series !== undefined && { series }),
  };
}
