import { CLUSTER_PROVIDERS, isForgotten, parseClusterName, unknownCluster } from '../clusters/throw-away.ts';
import { columnText } from '../report/objects/column-text.ts';
import type { Failure } from '../state/failure.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';
import { throwAwayClusters } from './throw-away-cluster.ts';

/** Makes a cluster with a registry, to be kept. Answers the exit code. */
export async function createThrowAway(text: string): Promise<number> {
  const asked = parseClusterName(text, process.pid, Date.now());
  if (asked === undefined) return fail(unknownCluster(text), ExitCode.usage);
  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  const opened = await throwAwayClusters(stop.signal).open(asked, { isKept: true });
  forget();
  if (!opened.ok) return fail(opened.failure, stop.signal.aborted ? ExitCode.stopped : ExitCode.unreachable);
  const { context, kubeconfig, isReused } = opened.value;
  process.stdout.write(
    `${isReused ? 'There is' : 'Made'} the cluster ${asked.provider}:${asked.name}, context ${context}\nexport KUBECONFIG=${kubeconfig}\n`,
  );
  return ExitCode.ok;
}

/** Deletes a cluster and its registry; without a name, all that are left of programs that were killed. Answers the exit code. */
export async function deleteThrowAway(text: string | undefined): Promise<number> {
  const clusters = throwAwayClusters(new AbortController().signal);
  const asked = text === undefined ? undefined : parseClusterName(text, process.pid, Date.now());
  if (text !== undefined && (asked === undefined || !text.includes(':'))) {
    return fail(unknownCluster(text), ExitCode.usage);
  }
  const doomed = asked === undefined ? (await clusters.records()).filter(isForgotten) : [asked];
  if (doomed.length === 0) process.stdout.write('No cluster was left behind.\n');
  let code: number = ExitCode.ok;
  for (const cluster of doomed) {
    const removed = await clusters.remove(cluster);
    if (removed.ok) process.stdout.write(`Deleted ${cluster.provider}:${cluster.name}\n`);
    else code = fail(removed.failure, ExitCode.unreachable);
  }
  return code;
}

/** Lists the clusters that this program made, and those of the tools that are installed. Answers the exit code. */
export async function listThrowAway(): Promise<number> {
  const signal = AbortSignal.timeout(10_000);
  const records = await throwAwayClusters(signal).records();
  const tool = { env: process.env, dir: process.cwd(), signal, output: () => {} };
  const rows: string[][] = [];
  for (const [provider, { list }] of Object.entries(CLUSTER_PROVIDERS)) {
    const found = await list(tool);
    for (const name of found.ok ? found.value : []) {
      const record = records.find((known) => known.provider === provider && known.name === name);
      rows.push([
        `${provider}:${name}`,
        record === undefined ? 'not made here' : isForgotten(record) ? 'left behind' : record.madeAt,
      ]);
    }
  }
  if (rows.length === 0) process.stdout.write('There is no cluster of kind, k3d or minikube.\n');
  else process.stdout.write(columnText([['CLUSTER', 'MADE'], ...rows]));
  return ExitCode.ok;
}

function fail({ message, details }: Failure, code: number): number {
  process.stderr.write(`Error: ${[message, ...details].join('\n    ')}\n`);
  return code;
}
