import type { Loader } from '../load/loader.ts';
import { runSession, type SessionFlags } from './session.ts';

/** Brings everything up once and ends when it is healthy, or when something breaks. Answers the exit code. */
export function ci(options: SessionFlags, loader: Loader): Promise<number> {
  return runSession('ci', options, loader);
}
