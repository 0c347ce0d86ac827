import { type ClusterProduct, clusterProduct } from '../model/cluster-product.ts';
import { chooseContext, type KubeconfigFile, kubePath } from '../model/kubeconfig.ts';

/** The cluster that kubectl would talk to. */
export interface KubeContext {
  readonly name: string;
  readonly namespace: string;
  readonly product: ClusterProduct;
}

/** What is asked of a command line. */
export interface KubeChoice {
  readonly context: string | undefined;
  readonly namespace: string | undefined;
}

/**
 * The context that is used. `undefined` when none can be: there is no configuration, it cannot be read, or it is not complete;
 * whoever talks to the cluster will say what is wrong.
 */
export function usedContext(
  files: readonly KubeconfigFile[],
  choice: KubeChoice,
  home: string,
): KubeContext | undefined {
  const chosen = chooseContext(files, choice.context);
  if (!chosen.ok) return undefined;
  const { name, namespace, file, clusterName, cluster } = chosen.context;
  const caFile = kubePath(cluster.fields['certificate-authority'], cluster.file);
  return {
    name,
    namespace: choice.namespace ?? (namespace || 'default'),
    product: clusterProduct({ clusterName, contextFile: file, caFile }, home),
  };
}
