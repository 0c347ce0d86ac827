import { constants } from 'node:os';
import type { Terminated } from '../clients/kubernetes/objects.ts';

const SIGNALS: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/** How a container ended: `exit code 7`, `exit code 137 (SIGKILL)`, `out of memory (OOMKilled, exit code 137)`. */
export function exitWords({ exitCode = 0, signal, reason, message }: Terminated): string {
  if (reason === 'OOMKilled') return `out of memory (OOMKilled, exit code ${exitCode})`;
  if (reason === 'ContainerCannotRun' || reason === 'StartError')
    return `${message?.trim() || reason} (exit code ${exitCode})`;
  if (signal) return `signal ${SIGNALS.get(signal) ?? signal}`;
  const name = exitCode > 128 ? SIGNALS.get(exitCode - 128) : undefined;
  const code = name ? `exit code ${exitCode} (${name})` : `exit code ${exitCode}`;
  return reason && reason !== 'Error' && reason !== 'Completed' ? `${reason}, ${code}` : code;
}
