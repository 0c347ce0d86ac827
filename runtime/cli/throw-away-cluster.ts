import path from 'node:path';
import type { MadeCluster, ToolContext } from '../clusters/cluster-tool.ts';
import { isForgotten, parseClusterName, ThrowAwayClusters, unknownCluster } from '../clusters/throw-away.ts';
import { devFolder } from '../server/dev-folder.ts';
import type { Failure, Result } from '../state/failure.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';

export interface ThrowAwayFlags {
  /** `kind`, `kind:NAME`, … */
  readonly cluster?: string | undefined;
  readonly keepCluster?: boolean | undefined;
}

/** The clusters that this user's programs made. */
export function throwAwayClusters(signal: AbortSignal): ThrowAwayClusters {
  const tool: ToolContext = {
    env: process.env,
    dir: process.cwd(),
    signal,
    output: (text) => void process.stderr.write(text),
  };
  return new ThrowAwayClusters(path.join(devFolder(process.env), 'clusters'), tool);
}

/**
 * Does something in the cluster that the flags ask for, and deletes it however that ends, unless it was there before or is to be kept.
 * Everything that runs meanwhile finds it by KUBECONFIG. Answers the exit code.
 */
export async function inCluster(flags: ThrowAwayFlags, run: (context: string) => Promise<number>): Promise<number> {
  const asked = parseClusterName(flags.cluster ?? '', process.pid, Date.now());
  if (asked === undefined) return fail(unknownCluster(flags.cluster ?? ''), ExitCode.usage);
  const stop = new AbortController();
  const clusters = throwAwayClusters(stop.signal);
  for (const record of (await clusters.records()).filter(isForgotten)) {
    const name = `${record.provider}:${record.name}`;
    process.stderr.write(`The cluster ${name} of an earlier run was left behind: tilt-ts cluster delete ${name}\n`);
  }
  const forget = onInterrupt(() => stop.abort());
  const opened: Result<MadeCluster> = await clusters.open(asked, { isKept: flags.keepCluster === true });
  forget();
  if (!opened.ok) {
    return stop.signal.aborted ? ExitCode.stopped : fail(opened.failure, ExitCode.unreachable);
  }
  const { context, kubeconfig, isReused } = opened.value;
  process.env.KUBECONFIG = kubeconfig;
  try {
    return await run(context);
  } finally {
    if (isReused || flags.keepCluster === true) {
      process.stderr.write(`The cluster stays: export KUBECONFIG=${kubeconfig}\n`);
    } else {
      process.stderr.write(`Deleting the cluster "${asked.name}"\n`);
      const removed = await clusters.remove(asked);
      if (!removed.ok) fail(removed.failure, ExitCode.unreachable);
    }
  }
}

function fail({ message, details }: Failure, code: number): number {
  process.stderr.write(`Error: ${[message, ...details].join('\n    ')}\n`);
  return code;
}
