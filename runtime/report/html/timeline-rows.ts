import { durationText } from '../duration.ts';
import type { ReportResource, RunReport } from '../report-schema.ts';
import { htmlText } from './html-text.ts';

/** With more resources than this, only those that took longest have a row. */
const MOST_ROWS = 500;
const TICKS = 5;

/** The kinds of bars, as they are explained below the timeline. */
const LEGEND: readonly (readonly [className: string, meaning: string])[] = [
  ['command', 'command'],
  ['build', 'build'],
  ['push', 'push or load'],
  ['deploy', 'deploy'],
  ['waiting', 'becoming ready'],
  ['running', 'ready'],
  ['bad', 'failed'],
];

/** The timeline of a run: a row for the Tiltfile and one for each resource. The table says the same in words. */
export function timelineSection(run: RunReport): string {
  const chosen = [...run.resources].sort((one, other) => (other.times.totalMs ?? 0) - (one.times.totalMs ?? 0));
  const kept = new Set(chosen.slice(0, MOST_ROWS));
  const rows = run.resources.filter((resource) => kept.has(resource)).map((resource) => resourceRow(resource, run));
  const left = run.resources.length - rows.length;
  const loads = run.tiltfile.map(({ startedAt, endedAt, result }) =>
    bar(run, result === 'failed' ? 'bad' : 'command', 'Tiltfile', startedAt, endedAt ?? run.endedAt),
  );
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => durationText((run.durationMs * index) / TICKS));
  return [
    '<section aria-labelledby="timeline-title"><h2 id="timeline-title">Timeline</h2>',
    '<div id="timeline" role="group" aria-label="When each resource was updated and ready; the table below has the times" tabindex="0">',
    `<div class="row axis-row"><span class="label"></span><span class="axis" aria-hidden="true">${ticks.map((tick) => `<span>${tick}</span>`).join('')}</span></div>`,
    row('<span class="label">Tiltfile</span>', loads),
    ...rows,
    '</div>',
    left > 0 ? `<p class="note">${left} shorter ones are left out.</p>` : '',
    `<ul class="legend">${LEGEND.map(([name, meaning]) => `<li><span class="bar ${name}"></span>${meaning}</li>`).join('')}</ul>`,
    '</section>',
  ].join('\n');
}

function resourceRow(resource: ReportResource, run: RunReport): string {
  const bars = resource.updates.flatMap(({ startedAt, endedAt, result, steps, update }) => {
    const end = endedAt ?? run.endedAt;
    const title = `${resource.name}: update ${update}, ${result}`;
    return [
      bar(run, result === 'failed' ? 'bad' : 'update', title, startedAt, end),
      ...(result === 'failed'
        ? []
        : steps.map((step) => bar(run, step.kind, step.title, step.startedAt, step.endedAt ?? end))),
    ];
  });
  for (const { startedAt, readyAt, endedAt, phases } of resource.runtimes) {
    const end = endedAt ?? run.endedAt;
    bars.push(bar(run, 'waiting', `${resource.name}: becoming ready`, startedAt, readyAt ?? end));
    if (readyAt !== null) bars.push(bar(run, 'running', `${resource.name}: ready`, readyAt, end));
    for (const { at, state, reason } of phases) if (state === 'failed') bars.push(bar(run, 'bad', reason, at, at));
  }
  return row(`<span class="label" title="${htmlText(resource.name)}">${htmlText(resource.name)}</span>`, bars);
}

function row(label: string, bars: readonly string[]): string {
  return `<div class="row">${label}<div class="track">${bars.join('')}</div></div>`;
}

function bar({ startedAt, durationMs }: RunReport, kind: string, title: string, from: number, to: number): string {
  const whole = Math.max(1, durationMs);
  const left = Math.min(100, Math.max(0, ((from - startedAt) / whole) * 100));
  const width = Math.min(100 - left, Math.max(0, ((to - from) / whole) * 100));
  const told = htmlText(`${title} (${durationText(to - from)})`);
  return `<div class="bar ${kind}" style="left:${left.toFixed(2)}%;width:${width.toFixed(2)}%" title="${told}"></div>`;
}
