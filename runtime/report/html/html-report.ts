import type { LogLine } from '../../state/log-line.ts';
import type { LogStore } from '../../state/log-store.ts';
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

/** The log, as pages of it are read. */
export type PagedLog = Pick<LogStore, 'page'>;

/**
 * A run as one HTML file that loads nothing: how it ended, failures, timeline and table as plain HTML, and below them the log, which needs
 * the page's script. In pieces, so that a long one never stands in memory as a whole: the log comes page by page, the newest first.
 */
export async function* htmlReport(run: RunReport, log: PagedLog): AsyncGenerator<string> {
  const { style, script } = await pageAssets();
  const names = ['', ...run.resources.map(({ name }) => name)];
  const places = new Map(names.map((name, index) => [name, index]));
  yield pageHead(run, style);
  if (run.failures.length > 0) yield failuresSection(run.failures, places);
  if (run.resources.length > 0) {
    yield timelineSection(run);
    yield tableSection(run, places);
  }
  yield logSection(names);
  yield '</main>\n';
  let leftOut = 0;
  for await (const lines of newestPages(log)) {
    leftOut = (lines[0]?.sequence ?? 1) - 1;
    const part = lines.map(({ at, resource, level, text }) => [
      at - run.startedAt,
      places.get(resource) ?? 0,
      LEVELS.indexOf(level),
      text,
    ]);
    yield `<script type="application/json" class="log-lines">${scriptData(part)}</script>\n`;
  }
  yield `<script type="application/json" id="log-head">${scriptData({ names, startedAt: run.startedAt, leftOut })}</script>\n`;
  yield `<script type="module">\n${script}</script>\n</body>\n</html>\n`;
}

/** As many of the newest lines as a page takes: the newest page first, in each the oldest line first. */
async function* newestPages(log: PagedLog): AsyncGenerator<readonly LogLine[]> {
  let before = Number.POSITIVE_INFINITY;
  let [lineCount, characters] = [0, 0];
  while (lineCount < MOST_LINES && characters < MOST_CHARACTERS) {
    const { lines, more } = await log.page({ before, limit: Math.min(CHUNK, MOST_LINES - lineCount) });
    const [first] = lines;
    if (first === undefined) return;
    yield lines;
    before = first.sequence;
    lineCount += lines.length;
    characters += lines.reduce((sum, { text }) => sum + text.length, 0);
    if (!more) return;
  }
}

/** Up to the beginning of what is in `main`. */
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
    '<main>',
    `<p id="message">${htmlText(run.message)}</p>\n`,
  ].join('\n');
}

function failuresSection(failures: readonly ReportedReason[], places: ReadonlyMap<string, number>): string {
  const boxes = failures.map(({ resource, message, position, details, excerpt }) => {
    const lines = details.length > 0 ? details : excerpt;
    const place =
      position === null
        ? ''
        : ` <span class="note">${htmlText(`${position.file}:${position.line}:${position.column}`)}</span>`;
    const name = resource === '' ? '' : `<strong>${nameButton(resource, places)}</strong>: `;
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

/** Shows the log of the resource. */
function nameButton(resource: string, places: ReadonlyMap<string, number>): string {
  const name = htmlText(resource);
  return `<button type="button" class="name" data-resource="${places.get(resource) ?? 0}" title="Show the log of ${name}">${name}</button>`;
}

function tableRow(resource: ReportResource, columns: typeof TIME_COLUMNS, places: ReadonlyMap<string, number>): string {
  const place = places.get(resource.name) ?? 0;
  const cells = [
    `<th scope="row">${nameButton(resource.name, places)}</th>`,
    `<td>${resource.type}</td>`,
    `<td class="${resource.result}">${htmlText(stateText(resource))}</td>`,
    ...columns.map(([, time]) => `<td class="number">${timeText(resource.times[time])}</td>`),
  ];
  return `<tr data-resource="${place}">${cells.join('')}</tr>`;
}

function logSection(names: readonly string[]): string {
  const options = names.map(
    (name, index) => `<option value="${index}">${name === '' ? 'Tiltfile' : htmlText(name)}</option>`,
  );
  return [
    '<section id="log" aria-labelledby="log-title"><h2 id="log-title">Log</h2>',
    '<p class="note" id="left-out" hidden></p>',
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
