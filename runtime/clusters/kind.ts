import { chmod, readFile, writeFile } from 'node:fs/promises';
import type { Result } from '../state/failure.ts';
import { type ClusterProvider, runShown, runTool, type ToolContext } from './cluster-tool.ts';
import { REGISTRY_PORT, type Registry, removeRegistries, startRegistry } from './registry.ts';
import { announce, isAnnounced } from './registry-announcement.ts';
import { reachedFromHere, remoteHost } from './remote-engine.ts';

/** Clusters of kind, with a registry that their nodes pull from. */
export const kind: ClusterProvider = {
  contextOf: (name) => `kind-${name}`,

  async list(tool) {
    const listed = await runTool('list the clusters of kind', ['kind', 'get', 'clusters'], tool);
    return listed.ok ? { ok: true, value: listed.value.split('\n').filter(Boolean) } : listed;
  },

  async create(name, kubeconfig, tool) {
    const remote = await remoteHost(tool.env);
    const purpose = `create the cluster "${name}" by kind`;
    const argv = ['kind', 'create', 'cluster', '--name', name, '--kubeconfig', kubeconfig];
    const created = await runShown(purpose, [...argv, '--config', '-', '--wait', '120s'], tool, kindConfig(remote));
    if (!created.ok) return created;
    await writeFile(kubeconfig, reachedFromHere(await readFile(kubeconfig, 'utf8'), remote));
    await chmod(kubeconfig, 0o600);
    // Wrappers of kind may have brought a registry of their own.
    if (await isAnnounced(kubeconfig, tool)) return { ok: true, value: undefined };
    tool.output('Starting a registry for the cluster\n');
    const registry = await startRegistry(name, tool);
    if (!registry.ok) return registry;
    const wired = await wireRegistry(name, registry.value, tool);
    return wired.ok ? announce(registry.value, kubeconfig, tool) : wired;
  },

  async describe(name, kubeconfig, tool) {
    const purpose = `find the way to the cluster "${name}"`;
    const read = await runTool(purpose, ['kind', 'get', 'kubeconfig', '--name', name], tool);
    if (!read.ok) return read;
    await writeFile(kubeconfig, reachedFromHere(read.value, await remoteHost(tool.env)), { mode: 0o600 });
    return { ok: true, value: undefined };
  },

  async remove(name, kubeconfig, tool) {
    const argv = ['kind', 'delete', 'cluster', '--name', name, '--kubeconfig', kubeconfig];
    const removed = await runShown(`delete the cluster "${name}"`, argv, tool);
    const registries = await removeRegistries(name, tool);
    return removed.ok ? registries : removed;
  },
};

/** Nodes look for registries in a folder; a remote engine's cluster listens where this machine can reach it. */
export function kindConfig(remote: string | undefined): string {
  const networking =
    remote === undefined
      ? ''
      : `networking:\n  apiServerAddress: "0.0.0.0"\nkubeadmConfigPatches:\n- |-\n  kind: ClusterConfiguration\n  apiServer:\n    certSANs: ["127.0.0.1", "${remote}"]\n`;
  return (
    'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n' +
    'containerdConfigPatches:\n- |-\n  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"\n' +
    networking
  );
}

/** Lets the nodes find the registry under the name by which images are pushed. */
async function wireRegistry(name: string, registry: Registry, tool: ToolContext): Promise<Result<void>> {
  const purpose = `let the nodes of "${name}" reach the registry`;
  const joined = await runTool(purpose, ['docker', 'network', 'connect', 'kind', registry.container], tool);
  if (!joined.ok) return joined;
  const nodes = await runTool(purpose, ['kind', 'get', 'nodes', '--name', name], tool);
  if (!nodes.ok) return nodes;
  const folder = `/etc/containerd/certs.d/${registry.host}`;
  const hosts = `[host."http://${registry.container}:${REGISTRY_PORT}"]\n`;
  for (const node of nodes.value.split('\n').filter(Boolean)) {
    const script = `mkdir -p ${folder} && cat > ${folder}/hosts.toml`;
    const written = await runTool(purpose, ['docker', 'exec', '--interactive', node, 'sh', '-c', script], tool, hosts);
    if (!written.ok) return written;
  }
  return { ok: true, value: undefined };
}
