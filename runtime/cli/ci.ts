import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { Loader } from '../load/loader.ts';
import type { CommandLine } from './arguments.ts';
import { runSession, type SessionFlags } from './session.ts';

/** The flags of `ci`. Durations are milliseconds. */
export interface CiFlags {
  readonly timeout?: number;
  readonly settle?: number;
  readonly keepGoing?: boolean;
  readonly exec?: string;
  readonly detach?: boolean;
  readonly background?: string;
  readonly teardown?: boolean;
  readonly cacheDir?: string;
}

/** Brings everything up once and ends when it is healthy, or when something breaks. Answers the exit code. */
export async function ci(
  options: Omit<SessionFlags, 'ci'> & CiFlags,
  line: CommandLine,
  loader: Loader,
): Promise<number> {
  if (options.detach === true) {
    await loader.dispose();
    const { detach } = await import('./background/detach.ts');
    return detach(line, options.file);
  }
  return runSession('ci', { ...options, ci: settingsOf(options) }, loader);
}

function settingsOf({ timeout, settle, keepGoing }: CiFlags): Partial<CiSettings> {
  return {
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(settle !== undefined && { settleMs: settle }),
    ...(keepGoing !== undefined && { keepGoing }),
  };
}
