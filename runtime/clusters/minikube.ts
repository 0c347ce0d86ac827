import { type ClusterProvider, runShown, runTool, type ToolContext } from './cluster-tool.ts';

interface Profiles {
  readonly valid?: readonly { readonly Name?: string }[];
  readonly invalid?: readonly { readonly Name?: string }[];
}

/** Clusters of minikube, whose own engine builds the images, as for every minikube: they need no registry. */
export const minikube: ClusterProvider = {
  contextOf: (name) => name,

  async list(tool) {
    const argv = ['minikube', 'profile', 'list', '--output', 'json'];
    const listed = await runTool('list the profiles of minikube', argv, tool);
    if (listed.ok) return { ok: true, value: namesIn(listed.value) };
    // Without any profile it ends with an error.
    const hasRun = listed.failure.message.includes('ended with exit code');
    return hasRun ? { ok: true, value: [] } : listed;
  },

  create(name, kubeconfig, tool) {
    // Without --embed-certs: where the certificates lie tells what kind of cluster it is, whatever its name.
    const argv = ['minikube', 'start', '--profile', name, '--container-runtime', 'docker'];
    const purpose = `create the cluster "${name}" by minikube`;
    return runShown(purpose, [...argv, '--wait', 'all', '--interactive=false'], into(kubeconfig, tool));
  },

  async describe(name, kubeconfig, tool) {
    const argv = ['minikube', 'update-context', '--profile', name];
    const written = await runTool(`find the way to the cluster "${name}"`, argv, into(kubeconfig, tool));
    return written.ok ? { ok: true, value: undefined } : written;
  },

  remove: (name, kubeconfig, tool) =>
    runShown(`delete the cluster "${name}"`, ['minikube', 'delete', '--profile', name], into(kubeconfig, tool)),
};

function namesIn(text: string): readonly string[] {
  try {
    const { valid, invalid } = JSON.parse(text) as Profiles;
    return [...(valid ?? []), ...(invalid ?? [])].flatMap(({ Name }) => Name ?? []);
  } catch {
    return [];
  }
}

/** minikube writes into the file that KUBECONFIG names. */
function into(kubeconfig: string, tool: ToolContext): ToolContext {
  return { ...tool, env: { ...tool.env, KUBECONFIG: kubeconfig } };
}
