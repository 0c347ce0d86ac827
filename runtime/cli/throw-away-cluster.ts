import os from 'node:os';
import path from 'node:path';
import { ClusterRecords, isForgotten } from '../clusters/cluster-records.ts';
import type { MadeCluster, ToolContext } from '../clusters/cluster-tool.ts';
import { CLUSTER_FORM, clusterText, parseClusterName, ThrowAwayCluster } from '../clusters/throw-away.ts';
import { stateFolder } from '../disk/state-folder.ts';
import type { TiltfileLoader } from '../engine/ports.ts';
import { findTiltfile } from '../load/tiltfile-path.ts';
import type { Failure, Result } from '../state/failure.ts';
import { ExitCode } from './exit-code.ts';

/** How long a tool may take to delete a cluster before the run ends without that. */
const DELETE_MS = 120_000;

export interface ThrowAwayFlags {
  /** `kind`, `kind:NAME`, … */
  readonly cluster?: string | undefined;
  readonly keepCluster?: boolean | undefined;
  readonly context?: string | undefined;
  /** The Tiltfile. */
  readonly file?: string | undefined;
}

/** The cluster of a session, made before its Tiltfile is loaded. */
export interface SessionCluster {
  /** The loader, once the cluster is there. */
  before(loader: TiltfileLoader): TiltfileLoader;
  /** Deletes the cluster, unless it was there before or is to be kept. `say` tells people. Answers the exit code for a run that went well. */
  close(say: (text: string) => void): Promise<number>;
}

/** What is wrong about these flags, in a sentence. */
export function whyNoCluster({ cluster, keepCluster, context }: ThrowAwayFlags): string | undefined {
  if (cluster === undefined) return keepCluster ? '--keep-cluster is for the cluster of --cluster' : undefined;
  if (parseClusterName(cluster, 0, 0) === undefined) return `Cannot make the cluster "${cluster}": ${CLUSTER_FORM}`;
  return context === undefined ? undefined : '--cluster brings a context of its own: leave out --context';
}

/** What is known of the clusters that this user's programs made. */
export function clusterRecords(): ClusterRecords {
  return new ClusterRecords(path.join(stateFolder() ?? os.tmpdir(), 'clusters'));
}

export function toolContext(signal: AbortSignal, output: (text: string) => void): ToolContext {
  return { env: { ...process.env }, dir: process.cwd(), signal, output };
}

/**
 * The cluster that the flags ask for. Everything that runs from now on finds it by KUBECONFIG; it is made when the Tiltfile is to be
 * loaded, so that it counts as a part of the run: its output is in the log, limits and signals reach it.
 */
export function throwAwayCluster(flags: ThrowAwayFlags): SessionCluster | undefined {
  const asked = parseClusterName(flags.cluster ?? '', process.pid, Date.now());
  if (asked === undefined) return undefined;
  const records = clusterRecords();
  const cluster = new ThrowAwayCluster(asked, flags.keepCluster === true, records);
  const name = clusterText(asked);
  // Tools that write into the user's kubeconfig still know which one it is.
  const environment = { ...process.env };
  process.env.KUBECONFIG = cluster.kubeconfig;
  process.on('exit', () => {
    if (cluster.isLeft) process.stderr.write(`${leftText(name)}\n`);
  });
  let opening: Promise<Result<MadeCluster>> | undefined;
  return {
    before: (loader) => ({
      async load(output, signal, args, added) {
        // Without a Tiltfile there is nothing to make a cluster for.
        if (!findTiltfile(flags.file, process.cwd()).ok) return loader.load(output, signal, args, added);
        for (const record of records.list().filter(isForgotten)) {
          if (clusterText(record) !== name) output.write(`${leftText(clusterText(record))}\n`, 'warn');
        }
        const tool = { ...toolContext(signal, (text) => output.write(text)), env: environment };
        opening ??= cluster.open(tool);
        const opened = await opening;
        if (!opened.ok) return { ok: false, failures: [opened.failure], configFiles: [] };
        output.write(`${opened.value.isReused ? 'Using' : 'Made'} the cluster ${name}\n`);
        return loader.load(output, signal, args, added);
      },
    }),
    async close(say) {
      const opened = await opening;
      if (cluster.isLeft) say(`\nDeleting the cluster ${name}\n`);
      const tool = { ...toolContext(AbortSignal.timeout(DELETE_MS), () => {}), env: environment };
      const closed = await cluster.close(tool);
      if (!closed.ok) return failed(closed.failure);
      if (closed.value === 'stays' && flags.keepCluster && opened?.ok) {
        say(`\nThe cluster ${name} stays: export KUBECONFIG=${cluster.kubeconfig}\n`);
      }
      return ExitCode.ok;
    },
  };
}

function leftText(name: string): string {
  return `The cluster ${name} was left behind. To delete it: tilt-ts cluster delete ${name}`;
}

function failed({ message, details }: Failure): number {
  process.stderr.write(`Error: ${[message, ...details].join('\n    ')}\n`);
  return ExitCode.unreachable;
}
