import { createLogFiles } from '../disk/log-files.ts';
import { stateFolder } from '../disk/state-folder.ts';
import { createLogStore, type LogStore } from '../state/log-store.ts';

/** How much of the log stays in memory, in bytes; `TILT_TS_LOG_MEMORY` gives it in MiB. */
const DEFAULT_MEMORY_MIB = 16;
const MIB = 1024 * 1024;

/** The log of a session: what memory has no room for goes to the disk. */
export function sessionLog(environment: Readonly<Record<string, string | undefined>> = process.env): LogStore {
  const archive = createLogFiles({
    folder: () => stateFolder(environment),
    onProblem: (message) => programLine(log, message, 'warn'),
  });
  const log = createLogStore({ archive, keepBytes: memoryOf(environment.TILT_TS_LOG_MEMORY) });
  return log;
}

/** A line of the program's own. */
export function programLine(log: LogStore, message: string, level: 'info' | 'warn' | 'error' = 'error'): void {
  const writer = log.open({ resource: '', source: 'global', span: 'program' });
  writer.write(`${message}\n`, level);
  writer.end();
}

function memoryOf(text: string | undefined): number {
  const mib = Number(text);
  return (text !== undefined && Number.isFinite(mib) && mib >= 1 ? mib : DEFAULT_MEMORY_MIB) * MIB;
}
