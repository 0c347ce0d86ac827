import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { TILTFILE_ID } from '../state/event.ts';
import type { LogFilter } from '../state/log-filter.ts';
import type { LogLevel, LogLine } from '../state/log-line.ts';
import type { LogStore } from '../state/log-store.ts';
import type { State } from '../state/state.ts';
import { manifestOf } from './log-list.ts';
import { sendText } from './reply.ts';
import { badRequest, Refused } from './status.ts';
import { microTime } from './time.ts';

/** The name by which the program's own lines are asked for. */
export const PROGRAM_LINES = '(global)';
/** Lines that are read at once. */
const PAGE_LINES = 5000;
const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Answers with the lines of the log that the query chooses, one JSON object a line; goes on with `follow=true`. Throws `Refused`. */
export async function answerLogs(
  log: LogStore,
  state: State,
  query: URLSearchParams,
  response: ServerResponse,
  now: number,
): Promise<void> {
  const unknown = query.getAll('resource').filter((name) => !isKnown(state, name));
  if (unknown.length > 0) {
    const names = (state.graph?.resources ?? []).map(({ name }) => name);
    sendText(
      response,
      404,
      `no such resource: ${unknown.join(', ')}. There are: ${[TILTFILE_ID, ...names].join(', ')}\n`,
    );
    return;
  }
  const { filter, chooses } = lineFilter(query, now);
  const tail = query.has('tail') ? Number(query.get('tail')) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(tail) || tail < 0) throw new Refused(badRequest('tail must be a number of lines'));
  response.writeHead(200, {
    'Content-Type': 'application/x-ndjson',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.flushHeaders();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const send = async (lines: readonly LogLine[]) => {
    const text = lines.filter(chooses).map(lineJson).join('');
    // Whoever reads slowly gets everything, at its own pace.
    if (text === '' || gone.signal.aborted || response.write(text)) return;
    await once(response, 'drain', { signal: gone.signal }).catch(() => {});
  };
  let after = 0;
  if (Number.isFinite(tail)) {
    after = log.newest;
    await send(await newestLines(log, filter, chooses, tail, after));
  } else {
    for (let more = true; more && !gone.signal.aborted; ) {
      const page = await log.page({ filter, after, limit: PAGE_LINES });
      after = page.end;
      more = page.more;
      await send(page.lines);
    }
  }
  if (query.get('follow') === 'true') {
    for await (const page of log.follow(filter, after, gone.signal)) await send(page.lines);
  }
  response.end();
}

/** The last `count` lines that are chosen, oldest first. */
async function newestLines(
  log: LogStore,
  filter: LogFilter,
  chooses: (line: LogLine) => boolean,
  count: number,
  newest: number,
): Promise<readonly LogLine[]> {
  let lines: readonly LogLine[] = [];
  let before = newest + 1;
  while (lines.length < count) {
    const page = await log.page({ filter, before, limit: Math.max(count, 100) });
    lines = [...page.lines.filter(chooses), ...lines];
    before = page.start;
    if (!page.more) break;
  }
  return lines.slice(Math.max(0, lines.length - count));
}

function isKnown({ graph }: State, name: string): boolean {
  if (name === TILTFILE_ID || name === PROGRAM_LINES) return true;
  return graph?.resources.some((resource) => resource.name === name) ?? false;
}

/** What the log can look for by itself, and all that the query asks for. */
function lineFilter(
  query: URLSearchParams,
  now: number,
): { readonly filter: LogFilter; readonly chooses: (line: LogLine) => boolean } {
  const names = new Set(query.getAll('resource'));
  const level = query.get('level') ?? 'debug';
  const least = LEVELS.indexOf(level as LogLevel);
  if (least < 0) throw new Refused(badRequest(`level must be one of ${LEVELS.join(', ')}`));
  const source = query.get('source') ?? 'all';
  if (!['all', 'build', 'runtime'].includes(source)) {
    throw new Refused(badRequest('source must be all, build or runtime'));
  }
  const since = query.get('since');
  const oldest = since === null ? 0 : now - milliseconds(since);
  // The Tiltfile and the program have no name in the log.
  const resources = [...names].map((name) => (name === TILTFILE_ID || name === PROGRAM_LINES ? '' : name));
  return {
    filter: {
      level: LEVELS[least],
      since: oldest,
      ...(names.size === 0 ? {} : { resources: new Set(resources) }),
    },
    chooses: (line) =>
      (names.size === 0 || names.has(manifestOf(line) || PROGRAM_LINES)) &&
      (source === 'all' || sourceOf(line) === source),
  };
}

function milliseconds(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text))
    throw new Refused(badRequest('since must be a duration such as 30s or 1h30m'));
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  }
  return total;
}

/** What does not come from something that runs comes from building it. */
function sourceOf({ source }: LogLine): 'build' | 'runtime' {
  return source === 'runtime' ? 'runtime' : 'build';
}

function lineJson(line: LogLine): string {
  const { at, level, text, span } = line;
  return `${JSON.stringify({
    time: microTime(at),
    resource: manifestOf(line),
    level: level.toUpperCase(),
    message: text,
    spanID: span,
    source: sourceOf(line),
  })}\n`;
}
