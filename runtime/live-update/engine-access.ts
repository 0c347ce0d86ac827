import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { ContainerAccess } from './container-access.ts';
import { dockerAccess } from './docker-access.ts';

/** The way into a pod's container by the engine that runs it; nothing where that engine is not at hand. `id` such as `docker://0123…`. */
export async function engineAccess(
  findEngine: () => Promise<DockerEngine | undefined>,
  id: string,
  name: string,
  signal: AbortSignal,
): Promise<ContainerAccess | undefined> {
  const [, engineId] = /^docker:\/\/(\w+)$/.exec(id) ?? [];
  const engine = engineId === undefined ? undefined : await findEngine();
  if (engineId === undefined || engine === undefined) return undefined;
  const access = dockerAccess(engine, engineId, name);
  return (await access.stillRuns(signal)) ? access : undefined;
}
