import { liveUpdateTargets } from '../../stdlib/model/live-update-target.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import { ContainerEvents } from '../clients/docker/container-events.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { LiveListener, LiveOutcome, LiveUpdateRequest, LiveUpdater, Output } from '../engine/ports.ts';
import { failure } from '../state/failure.ts';
import { PodFollower } from './follow-pods.ts';
import { ServiceFollower } from './follow-service.ts';
import { ContainerMemory, type Followed } from './followed.ts';
import { type ContainerOutcome, updateTarget } from './update-target.ts';

export interface LiveUpdaterParts {
  /** The cluster that resources were deployed to. */
  readonly cluster: () => Promise<KubernetesClient>;
  /** The engine that services of Compose run on; nothing while there is none. */
  readonly engine: () => Promise<DockerEngine | undefined>;
  /** The engine that may run the containers of the cluster's pods. */
  readonly clusterEngine: () => Promise<DockerEngine | undefined>;
}

interface Entry {
  readonly followed: Followed;
  readonly listener: LiveListener;
  trouble: string;
}

/** Brings changed files into the containers of pods and of Compose's services. */
export function createLiveUpdater({ cluster, engine, clusterEngine }: LiveUpdaterParts): LiveUpdater {
  const memory = new ContainerMemory();
  const events = new ContainerEvents(engine);
  const entries = new Map<string, Entry>();
  const tell = ({ listener, followed, trouble }: Entry) => memory.tell(listener, followed.containers, trouble);

  return {
    follow(resource, deployed, listener) {
      let isStopped = false;
      const opening = (async () => {
        const client = resource.kind === 'kubernetes' && deployed ? await cluster() : undefined;
        if (isStopped) return undefined;
        const changed = (trouble: string): void => {
          // The first news may come before the follower is known here.
          queueMicrotask(() => {
            if (isStopped || entry === undefined) return;
            entry.trouble = trouble;
            tell(entry);
          });
        };
        const followed =
          resource.kind === 'compose'
            ? new ServiceFollower(engine, events, resource, changed)
            : client && deployed && new PodFollower(client, clusterEngine, resource, deployed, changed);
        if (!followed) return undefined;
        const entry: Entry | undefined = { followed, listener, trouble: '' };
        entries.set(resource.name, entry);
        return entry;
      })();
      return {
        async stop() {
          isStopped = true;
          const entry = await opening.catch(() => undefined);
          if (entries.get(resource.name) === entry) entries.delete(resource.name);
          await entry?.followed.stop();
        },
      };
    },

    async update(request, output, signal) {
      const entry = entries.get(request.resource.name);
      if (entry === undefined || entry.followed.containers.length === 0) {
        output.write('No container runs at the moment; the next one gets the files when it starts.\n');
        return { ok: true, value: undefined };
      }
      try {
        return await updateContainers(request, entry, memory, () => tell(entry), output, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
        return {
          ok: false,
          failure: failure('cancelled', `The live update of "${request.resource.name}" was stopped`),
        };
      }
    },
  };
}

async function updateContainers(
  { resource, update, files, globalIgnores }: LiveUpdateRequest,
  { followed }: Entry,
  memory: ContainerMemory,
  tell: () => void,
  output: Output,
  signal: AbortSignal,
): Promise<LiveOutcome> {
  let problem: LiveOutcome | undefined;
  for (const target of liveUpdateTargets(resource)) {
    const containers = followed.containers.filter(({ ref }) => ref === target.image.ref);
    const onOutcome = ({ id, name }: (typeof containers)[number], outcome: ContainerOutcome): void => {
      if (outcome.kind === 'gone') {
        if (outcome.during === '' || !memory.endedAgain(name)) return;
        problem = { ok: false, gaveWay: gaveWay(resource, target.image.ref, name, outcome.during) };
        return;
      }
      memory.stays(name);
      if (outcome.kind === 'updated') memory.updated(id, update);
      else memory.tried(id, update);
      if (outcome.kind === 'failed' && problem === undefined) {
        problem = { ok: false, failure: failure('live-update', outcome.message, [], target.image.position) };
      }
      if (outcome.kind === 'impossible')
        problem = { ok: false, gaveWay: gaveWay(resource, target.image.ref, name, outcome.why) };
    };
    await updateTarget(
      { target, containers, files, globalIgnores, has: (id) => memory.has(id), onOutcome },
      output,
      signal,
    );
    if (problem !== undefined && 'gaveWay' in problem) break;
  }
  tell();
  return problem ?? { ok: true, value: undefined };
}

function gaveWay({ name, kind }: Resource, ref: string, container: string, why: string): string {
  const what = kind === 'kubernetes' ? `pod ${container.split('/')[0]}` : `container ${container}`;
  return `LiveUpdate "${name}:${ref.replaceAll('/', '_')}" UpdateFailed: Updating ${what}: ${why}\nBuilding the whole image instead.`;
}
