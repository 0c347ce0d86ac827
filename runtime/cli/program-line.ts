import type { LogStore } from '../state/log-store.ts';

/** A complaint of the program itself, in the log of the session. */
export function programLine(log: LogStore, message: string): void {
  const writer = log.open({ resource: '', source: 'global', span: 'program' });
  writer.write(`${message}\n`, 'error');
  writer.end();
}
