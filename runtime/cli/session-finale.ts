import { ExitCode, type ExitOutcome } from '../engine/exit-decision.ts';
import type { Finale } from '../engine/finale.ts';
import type { LogStore } from '../state/log-store.ts';
import type { Membership } from './background/membership.ts';

export interface FinaleParts {
  readonly log: LogStore;
  now(): number;
  readonly membership: Membership | undefined;
  /** Tells how the session ended. */
  end(outcome: ExitOutcome): Promise<unknown>;
}

/** What is left to do once everything is healthy: a command to run, then to stay in the background; `undefined` when nothing is. */
export function finaleOf(
  { exec }: { readonly exec?: string },
  { log, now, membership, end }: FinaleParts,
): ((finale: Finale) => Promise<ExitOutcome>) | undefined {
  if (exec === undefined && membership === undefined) return undefined;
  return async (finale) => {
    if (exec !== undefined) {
      const { runExec } = await import('./exec-command.ts');
      const outcome = await runExec(exec, finale, log, now);
      if (outcome.code !== ExitCode.ok || finale.signal.aborted) return outcome;
    }
    if (membership !== undefined && !finale.signal.aborted) {
      await end(finale.outcome);
      membership.ready();
      await aborted(finale.signal);
    }
    return finale.outcome;
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
