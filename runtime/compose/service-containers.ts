import type { ServiceName } from '../clients/docker/container-events.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { EngineProblem, EngineResult } from '../clients/docker/engine-problem.ts';
import { type ContainerState, containerState } from './container-state.ts';

/** The containers of a service, by number. Those of `docker compose run` are not counted. */
export async function serviceContainers(
  engine: DockerEngine,
  { project, service }: ServiceName,
  signal: AbortSignal,
): Promise<EngineResult<readonly ContainerState[]>> {
  const label = [
    `com.docker.compose.project=${project}`,
    `com.docker.compose.service=${service}`,
    'com.docker.compose.oneoff=False',
  ];
  const whileDoing = `looking for the containers of service "${service}"`;
  const query = { all: 'true', filters: JSON.stringify({ label }) };
  const listed = await engine.call({ method: 'GET', path: '/containers/json', query, signal, whileDoing });
  if (!listed.ok) return listed;
  const ids = Array.isArray(listed.value) ? listed.value.map((one: { Id?: unknown }) => String(one.Id ?? '')) : [];
  const containers: ContainerState[] = [];
  for (const id of ids) {
    const found = await engine.call({ method: 'GET', path: `/containers/${id}/json`, signal, whileDoing });
    if (found.ok) containers.push(containerState(found.value));
    else if (!isGone(found.problem)) return found;
  }
  return { ok: true, value: containers.sort((one, other) => Number(one.number) - Number(other.number)) };
}

/** Stops and deletes a container; one that is gone is no problem. */
export async function removeContainer(
  engine: DockerEngine,
  { id, name }: ContainerState,
  signal: AbortSignal,
): Promise<EngineResult<void>> {
  const whileDoing = `removing container "${name}"`;
  const steps = [
    { method: 'POST', path: `/containers/${id}/stop` },
    { method: 'DELETE', path: `/containers/${id}`, query: { force: 'true' } },
  ] as const;
  for (const step of steps) {
    const done = await engine.call({ ...step, signal, whileDoing });
    if (!done.ok && !isGone(done.problem)) return done;
  }
  return { ok: true, value: undefined };
}

/** It went away meanwhile, or somebody else is deleting it. */
function isGone(problem: EngineProblem): boolean {
  return problem.kind === 'refused' && (problem.status === 404 || problem.status === 409);
}
