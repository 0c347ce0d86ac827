import { setTimeout as sleep } from 'node:timers/promises';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { Output } from '../engine/ports.ts';
import type { Result } from '../state/failure.ts';

/** How long an engine that went away may take to come back. */
export const ENGINE_RETURN_MS = 30_000;
const PAUSE_MS = 500;
const TRIES = 3;

/**
 * Work of an engine. Where the engine had answered and goes away meanwhile, as Docker does when it is restarted or updated, waits until
 * it is back and does it anew. An engine that never answered is a failure at once.
 */
export async function whileEngineRestarts<T>(
  engine: DockerEngine,
  { output, signal, waitMs }: { readonly output: Output; readonly signal: AbortSignal; readonly waitMs: number },
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  for (let tried = 1; ; tried += 1) {
    const result = await work();
    const wentAway = !result.ok && result.failure.kind === 'docker-unreachable' && engine.hasAnswered();
    if (!wentAway || tried === TRIES || signal.aborted) return result;
    output.write(`${result.failure.message}\nWaiting up to ${waitMs / 1000} s for the engine to come back\n`, 'warn');
    if (!(await isBack(engine, waitMs, signal))) return result;
    output.write('The engine is back; beginning anew\n');
  }
}

async function isBack(engine: DockerEngine, waitMs: number, signal: AbortSignal): Promise<boolean> {
  for (const until = Date.now() + waitMs; Date.now() < until; ) {
    const answer = await engine.call({ method: 'GET', path: '/_ping', signal, whileDoing: 'waiting for it' });
    if (answer.ok) return true;
    await sleep(Math.max(0, Math.min(PAUSE_MS, until - Date.now())), undefined, { signal }).catch(() => {});
    if (signal.aborted) return false;
  }
  return false;
}
