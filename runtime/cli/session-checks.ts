import path from 'node:path';
import { whyNoFolder } from '../report/report-file.ts';
import { type ReportFlags, whyNoReports } from './report-targets.ts';
import { type Changes, changesOf, type SelectionFlags } from './selection.ts';
import { type ThrowAwayFlags, whyNoCluster } from './throw-away-cluster.ts';

export type Checked =
  | { readonly ok: true; readonly changes: Changes | undefined }
  /** A line for each thing that is wrong. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Whether all that the command line names is there, told before anything starts. */
export async function checkFlags(
  flags: ReportFlags &
    SelectionFlags &
    ThrowAwayFlags & { readonly file?: string | undefined; readonly cacheDir?: string },
): Promise<Checked> {
  const problems = [...(await whyNoReports(flags)), ...[whyNoCluster(flags) ?? []].flat()];
  const { cacheDir } = flags;
  const noCache = cacheDir === undefined ? undefined : await whyNoFolder(path.resolve(cacheDir));
  if (noCache !== undefined) problems.push(`Cannot keep results of commands in "${cacheDir}": ${noCache}`);
  const changes = await changesOf(flags, flags.file, new AbortController().signal);
  if (changes !== undefined && 'problem' in changes) return { ok: false, problems: [...problems, changes.problem] };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, changes };
}
