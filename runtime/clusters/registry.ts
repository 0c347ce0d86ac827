import { randomUUID } from 'node:crypto';
import type { Result } from '../state/failure.ts';
import { runTool, type ToolContext } from './cluster-tool.ts';

/** A registry in a container beside the cluster, that only this machine reaches. */
export interface Registry {
  /** The container, which is also its name in the cluster's network. */
  readonly container: string;
  /** Under which the Docker engine pushes: `localhost:PORT`. */
  readonly host: string;
}

/** Its port inside of its container. */
export const REGISTRY_PORT = 5000;
/** By which our containers are known. */
export const LABEL = 'dev.tilt-ts.cluster';

/** The image of the registry; who cannot reach Docker Hub sets TILT_TS_REGISTRY_IMAGE. */
function registryImage(env: ToolContext['env']): string {
  return env.TILT_TS_REGISTRY_IMAGE || 'registry:2';
}

/** Starts a registry for a cluster on a port that is free. */
export async function startRegistry(cluster: string, tool: ToolContext): Promise<Result<Registry>> {
  const container = `tilt-ts-registry-${cluster}-${randomUUID().slice(0, 8)}`;
  const started = await runTool(
    `start a registry for the cluster "${cluster}"`,
    [
      ...['docker', 'run', '--detach', '--name', container, '--label', `${LABEL}=${cluster}`],
      ...['--publish', `127.0.0.1::${REGISTRY_PORT}`, registryImage(tool.env)],
    ],
    tool,
  );
  if (!started.ok) return started;
  const port = await runTool(
    'find the port of the registry',
    ['docker', 'port', container, String(REGISTRY_PORT)],
    tool,
  );
  if (!port.ok) return port;
  const [, number = ''] = /:(\d+)\s*$/m.exec(port.value) ?? [];
  return { ok: true, value: { container, host: `localhost:${number}` } };
}

/** Removes the registries of a cluster; none is no failure. */
export async function removeRegistries(cluster: string, tool: ToolContext): Promise<Result<void>> {
  const purpose = `remove the registry of the cluster "${cluster}"`;
  const found = await runTool(
    purpose,
    ['docker', 'ps', '--all', '--quiet', '--filter', `label=${LABEL}=${cluster}`],
    tool,
  );
  if (!found.ok) return found;
  const ids = found.value.split('\n').filter(Boolean);
  if (ids.length === 0) return { ok: true, value: undefined };
  const removed = await runTool(purpose, ['docker', 'rm', '--force', '--volumes', ...ids], tool);
  return removed.ok ? { ok: true, value: undefined } : removed;
}
