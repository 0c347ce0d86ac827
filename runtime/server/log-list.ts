import { TILTFILE_ID } from '../state/event.ts';
import type { LogLevel, LogLine } from '../state/log-line.ts';
import { microTime } from './time.ts';
import type { LogList, LogSegment, WireLogLevel } from './wire.ts';

const LEVELS: Readonly<Record<LogLevel, WireLogLevel>> = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' };

/** Lines as the page gets them. `from`: the last line that it has; 0 when it has none. */
export function logList(lines: readonly LogLine[], from: number): LogList {
  const spans: Record<string, { manifestName: string }> = {};
  const segments: LogSegment[] = [];
  let last = from;
  for (const line of lines) {
    spans[line.span] ??= { manifestName: manifestOf(line) };
    segments.push({ spanId: line.span, time: microTime(line.at), text: `${line.text}\n`, level: LEVELS[line.level] });
    last = line.sequence;
  }
  return { spans, segments, ...(from === 0 ? {} : { fromCheckpoint: from }), toCheckpoint: last };
}

/** The resource that the page shows a line with; none for the program's own. */
export function manifestOf({ resource, source }: Pick<LogLine, 'resource' | 'source'>): string {
  return resource === '' && source === 'tiltfile' ? TILTFILE_ID : resource;
}
