import { type ClusterProvider, runTool, type ToolContext } from './cluster-tool.ts';

interface Profiles {
  readonly valid?: readonly { readonly Name?: string }[];
  readonly invalid?: readonly { readonly Name?: string }[];
}

/** Clusters of minikube, whose own engine builds the images: they need no registry. */
export const minikube: ClusterProvider = {
  contextOf: (name) => name,

  async list(tool) {
    const listed = await runTool(
      'list the profiles of minikube',
      ['minikube', 'profile', 'list', '--output', 'json'],
      tool,
    );
    // Without any profile it ends with an error.
    if (!listed.ok)
      return listed.failure.details.join('').includes('No minikube profile') ? { ok: true, value: [] } : listed;
    const { valid = [], invalid = [] } = JSON.parse(listed.value) as Profiles;
    return { ok: true, value: [...valid, ...invalid].flatMap(({ Name }) => Name ?? []) };
  },

  async create(name, kubeconfig, tool) {
    const argv = ['minikube', 'start', '--profile', name, '--embed-certs', '--wait', 'all', '--interactive=false'];
    const created = await runTool(`create the cluster "${name}" by minikube`, argv, into(kubeconfig, tool));
    return created.ok ? { ok: true, value: undefined } : created;
  },

  async describe(name, kubeconfig, tool) {
    const argv = ['minikube', 'update-context', '--profile', name];
    const written = await runTool(`find the way to the cluster "${name}"`, argv, into(kubeconfig, tool));
    return written.ok ? { ok: true, value: undefined } : written;
  },

  async remove(name, tool) {
    const removed = await runTool(`delete the cluster "${name}"`, ['minikube', 'delete', '--profile', name], tool);
    return removed.ok ? { ok: true, value: undefined } : removed;
  },
};

/** minikube writes into the file that KUBECONFIG names. */
function into(kubeconfig: string, tool: ToolContext): ToolContext {
  return { ...tool, env: { ...tool.env, KUBECONFIG: kubeconfig } };
}
