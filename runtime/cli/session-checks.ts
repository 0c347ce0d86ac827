import path from 'node:path';
import { whyNoFolder } from '../report/report-file.ts';
import { type ReportFlags, whyNoReports } from './report-targets.ts';
import { type Changes, changesOf, type SelectionFlags } from './selection.ts';
import type { ThrowAwayFlags } from './throw-away-cluster.ts';

export type Checked =
  | { readonly ok: true; readonly changes: Changes | undefined }
  /** A line for each thing that is wrong. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Whether all that the command line names is there, told before anything starts. */
export async function checkFlags(
  flags: ReportFlags & SelectionFlags & ThrowAwayFlags & { readonly cacheDir?: string },
): Promise<Checked> {
  const problems = [...(await whyNoReports(flags))];
  const { cacheDir } = flags;
  const noCache = cacheDir === undefined ? undefined : await whyNoFolder(path.resolve(cacheDir));
  if (noCache !== undefined) problems.push(`Cannot keep results of commands in "${cacheDir}": ${noCache}`);
  const noCluster = await clusterProblem(flags);
  if (noCluster !== undefined) problems.push(noCluster);
  const changes = await changesOf(flags, flags.file, new AbortController().signal);
  if (changes !== undefined && 'problem' in changes) return { ok: false, problems: [...problems, changes.problem] };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, changes };
}

async function clusterProblem(flags: ThrowAwayFlags): Promise<string | undefined> {
  if (flags.cluster === undefined && !flags.keepCluster) return undefined;
  const { whyNoCluster } = await import('./throw-away-cluster.ts');
  return whyNoCluster(flags);
}
