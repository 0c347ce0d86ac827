import { LEVELS, type LogLevel, type LogLine, type LogSource } from './log-line.ts';

/** Which lines are wanted; what is not given does not matter. */
export interface LogFilter {
  /** Names of resources; the empty name stands for the Tiltfile and the program. */
  readonly resources?: ReadonlySet<string> | undefined;
  readonly sources?: ReadonlySet<LogSource> | undefined;
  /** This level and the worse ones. */
  readonly level?: LogLevel | undefined;
  /** Lines from then on, in milliseconds since the epoch. */
  readonly since?: number | undefined;
  /** Lines of this piece of work. */
  readonly span?: string | undefined;
}

export function matchesFilter({ resources, sources, level, since, span }: LogFilter, line: LogLine): boolean {
  if (resources !== undefined && !resources.has(line.resource)) return false;
  if (sources !== undefined && !sources.has(line.source)) return false;
  if (level !== undefined && LEVELS.indexOf(line.level) < LEVELS.indexOf(level)) return false;
  if (span !== undefined && line.span !== span) return false;
  return since === undefined || line.at >= since;
}
