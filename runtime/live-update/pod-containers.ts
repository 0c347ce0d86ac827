import { fullReference, parseImageReference, repositoryName } from '../../stdlib/model/image-reference.ts';
import type { LiveUpdateTarget } from '../../stdlib/model/live-update-target.ts';
import type { ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import type { BuiltImage } from '../engine/ports.ts';

/** A container of a pod that runs what a live update is for. */
export interface RunningContainer {
  readonly id: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly target: LiveUpdateTarget;
}

export interface PodContainers {
  readonly running: readonly RunningContainer[];
  /** Why one that should be updated cannot be; empty when there is nothing to say. */
  readonly trouble: string;
}

/** The containers in the pods that run the targets' images, as they were built. */
export function podContainers(
  pods: readonly Pod[],
  targets: readonly LiveUpdateTarget[],
  images: readonly BuiltImage[],
): PodContainers {
  const running: RunningContainer[] = [];
  let crashing = '';
  let ended = '';
  let isAwaited = false;
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    const { name, namespace = 'default' } = pod.metadata;
    const phase = pod.status?.phase ?? '';
    for (const container of pod.spec?.containers ?? []) {
      const target = targets.find((candidate) => runsFor(candidate, container, images));
      if (!target) continue;
      const status = pod.status?.containerStatuses?.find((one) => one.name === container.name);
      if (phase === 'Succeeded' || phase === 'Failed') ended ||= name;
      else if (status?.state?.running && status.containerID) {
        running.push({ id: status.containerID, namespace, pod: name, container: container.name, target });
      } else if (status?.state?.waiting?.reason === 'CrashLoopBackOff') crashing ||= name;
      else if (hasEnded(pod, status)) ended ||= name;
      else isAwaited = true;
    }
  }
  if (crashing !== '') return { running, trouble: `Cannot live update because container crashing. Pod: ${crashing}` };
  const isOver = ended !== '' && running.length === 0 && !isAwaited;
  return { running, trouble: isOver ? `Container for live update is stopped. Pod name: ${ended}` : '' };
}

function hasEnded(pod: Pod, status: ContainerStatus | undefined): boolean {
  return status?.state?.terminated !== undefined && pod.spec?.restartPolicy === 'Never';
}

function runsFor(
  { image, spec }: LiveUpdateTarget,
  container: { readonly name: string; readonly image?: string },
  images: readonly BuiltImage[],
): boolean {
  if (spec.containerName !== '') return spec.containerName === container.name;
  const runs = parseImageReference(container.image ?? '');
  // Nobody here builds the image: any tag of it will do.
  const built = image.onlyLiveUpdate ? image.ref : images.find(({ ref }) => ref === image.ref)?.clusterRef;
  const wanted = parseImageReference(built ?? '');
  if (!runs.ok || !wanted.ok) return false;
  if (image.onlyLiveUpdate) return repositoryName(runs.value) === repositoryName(wanted.value);
  return fullReference(runs.value) === fullReference(wanted.value);
}
