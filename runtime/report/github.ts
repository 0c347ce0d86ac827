import path from 'node:path';
import { stateText, TIME_COLUMNS, timeText, wayTexts } from './closing-table.ts';
import { durationText } from './duration.ts';
import { githubCommand } from './github-command.ts';
import { plainText } from './plain-text.ts';
import type { ReportedReason, ResourceResult, RunReport } from './report-schema.ts';

/** GitHub shows ten errors of a step. */
const MOST_ANNOTATIONS = 10;
/** Lines of the log that stand in an annotation, and in the summary. */
const ANNOTATION_LINES = 10;
const SUMMARY_LINES = 50;
/** GitHub takes a mebibyte of summary a step; the rest is for others that write to it. */
const SUMMARY_BYTES = 900 * 1024;
const MOST_ROWS = 1000;

/** Lines for the log that GitHub turns into annotations: each failure at its place in the Tiltfile. `folder`: the checkout. */
export function githubAnnotations(run: RunReport, folder: string): string {
  const flaky = run.resources.filter(({ isFlaky }) => isFlaky).slice(0, MOST_ANNOTATIONS);
  const warnings = flaky.map(({ name, position }) =>
    githubCommand(
      'warning',
      { title: `${name} is flaky`, ...placeOf(position, folder) },
      'It failed at first and went well when it was tried again.',
    ),
  );
  if (run.result === 'succeeded') return warnings.join('');
  if (run.failures.length === 0) return warnings.join('') + githubCommand('error', { title: 'tilt-ts' }, run.message);
  const shown = run.failures.length > MOST_ANNOTATIONS ? run.failures.slice(0, MOST_ANNOTATIONS - 1) : run.failures;
  const errors = shown.map((reason) => {
    const { resource, message, position, details, excerpt } = reason;
    const title = resource === '' ? 'tilt-ts' : `${resource} failed`;
    const lines = (details.length > 0 ? details : excerpt).slice(-ANNOTATION_LINES).map(plainText);
    return githubCommand('error', { title, ...placeOf(position, folder) }, [message, ...lines].join('\n'));
  });
  const more = run.failures.length - shown.length;
  if (more > 0) errors.push(githubCommand('error', { title: 'tilt-ts' }, `${more} more failures: see the summary`));
  return [...warnings, ...errors].join('');
}

/** The run as Markdown, for the page of the workflow's run. Fits what GitHub takes. */
export function githubSummary(run: RunReport, folder: string): string {
  const verdict = run.result === 'succeeded' ? '✅' : '❌';
  const parts = [
    `### ${verdict} tilt-ts ${run.mode}: ${markdownText(run.message)}\n\n`,
    ...(run.resources.length > 0 ? [resourceTable(run)] : []),
    ...run.failures.map((reason) => failureSection(reason, folder)),
    ...waySection(run),
    ...stepsSection(run),
  ];
  const kept: string[] = [];
  let left = SUMMARY_BYTES;
  for (const part of parts) {
    left -= Buffer.byteLength(part);
    if (left < 0) {
      kept.push('\n…and more, which is too long for a summary: see the log.\n');
      break;
    }
    kept.push(part);
  }
  return kept.join('');
}

const MARKS: Readonly<Record<ResourceResult, string>> = {
  succeeded: '✅',
  failed: '❌',
  unfinished: '⏳',
  'not-started': '⚪',
};

function resourceTable({ resources, durationMs }: RunReport): string {
  const columns = TIME_COLUMNS.filter(([, time]) => resources.some(({ times }) => times[time] !== null));
  const rows = resources
    .slice(0, MOST_ROWS)
    .map((resource) =>
      row([
        markdownText(resource.name),
        `${MARKS[resource.result]} ${markdownText(stateText(resource))}`,
        ...columns.map(([, time]) => timeText(resource.times[time])),
      ]),
    );
  const more = resources.length - rows.length;
  return [
    row(['Resource', 'State', ...columns.map(([title]) => title)]),
    row(['---', '---', ...columns.map(() => '---:')]),
    ...rows,
    ...(more > 0 ? ['', `…and ${more} more resources.`] : []),
    '',
    `${resources.length} ${resources.length === 1 ? 'resource' : 'resources'} in ${durationText(durationMs)}.`,
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function failureSection({ resource, message, position, details, excerpt }: ReportedReason, folder: string): string {
  const place =
    position === null ? '' : ` (${codeSpan(`${relative(position.file, folder)}:${position.line}:${position.column}`)})`;
  const lines = (details.length > 0 ? details : excerpt).slice(-SUMMARY_LINES).map(plainText);
  const head = `\n#### ${resource === '' ? 'Failure' : markdownText(resource)}\n\n${markdownText(message)}${place}\n`;
  return lines.length === 0 ? head : `${head}\n${codeBlock(lines)}\n`;
}

function waySection(run: RunReport): readonly string[] {
  const parts = wayTexts(run);
  return parts.length === 0 ? [] : [`\n**Critical path:** ${parts.map(markdownText).join(' → ')}\n`];
}

function stepsSection({ slowestSteps }: RunReport): readonly string[] {
  if (slowestSteps.length === 0) return [];
  const rows = slowestSteps.map(({ resource, title, durationMs }) =>
    row([markdownText(resource), markdownText(title), durationText(durationMs)]),
  );
  return [
    '\n<details><summary>Slowest steps</summary>\n\n',
    [row(['Resource', 'Step', 'Time']), row(['---', '---', '---:']), ...rows].join('\n'),
    '\n\n</details>\n',
  ];
}

function placeOf(position: RunReport['failures'][number]['position'], folder: string) {
  return position === null ? {} : { file: relative(position.file, folder), line: position.line, col: position.column };
}

/** Files outside of the checkout stay absolute. */
function relative(file: string, folder: string): string {
  const short = path.relative(folder, file);
  return short === '' || short.startsWith('..') || path.isAbsolute(short) ? file : short.split(path.sep).join('/');
}

/** Text that Markdown shows as it is, in one line. */
function markdownText(text: string): string {
  return plainText(text)
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~@$]/g, '\\$&');
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  return `${fence}${text}${fence}`;
}

function codeBlock(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** Of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
