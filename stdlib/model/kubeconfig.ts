import path from 'node:path';
import { load } from 'js-yaml';

// What a kubeconfig says, by kubectl's rules: several files are merged, and for each name the first one wins.

/** The values of the environment that say where the files are. */
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

export interface KubeconfigFile {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
}

export type KubeFields = Readonly<Record<string, unknown>>;

/** What stands under a name, as it is written. */
export interface KubeconfigEntry {
  readonly fields: KubeFields;
  /** Absolute path of the file that it stands in. */
  readonly file: string;
}

/** A context with what it names. */
export interface KubeconfigContext {
  readonly name: string;
  /** Empty when it names none. */
  readonly namespace: string;
  /** Absolute path of the file that the context stands in. */
  readonly file: string;
  readonly clusterName: string;
  readonly cluster: KubeconfigEntry;
  /** Never empty. */
  readonly server: string;
  /** Empty when the context names none; then `user` has no fields. */
  readonly userName: string;
  readonly user: KubeconfigEntry;
}

export type ChosenContext =
  | { readonly ok: true; readonly context: KubeconfigContext }
  | { readonly ok: false; readonly message: string };

/** Picks the current context (or `override`, unless it is empty) out of files in the order of their weight. A message says what is missing. */
export function chooseContext(files: readonly KubeconfigFile[], override = ''): ChosenContext {
  const contexts = new Map<string, KubeconfigEntry>();
  const clusters = new Map<string, KubeconfigEntry>();
  const users = new Map<string, KubeconfigEntry>();
  let current = override;
  for (const file of files) {
    let document: unknown;
    try {
      document = load(file.text);
    } catch (error) {
      return refuse(`Cannot read the kubeconfig "${file.path}": ${firstLine(error)}`);
    }
    const fields = kubeFields(document);
    current ||= kubeText(fields['current-context']) ?? '';
    collect(contexts, fields.contexts, 'context', file.path);
    collect(clusters, fields.clusters, 'cluster', file.path);
    collect(users, fields.users, 'user', file.path);
  }
  const read = files.map((file) => `"${file.path}"`).join(', ');
  if (current === '') {
    return refuse(`No current context is set in ${read}: choose one with "kubectl config use-context NAME"`);
  }
  const context = contexts.get(current);
  if (!context) return refuse(`The context "${current}" does not exist in ${read}`);
  const clusterName = kubeText(context.fields.cluster) ?? '';
  const cluster = clusters.get(clusterName);
  const server = cluster && kubeText(cluster.fields.server);
  if (!cluster || !server) {
    return refuse(`The cluster "${clusterName}" of the context "${current}" has no server in ${read}`);
  }
  const userName = kubeText(context.fields.user) ?? '';
  const user = users.get(userName);
  if (userName !== '' && !user) {
    return refuse(`The user "${userName}" of the context "${current}" does not exist in ${read}`);
  }
  return {
    ok: true,
    context: {
      name: current,
      namespace: kubeText(context.fields.namespace) ?? '',
      file: context.file,
      clusterName,
      cluster,
      server,
      userName,
      user: user ?? { fields: {}, file: context.file },
    },
  };
}

function refuse(message: string): ChosenContext {
  return { ok: false, message };
}

function collect(into: Map<string, KubeconfigEntry>, list: unknown, key: string, file: string): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    const fields = kubeFields(item);
    const name = kubeText(fields.name);
    if (name !== undefined && !into.has(name)) into.set(name, { fields: kubeFields(fields[key]), file });
  }
}

/** An absolute path out of a path that is relative to the file it stands in; `undefined` when none is given. */
export function kubePath(value: unknown, file: string): string | undefined {
  const name = kubeText(value);
  return name === undefined ? undefined : path.resolve(path.dirname(file), name);
}

/** A mapping, or an empty one for all else. */
export function kubeFields(value: unknown): KubeFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as KubeFields) : {};
}

/** A scalar as text; `undefined` for an empty one and for all else. */
export function kubeText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
