import type { LogLine } from '../../state/log-line.ts';
import { stateText, TIME_COLUMNS, timeText, wayTexts } from '../closing-table.ts';
import { durationText } from '../duration.ts';
import type { ReportedReason, ReportResource, RunReport } from '../report-schema.ts';
import { htmlText, scriptData } from './html-text.ts';
import { pageAssets } from './page-assets.ts';
import { timelineSection } from './timeline-rows.ts';

/** The newest lines of the log stand in the page: more makes it slow to open. */
export const MOST_LINES = 100_000;
const MOST_CHARACTERS = 48 * 1024 * 1024;
/** Lines in one script element. */
const CHUNK = 5000;

const LEVELS = ['debug', 'info', 'warn', 'error'];

/** Lines of the log, oldest first, and how many there were before them. */
export interface PageLog {
  readonly lines: readonly LogLine[];
  readonly leftOut: number;
}

/** As many of the newest lines as a page takes. */
export function pageLog(all: readonly LogLine[]): PageLog {
  let start = all.length;
  let characters = 0;
  while (start > 0 && all.length - start < MOST_LINES) {
    characters += (all[start - 1]?.text.length ?? 0) + 40;
    if (characters > MOST_CHARACTERS) break;
    start--;
  }
  const lines = all.slice(start);
  return { lines, leftOut: (lines.at(-1)?.sequence ?? 0) - lines.length };
}

/**
 * A run as one HTML file that loads nothing: how it ended, failures, timeline and table as plain HTML, and below them the log, which needs
 * the page's script. In pieces, so that a long one never stands in memory as a whole.
 */
export async function* htmlReport(run: RunReport, { lines, leftOut }: PageLog): AsyncGenerator<string> {
  const { style, script } = await pageAssets();
  const names = ['', ...run.resources.map(({ name }) => name)];
  const places = new Map(names.map((name, index) => [name, index]));
  yield pageHead(run, style);
  yield '<main>\n';
  if (run.failures.length > 0) yield failuresSection(run.failures);
  if (run.resources.length > 0) {
    yield timelineSection(run);
    yield tableSection(run, places);
  }
  yield logSection(names, leftOut);
  yield '</main>\n';
  yield `<script type="application/json" id="log-head">${scriptData({ names, startedAt: run.startedAt })}</script>\n`;
  for (let start = 0; start < lines.length; start += CHUNK) {
    const part = lines
      .slice(start, start + CHUNK)
      .map(({ at, resource, level, text }) => [
        at - run.startedAt,
        places.get(resource) ?? 0,
        LEVELS.indexOf(level),
        text,
      ]);
    yield `<script type="application/json" class="log-lines">${scriptData(part)}</script>\n`;
  }
  yield `<script type="module">\n${script}</script>\n</body>\n</html>\n`;
}

function pageHead(run: RunReport, style: string): string {
  const verdict = run.result === 'succeeded' ? 'succeeded' : run.result === 'stopped' ? 'stopped' : 'failed';
  const at = new Date(run.startedAt).toISOString();
  return [
    '<!doctype html>',
    '<html lang="en" data-theme="light">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">`,
    `<title>tilt-ts ${run.mode} ${verdict}</title>`,
    `<style>\n${style}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>tilt-ts ${run.mode} <span class="${verdict === 'succeeded' ? 'succeeded' : 'failed'}">${verdict}</span></h1>`,
    `<p><time datetime="${at}">${at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>, ${durationText(run.durationMs)}, exit code ${run.exitCode}, version ${htmlText(run.tool.version)}</p>`,
    '<button type="button" id="theme" data-with-script hidden>Dark</button>',
    '</header>',
    `<p id="message">${htmlText(run.message)}</p>\n`,
  ].join('\n');
}

function failuresSection(failures: readonly ReportedReason[]): string {
  const boxes = failures.map(({ resource, message, position, details, excerpt }) => {
    const lines = details.length > 0 ? details : excerpt;
    const place =
      position === null
        ? ''
        : ` <span class="note">${htmlText(`${position.file}:${position.line}:${position.column}`)}</span>`;
    const name = resource === '' ? '' : `<strong>${htmlText(resource)}</strong>: `;
    const log = lines.length === 0 ? '' : `<pre tabindex="0">${htmlText(lines.join('\n'))}</pre>`;
    return `<div class="failure"><p>${name}${htmlText(message)}${place}</p>${log}</div>`;
  });
  return `<section aria-labelledby="failures-title"><h2 id="failures-title">Failures</h2>\n${boxes.join('\n')}\n</section>\n`;
}

function tableSection(run: RunReport, places: ReadonlyMap<string, number>): string {
  const columns = TIME_COLUMNS.filter(([, time]) => run.resources.some(({ times }) => times[time] !== null));
  const path = wayTexts(run).map(htmlText).join(' → ');
  return [
    '\n<section aria-labelledby="resources-title"><h2 id="resources-title">Resources</h2>',
    '<div class="scroll"><table>',
    `<thead><tr><th scope="col">Resource</th><th scope="col">Type</th><th scope="col">State</th>${columns.map(([title]) => `<th scope="col" class="number">${title}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...run.resources.map((resource) => tableRow(resource, columns, places)),
    '</tbody></table></div>',
    path === '' ? '' : `<p><strong>Critical path:</strong> ${path}</p>`,
    '</section>\n',
  ].join('\n');
}

function tableRow(resource: ReportResource, columns: typeof TIME_COLUMNS, places: ReadonlyMap<string, number>): string {
  const place = places.get(resource.name) ?? 0;
  const name = htmlText(resource.name);
  const cells = [
    `<th scope="row"><button type="button" class="name" data-resource="${place}" title="Show the log of ${name}">${name}</button></th>`,
    `<td>${resource.type}</td>`,
    `<td class="${resource.result}">${htmlText(stateText(resource))}</td>`,
    ...columns.map(([, time]) => `<td class="number">${timeText(resource.times[time])}</td>`),
  ];
  return `<tr data-resource="${place}">${cells.join('')}</tr>`;
}

function logSection(names: readonly string[], leftOut: number): string {
  const options = names.map(
    (name, index) => `<option value="${index}">${name === '' ? 'Tiltfile' : htmlText(name)}</option>`,
  );
  return [
    '<section id="log" aria-labelledby="log-title"><h2 id="log-title">Log</h2>',
    leftOut > 0 ? `<p class="note">${leftOut} earlier lines are left out; --log-dir keeps them all.</p>` : '',
    '<noscript><p>The log needs JavaScript.</p></noscript>',
    '<div class="tools" role="search" data-with-script hidden>',
    '<input type="search" id="search" aria-label="Search the log" placeholder="Search: text or /pattern/" autocomplete="off" spellcheck="false">',
    '<button type="button" id="before" aria-label="The match before">↑</button>',
    '<button type="button" id="next" aria-label="The next match">↓</button>',
    '<label><input type="checkbox" id="only"> only matches</label>',
    `<select id="who" aria-label="Resource"><option value="">All resources</option>${options.join('')}</select>`,
    '<select id="level" aria-label="Level"><option value="0">All levels</option><option value="2">Warnings and errors</option><option value="3">Errors</option></select>',
    '<button type="button" id="save">Save these lines</button>',
    '<span id="count" role="status" aria-live="polite"></span>',
    '</div>',
    '<div id="view" role="region" aria-label="Lines of the log" tabindex="0"><div class="space" id="space"><div class="text" id="text"></div></div></div>',
    '</section>\n',
  ].join('\n');
}
