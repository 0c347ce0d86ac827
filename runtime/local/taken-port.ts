import type { Probe } from '../../stdlib/model/probe.ts';
import { probeTcp } from './probe-tcp.ts';

const LOCAL = ['', 'localhost', '127.0.0.1', '::1'];
const PATIENCE_MS = 200;
/** By then a server that finds its port in use has ended. */
const DELAY_SECS = 1;

/** The port of this machine that a probe asks, if it asks one. */
export function localPort({ action }: Probe): number | undefined {
  return action.kind !== 'exec' && LOCAL.includes(action.host ?? '') ? action.port : undefined;
}

/** Whether somebody listens already. Asked before a server starts: then it is another program, whose answers say nothing of the server. */
export async function isTaken(port: number): Promise<boolean> {
  return (await probeTcp({ kind: 'tcp', port }, AbortSignal.timeout(PATIENCE_MS))).ok;
}

/** The probe, asked only when a server that cannot have its port has ended. */
export function askedLater(probe: Probe): Probe {
  return { ...probe, initialDelaySecs: Math.max(probe.initialDelaySecs ?? 0, DELAY_SECS) };
}
