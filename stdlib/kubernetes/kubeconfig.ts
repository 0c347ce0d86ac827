import path from 'node:path';
import { load } from 'js-yaml';
import { type ClusterProduct, clusterProduct } from '../model/cluster-product.ts';

/** The cluster that kubectl would talk to. */
export interface KubeContext {
  readonly name: string;
  readonly namespace: string;
  readonly product: ClusterProduct;
}

export interface KubeEnvironment {
  readonly kubeconfig: string | undefined;
  readonly home: string | undefined;
}

/** Absolute paths of the files that make up the configuration, the first wins; they need not exist. */
export function kubeconfigPaths({ kubeconfig, home }: KubeEnvironment, cwd: string): readonly string[] {
  const listed = (kubeconfig ?? '').split(path.delimiter).filter((file) => file !== '');
  if (listed.length > 0) return [...new Set(listed.map((file) => path.resolve(cwd, file)))];
  return home === undefined || home === '' ? [] : [path.join(home, '.kube', 'config')];
}

interface Merged {
  currentContext: string;
  readonly contexts: Map<
    string,
    { readonly cluster: string; readonly user: string; readonly namespace: string; readonly file: string }
  >;
  readonly clusters: Map<string, { readonly server: string; readonly caFile: string | undefined }>;
  readonly users: Set<string>;
}

/** What is asked of a command line. */
export interface KubeChoice {
  readonly context: string | undefined;
  readonly namespace: string | undefined;
}

/**
 * Merges the files as kubectl does and answers the context that is used. `undefined` when none can be: there is no
 * configuration, it cannot be read, or it is not complete.
 */
export function usedContext(
  files: readonly { readonly path: string; readonly text: string }[],
  choice: KubeChoice,
  home: string,
): KubeContext | undefined {
  const merged: Merged = { currentContext: '', contexts: new Map(), clusters: new Map(), users: new Set() };
  try {
    for (const file of files) merge(merged, fields(load(file.text)), file.path);
  } catch {
    // Whoever talks to the cluster will say what is wrong with the file.
    return undefined;
  }
  const name = choice.context ?? merged.currentContext;
  const context = merged.contexts.get(name);
  const cluster = context && merged.clusters.get(context.cluster);
  if (!context || !cluster || cluster.server === '' || !merged.users.has(context.user)) return undefined;
  const traits = { clusterName: context.cluster, contextFile: context.file, caFile: cluster.caFile };
  return {
    name,
    namespace: choice.namespace ?? (context.namespace || 'default'),
    product: clusterProduct(traits, home),
  };
}

type Fields = { readonly [key: string]: unknown };

function merge(merged: Merged, config: Fields, file: string): void {
  merged.currentContext ||= text(config['current-context']);
  for (const entry of list(config.contexts)) {
    const name = text(entry.name);
    const context = fields(entry.context);
    if (merged.contexts.has(name)) continue;
    const namespace = text(context.namespace);
    merged.contexts.set(name, { cluster: text(context.cluster), user: text(context.user), namespace, file });
  }
  for (const entry of list(config.clusters)) {
    const name = text(entry.name);
    const cluster = fields(entry.cluster);
    if (merged.clusters.has(name)) continue;
    const authority = text(cluster['certificate-authority']);
    const caFile = authority === '' ? undefined : path.resolve(path.dirname(file), authority);
    merged.clusters.set(name, { server: text(cluster.server), caFile });
  }
  for (const entry of list(config.users)) merged.users.add(text(entry.name));
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value);
}
