import { isForgotten } from '../clusters/cluster-records.ts';
import type { ClusterName } from '../clusters/cluster-tool.ts';
import {
  CLUSTER_FORM,
  CLUSTER_PROVIDERS,
  clusterText,
  deleteCluster,
  parseClusterName,
  ThrowAwayCluster,
} from '../clusters/throw-away.ts';
import { codeOfSignal } from '../engine/exit-decision.ts';
import { columnText } from '../report/objects/column-text.ts';
import type { Failure } from '../state/failure.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';
import { clusterRecords, toolContext } from './throw-away-cluster.ts';

/** How long a tool may take to say what there is. */
const LIST_MS = 10_000;

/** Makes a cluster with a registry, to be kept. Answers the exit code. */
export async function createThrowAway(text: string): Promise<number> {
  const asked = parseClusterName(text, process.pid, Date.now());
  if (asked === undefined) return unknown(text);
  const stop = new AbortController();
  let signal: string | undefined;
  const forget = onInterrupt((name) => {
    signal = name;
    stop.abort();
  });
  const cluster = new ThrowAwayCluster(asked, true, clusterRecords());
  const opened = await cluster.open(toolContext(stop.signal, toStderr));
  if (!opened.ok) {
    const closed = await cluster.close(toolContext(new AbortController().signal, toStderr));
    forget();
    if (!closed.ok) fail(closed.failure);
    if (signal !== undefined) return codeOfSignal(signal);
    fail(opened.failure);
    return ExitCode.unreachable;
  }
  forget();
  const { context, kubeconfig, isReused } = opened.value;
  process.stderr.write(`${isReused ? 'There is' : 'Made'} the cluster ${clusterText(asked)}, context ${context}\n`);
  process.stdout.write(`export KUBECONFIG=${kubeconfig}\n`);
  return ExitCode.ok;
}

/** Deletes a cluster and its registry; without a name, all that are left of programs that were killed. Answers the exit code. */
export async function deleteThrowAway(text: string | undefined): Promise<number> {
  const records = clusterRecords();
  const asked = text?.includes(':') ? parseClusterName(text, 0, 0) : undefined;
  if (text !== undefined && asked === undefined) return unknown(text);
  const doomed: readonly ClusterName[] = asked === undefined ? records.list().filter(isForgotten) : [asked];
  if (doomed.length === 0) process.stdout.write('No cluster was left behind.\n');
  let code: number = ExitCode.ok;
  for (const cluster of doomed) {
    const removed = await deleteCluster(cluster, records, toolContext(new AbortController().signal, toStderr));
    if (removed.ok) process.stdout.write(`Deleted ${clusterText(cluster)}\n`);
    else {
      fail(removed.failure);
      code = ExitCode.unreachable;
    }
  }
  return code;
}

/** Lists the clusters that this program made, and those of the tools that are installed. Answers the exit code. */
export async function listThrowAway(): Promise<number> {
  const tool = toolContext(AbortSignal.timeout(LIST_MS), () => {});
  const records = clusterRecords().list();
  const rows = new Map(
    records.map((record) => [clusterText(record), isForgotten(record) ? 'left behind' : record.madeAt]),
  );
  for (const [provider, { list }] of Object.entries(CLUSTER_PROVIDERS)) {
    const found = await list(tool);
    for (const name of found.ok ? found.value : []) {
      const text = `${provider}:${name}`;
      if (!rows.has(text)) rows.set(text, 'not made here');
    }
  }
  if (rows.size === 0) process.stdout.write('There is no cluster of kind, k3d or minikube.\n');
  else process.stdout.write(columnText([['CLUSTER', 'MADE'], ...rows]));
  return ExitCode.ok;
}

function toStderr(text: string): void {
  process.stderr.write(text);
}

function unknown(text: string): number {
  process.stderr.write(`Error: Cannot find the cluster "${text}": ${CLUSTER_FORM}\n`);
  return ExitCode.usage;
}

function fail({ message, details }: Failure): void {
  process.stderr.write(`Error: ${[message, ...details].join('\n    ')}\n`);
}
