import type { IncomingMessage, ServerResponse } from 'node:http';
import { TILTFILE_ID } from '../state/event.ts';
import type { LogLevel, LogLine } from '../state/log-line.ts';
import type { LogStore } from '../state/log-store.ts';
import type { State } from '../state/state.ts';
import { manifestOf } from './log-list.ts';
import { sendText } from './reply.ts';
import { badRequest, Refused } from './status.ts';
import { microTime } from './time.ts';

/** The name by which the program's own lines are asked for. */
export const PROGRAM_LINES = '(global)';
/** Text that waits for a client that reads slowly; after that it is cut off. */
const MOST_UNSENT = 64 * 1024 * 1024;
const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Answers with the lines of the log that the query chooses, one JSON object a line; goes on with `follow=true`. Throws `Refused`. */
export function answerLogs(
  log: LogStore,
  state: State,
  query: URLSearchParams,
  _request: IncomingMessage,
  response: ServerResponse,
  now: number,
): void {
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
  const chooses = lineFilter(query, now);
  const tail = query.has('tail') ? Number(query.get('tail')) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(tail) || tail < 0) throw new Refused(badRequest('tail must be a number of lines'));
  const lines = log.lines().filter(chooses);
  const shown = lines.slice(Math.max(0, lines.length - tail));
  response.writeHead(200, {
    'Content-Type': 'application/x-ndjson',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.write(shown.map(lineJson).join(''));
  if (query.get('follow') !== 'true') {
    response.end();
    return;
  }
  response.flushHeaders();
  const forget = log.subscribe({
    line(line) {
      if (!chooses(line)) return;
      response.write(lineJson(line));
      if (response.writableLength > MOST_UNSENT) response.destroy();
    },
  });
  response.once('close', forget);
}

function isKnown({ graph }: State, name: string): boolean {
  if (name === TILTFILE_ID || name === PROGRAM_LINES) return true;
  return graph?.resources.some((resource) => resource.name === name) ?? false;
}

function lineFilter(query: URLSearchParams, now: number): (line: LogLine) => boolean {
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
  return (line) =>
    (names.size === 0 || names.has(manifestOf(line) || PROGRAM_LINES)) &&
    LEVELS.indexOf(line.level) >= least &&
    (source === 'all' || sourceOf(line) === source) &&
    line.at >= oldest;
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
