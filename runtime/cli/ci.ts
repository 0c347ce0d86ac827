import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { Loader } from '../load/loader.ts';
import { runSession, type SessionFlags } from './session.ts';

/** The flags of `ci`. Durations are milliseconds. */
export interface CiFlags {
  readonly timeout?: number;
  readonly settle?: number;
  readonly keepGoing?: boolean;
}

/** Brings everything up once and ends when it is healthy, or when something breaks. Answers the exit code. */
export function ci(options: Omit<SessionFlags, 'ci'> & CiFlags, loader: Loader): Promise<number> {
  return runSession('ci', { ...options, ci: settingsOf(options) }, loader);
}

function settingsOf({ timeout, settle, keepGoing }: CiFlags): Partial<CiSettings> {
  return {
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(settle !== undefined && { settleMs: settle }),
    ...(keepGoing !== undefined && { keepGoing }),
  };
}
