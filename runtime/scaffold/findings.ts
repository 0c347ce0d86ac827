/** What there is in a folder that a Tiltfile could start from. Paths are relative to the folder, with slashes. */
export interface Findings {
  /** The folder's own name. */
  readonly name: string;
  readonly dockerfiles: readonly string[];
  readonly manifests: readonly Manifest[];
  /** Folders with a kustomization. */
  readonly kustomizations: readonly string[];
  /** Folders with a chart of Helm. */
  readonly charts: readonly string[];
  readonly composeFiles: readonly string[];
  /** Of package.json. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly packageManager: PackageManager;
  /** Folders and files whose changes make it worth to run scripts again. */
  readonly sources: readonly string[];
}

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** A YAML file of Kubernetes objects. */
export interface Manifest {
  readonly file: string;
  /** `kind/name/namespace` of each. */
  readonly objects: readonly string[];
  readonly workloads: readonly Workload[];
}

export interface Workload {
  readonly name: string;
  readonly images: readonly string[];
  readonly ports: readonly number[];
}
