import path from 'node:path';
import { whyNoFolder, whyNotWritable } from '../report/report-file.ts';

export const FILE_KINDS = ['junit', 'json', 'html'] as const;
export type FileKind = (typeof FILE_KINDS)[number];
const LOG_KINDS = ['github', 'gitlab', 'none'] as const;
type LogKind = (typeof LOG_KINDS)[number];

/** One `--report`. */
export type ReportTarget =
  | { readonly kind: FileKind; readonly file: string }
  | { readonly kind: LogKind; readonly file?: undefined };

/** As the command line gives them. */
export interface ReportFlags {
  readonly report?: readonly ReportTarget[] | undefined;
  readonly output?: 'text' | 'json' | undefined;
  readonly logDir?: string | undefined;
  readonly trace?: string | undefined;
  readonly outputSnapshotOnExit?: string | undefined;
}

/** Reads a `--report`; a text says what is wrong with it. */
export function parseReport(text: string): ReportTarget | string {
  const at = text.indexOf('=');
  const kind = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? '' : text.slice(at + 1);
  const fileKind = FILE_KINDS.find((known) => known === kind);
  if (fileKind !== undefined) {
    return file === '' ? `Say where to write it: ${kind}=FILE.` : { kind: fileKind, file };
  }
  const logKind = LOG_KINDS.find((known) => known === kind);
  if (logKind === undefined) {
    return `There are ${FILE_KINDS.map((known) => `${known}=FILE`).join(', ')}, ${LOG_KINDS.join(', ')}.`;
  }
  return at < 0 ? { kind: logKind } : `${kind} is a form of the log and takes no file.`;
}

/** The form of the log: as it was asked for, else that of the service whose pipeline this is. */
export function logFormOf(
  { report = [] }: ReportFlags,
  environment: Readonly<Record<string, string | undefined>>,
): LogKind {
  const asked = report.find(({ kind }) => LOG_KINDS.some((known) => known === kind));
  if (asked !== undefined) return asked.kind as LogKind;
  if (environment.GITHUB_ACTIONS === 'true') return 'github';
  return environment.GITLAB_CI === 'true' ? 'gitlab' : 'none';
}

/** Makes the folders that the reports go to and tries whether they can be written; answers what is wrong, a line for each. */
export async function whyNoReports({
  report = [],
  logDir,
  trace,
  outputSnapshotOnExit: snapshot,
}: ReportFlags): Promise<readonly string[]> {
  const files = [
    ...report.flatMap(({ kind, file }) => (file === undefined ? [] : [{ what: `the report ${kind}`, file }])),
    ...(trace === undefined ? [] : [{ what: 'the trace', file: trace }]),
    ...(snapshot === undefined ? [] : [{ what: 'the snapshot', file: snapshot }]),
  ];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { what, file } of files) {
    const place = path.resolve(file);
    const why = seen.has(place) ? 'another report goes there' : await whyNotWritable(place);
    seen.add(place);
    if (why !== undefined) problems.push(`Cannot write ${what} to "${file}": ${why}`);
  }
  const why = logDir === undefined ? undefined : await whyNoFolder(logDir);
  if (why !== undefined) problems.push(`Cannot write logs to "${logDir}": ${why}`);
  return problems;
}
