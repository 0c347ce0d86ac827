import type { LogLevel, LogLine } from '../state/log-line.ts';
import { EXEC_SPAN } from '../state/log-store.ts';

const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** What of the log is printed while a session runs. */
export interface LogChoice {
  /** Lines below it are not printed. */
  readonly logLevel?: LogLevel;
  /** Only what is not about a resource and went wrong. */
  readonly quiet?: boolean;
}

/** Whether a line is to be printed. What the command of `--exec` says always is. */
export function isShown({ level, resource, span }: LogLine, { logLevel = 'debug', quiet = false }: LogChoice): boolean {
  if (span === EXEC_SPAN) return true;
  if (quiet && (resource !== '' || LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf('warn'))) return false;
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(logLevel);
}
