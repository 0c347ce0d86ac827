import { mkdirSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result } from '../state/failure.ts';
import {
  type ClusterName,
  type ClusterProvider,
  type MadeCluster,
  PROVIDERS,
  type Provider,
  type ToolContext,
} from './cluster-tool.ts';
import { k3d } from './k3d.ts';
import { kind } from './kind.ts';
import { minikube } from './minikube.ts';

export const CLUSTER_PROVIDERS: Readonly<Record<Provider, ClusterProvider>> = { kind, k3d, minikube };

/** What is kept of a cluster that this program made, in a file of its folder. */
export interface ClusterRecord extends ClusterName {
  /** The program that made it, while it runs. */
  readonly pid: number;
  /** It stays when that program has ended. */
  readonly isKept: boolean;
  readonly madeAt: string;
}

/** `kind`, `kind:NAME`, `k3d`, …; `undefined` when it is none of these. Without a name the cluster gets one that nobody else has. */
export function parseClusterName(text: string, pid: number, now: number): ClusterName | undefined {
  const [word = '', ...rest] = text.split(':');
  const provider = PROVIDERS.find((known) => known === word);
  const name = rest.join(':') || `tilt-ts-${pid.toString(36)}-${(now % 36 ** 4).toString(36)}`;
  if (provider === undefined || !/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) return undefined;
  return { provider, name };
}

/** Clusters that this program makes and takes away. `folder` is where it keeps what it knows of them. */
export class ThrowAwayClusters {
  readonly #folder: string;
  readonly #tool: ToolContext;

  constructor(folder: string, tool: ToolContext) {
    this.#folder = folder;
    this.#tool = tool;
  }

  /** The cluster if it is there, else a new one with a registry. What was begun is taken away when it fails. */
  async open(asked: ClusterName, { isKept }: { readonly isKept: boolean }): Promise<Result<MadeCluster>> {
    const provider = CLUSTER_PROVIDERS[asked.provider];
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const kubeconfig = path.join(this.#folder, `${asked.provider}-${asked.name}.kubeconfig`);
    const made = { ...asked, context: provider.contextOf(asked.name), kubeconfig };
    const known = await provider.list(this.#tool);
    if (!known.ok) return known;
    if (known.value.includes(asked.name)) {
      const described = await provider.describe(asked.name, kubeconfig, this.#tool);
      return described.ok ? { ok: true, value: { ...made, isReused: true } } : described;
    }
    await this.#remember({ ...asked, pid: process.pid, isKept, madeAt: new Date().toISOString() });
    const created = await provider.create(asked.name, kubeconfig, this.#tool);
    if (created.ok) return { ok: true, value: { ...made, isReused: false } };
    await this.remove(asked);
    return created;
  }

  /** Deletes a cluster with its registry. Goes on when the tool's signal has aborted: nothing is to be left behind. */
  async remove({ provider, name }: ClusterName): Promise<Result<void>> {
    const tool = { ...this.#tool, signal: new AbortController().signal };
    const removed = await CLUSTER_PROVIDERS[provider].remove(name, tool);
    if (removed.ok) {
      for (const file of [`${provider}-${name}.json`, `${provider}-${name}.kubeconfig`]) {
        await rm(path.join(this.#folder, file), { force: true });
      }
    }
    return removed;
  }

  /** What this program made and did not delete yet. */
  async records(): Promise<readonly ClusterRecord[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const records = await Promise.all(
      files
        .filter((file) => file.endsWith('.json'))
        .map(async (file) => {
          try {
            return JSON.parse(await readFile(path.join(this.#folder, file), 'utf8')) as ClusterRecord;
          } catch {
            return undefined;
          }
        }),
    );
    return records.filter((record) => record !== undefined);
  }

  async #remember(record: ClusterRecord): Promise<void> {
    const file = path.join(this.#folder, `${record.provider}-${record.name}.json`);
    await writeFile(file, `${JSON.stringify(record, undefined, 2)}\n`);
  }
}

/** Whether nobody takes care of a cluster any more: its program was killed. */
export function isForgotten({ isKept, pid }: ClusterRecord): boolean {
  if (isKept) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

export function unknownCluster(text: string) {
  const message = `Cannot make the cluster "${text}": it is written kind, k3d or minikube, with a name of small letters, digits and dashes behind a colon: kind:checks`;
  return failure('cluster-unreachable', message);
}
