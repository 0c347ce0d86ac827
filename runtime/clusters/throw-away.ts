import { rmSync } from 'node:fs';
import { beginningOf } from '../clients/process/process-table.ts';
import { failure, type Result } from '../state/failure.ts';
import { type ClusterRecord, type ClusterRecords, isAttended, isForgotten } from './cluster-records.ts';
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

/** Longer names do not fit into the names that the tools make of them. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;

/** `kind`, `kind:NAME`, `k3d`, …; `undefined` when it is none of these. Without a name the cluster gets one that nobody else has. */
export function parseClusterName(text: string, pid: number, now: number): ClusterName | undefined {
  const [word = '', ...rest] = text.split(':');
  const provider = PROVIDERS.find((known) => known === word);
  const name = text.includes(':') ? rest.join(':') : `tilt-ts-${pid.toString(36)}-${(now % 36 ** 4).toString(36)}`;
  return provider === undefined || !NAME.test(name) ? undefined : { provider, name };
}

export const CLUSTER_FORM =
  'it is written kind, k3d or minikube, with a name of up to 32 small letters, digits and dashes behind a colon: kind:checks';

export function clusterText({ provider, name }: ClusterName): string {
  return `${provider}:${name}`;
}

/** A cluster that is there while it is needed. */
export class ThrowAwayCluster {
  /** Where the way to it is written; the file is there once it is open. */
  readonly kubeconfig: string;
  readonly #asked: ClusterName;
  readonly #isKept: boolean;
  readonly #records: ClusterRecords;
  /** Ours, or begun by us: whoever opened it closes it. */
  #record: ClusterRecord | undefined;

  constructor(asked: ClusterName, isKept: boolean, records: ClusterRecords) {
    this.#asked = asked;
    this.#isKept = isKept;
    this.#records = records;
    this.kubeconfig = records.kubeconfigOf(asked, isKept);
  }

  /** Whether something of it would be left if the program ended now. */
  get isLeft(): boolean {
    return this.#record !== undefined && !(this.#record.isKept && this.#record.isMade);
  }

  /** Uses the cluster if it is there, else makes one with a registry. What a failure leaves is for `close`. */
  async open(tool: ToolContext): Promise<Result<MadeCluster>> {
    this.#records.sweep();
    const provider = CLUSTER_PROVIDERS[this.#asked.provider];
    const known = await this.#claim(provider, tool);
    if (!known.ok) return known;
    const isReused = known.value === 'there';
    const { name } = this.#asked;
    const opened = isReused
      ? await provider.describe(name, this.kubeconfig, tool)
      : await provider.create(name, this.kubeconfig, tool);
    if (!opened.ok) return opened;
    if (this.#record !== undefined) {
      this.#record = { ...this.#record, isMade: true };
      this.#records.replace(this.#record);
    }
    const { kubeconfig } = this;
    const context = provider.contextOf(name);
    return { ok: true, value: { ...this.#asked, context, kubeconfig, isReused } };
  }

  /** Deletes what was made or begun, unless it is to be kept. Answers what became of it. */
  async close(tool: ToolContext): Promise<Result<'stays' | 'deleted'>> {
    if (!this.isLeft) {
      if (!this.#isKept) rmSync(this.kubeconfig, { force: true });
      return { ok: true, value: 'stays' };
    }
    const removed = await deleteCluster(this.#asked, this.#records, tool);
    if (!removed.ok) return removed;
    this.#record = undefined;
    return { ok: true, value: 'deleted' };
  }

  /** Makes sure that nobody else makes, deletes or owns a cluster of this name. */
  async #claim(provider: ClusterProvider, tool: ToolContext): Promise<Result<'there' | 'missing'>> {
    const record: ClusterRecord = {
      ...this.#asked,
      pid: process.pid,
      identity: beginningOf(process.pid) ?? '',
      isKept: this.#isKept,
      isMade: false,
      kubeconfig: this.kubeconfig,
      madeAt: new Date().toISOString(),
    };
    for (;;) {
      const isOurs = this.#records.claim(record);
      const other = isOurs ? undefined : this.#records.find(this.#asked);
      if (other !== undefined && isForgotten(other)) {
        tool.output(`The cluster ${clusterText(other)} was left by a run that was killed: it is deleted first\n`);
        const removed = await deleteCluster(this.#asked, this.#records, tool);
        if (!removed.ok) return removed;
        continue;
      }
      if (other !== undefined && !(other.isKept && other.isMade) && isAttended(other)) {
        return { ok: false, failure: failure('cluster-unreachable', inUse(other)) };
      }
      const names = await provider.list(tool);
      const isThere = names.ok && names.value.includes(this.#asked.name);
      if (isOurs && !isThere && names.ok) {
        this.#record = record;
        return { ok: true, value: 'missing' };
      }
      // Not ours to delete; or a record of one that somebody deleted by hand.
      if (isOurs || (names.ok && !isThere)) this.#records.remove(this.#asked);
      if (!names.ok) return names;
      if (isThere) return { ok: true, value: 'there' };
    }
  }
}

/** Deletes a cluster with its registry and forgets it. */
export async function deleteCluster(
  cluster: ClusterName,
  records: ClusterRecords,
  tool: ToolContext,
): Promise<Result<void>> {
  const provider = CLUSTER_PROVIDERS[cluster.provider];
  const kubeconfig = records.find(cluster)?.kubeconfig ?? records.kubeconfigOf(cluster, false);
  let removed = await provider.remove(cluster.name, kubeconfig, tool);
  // A container that the engine was about to start when its creation was stopped.
  const left = removed.ok ? await provider.list(tool) : undefined;
  if (left?.ok && left.value.includes(cluster.name)) removed = await provider.remove(cluster.name, kubeconfig, tool);
  if (removed.ok) records.remove(cluster);
  return removed;
}

function inUse(record: ClusterRecord): string {
  return `Cannot use the cluster ${clusterText(record)}: it belongs to a run that still goes on (process ${record.pid}). Choose another name, or only "${record.provider}", which gives each run a cluster of its own`;
}
