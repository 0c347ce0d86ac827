import { writeFile } from 'node:fs/promises';
import type { Result } from '../state/failure.ts';
import { type ClusterProvider, runShown, runTool, type ToolContext } from './cluster-tool.ts';
import { reachedFromHere, remoteHost } from './remote-engine.ts';

/** Clusters of k3d, which makes and announces a registry by itself. */
export const k3d: ClusterProvider = {
  contextOf: (name) => `k3d-${name}`,

  async list(tool) {
    const listed = await runTool('list the clusters of k3d', ['k3d', 'cluster', 'list', '--no-headers'], tool);
    if (!listed.ok) return listed;
    const names = listed.value.split('\n').map((line) => line.trim().split(/\s+/)[0] ?? '');
    return { ok: true, value: names.filter(Boolean) };
  },

  async create(name, kubeconfig, tool) {
    const argv = [
      ...['k3d', 'cluster', 'create', name, '--wait', '--timeout', '120s'],
      // A port that Docker chooses (0) would be announced as 0.
      ...['--registry-create', `tilt-ts-registry-${name}:127.0.0.1:random`],
      ...['--kubeconfig-update-default=false', '--kubeconfig-switch-context=false'],
    ];
    const created = await runShown(`create the cluster "${name}" by k3d`, argv, tool);
    return created.ok ? describe(name, kubeconfig, tool) : created;
  },

  describe,

  remove: (name, _kubeconfig, tool) =>
    runShown(`delete the cluster "${name}"`, ['k3d', 'cluster', 'delete', name], tool),
};

async function describe(name: string, kubeconfig: string, tool: ToolContext): Promise<Result<void>> {
  const read = await runTool(`find the way to the cluster "${name}"`, ['k3d', 'kubeconfig', 'get', name], tool);
  if (!read.ok) return read;
  await writeFile(kubeconfig, reachedFromHere(read.value, await remoteHost(tool.env)), { mode: 0o600 });
  return { ok: true, value: undefined };
}
